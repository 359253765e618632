"""The buttons on a card; each carries in its `custom_id` all that it needs.

So they work on any card that was ever sent, after a restart and without a database. What a press
asks for is dispatched as an event of the client; `bot/cogs/presses.py` answers it.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import discord
from discord import ui

from retrieval.values import LibraryState

if TYPE_CHECKING:
    # At run time the class takes one type argument only.
    Button = ui.Button[ui.LayoutView]
else:
    Button = ui.Button

CONTEXT = r"pq:context:([0-9a-f]{12}):([0-9a-f]{8}):([0-9]{1,18}):([0-9]{1,18})"
PAGE = r"pq:page:([0-9]{1,4}):([1-9]):([0-9a-f]{12}):([0-9a-f]{12}|-)"
WHY = r"pq:why:([0-9]{1,4}):([1-9]):([0-9a-f]{12}):([0-9a-f]{12}|-)"
SOURCES = r"pq:sources:([0-9]{1,6})"

KEY = 12
PROOF = 8
ANY_ARTICLE = "-"


class Place(NamedTuple):
    """What a Context button stands for.

    Attributes:
        article: The key of the quote's article.
        proof: The first digits of that article's SHA-256.
        start: Where the quote starts in it.
        end: One past its end.
    """

    article: str
    proof: str
    start: int
    end: int


class Page(NamedTuple):
    """What a More, a Back or a Why button stands for.

    Attributes:
        number: The page of the answer, from 0.
        quotes: How many quotes a page holds at most.
        library: The key of the library that answered.
        article: The key of the one article that was asked, or `ANY_ARTICLE`.
    """

    number: int
    quotes: int
    library: str
    article: str


def key(name: str) -> str:
    """A short, stable stand-in for an id or a version, of `KEY` hexadecimal digits."""
    return hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:KEY]


def library_key(state: LibraryState) -> str:
    """The key of all that an answer is made from: the articles and the operator's synonyms."""
    return key(state.version if state.synonyms is None else f"{state.version} {state.synonyms}")


def is_known(custom_id: str) -> bool:
    """Whether a press of this `custom_id` is answered by one of `ALL`."""
    return any(re.fullmatch(template, custom_id) for template in (CONTEXT, PAGE, WHY, SOURCES))


class ContextButton(ui.DynamicItem[Button], template=CONTEXT):
    """Shows a quote where it stands; dispatches `context_press`."""

    def __init__(self, place: Place) -> None:
        self.place = place
        super().__init__(Button(label="Context", custom_id="pq:context:{}:{}:{}:{}".format(*place)))

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[Any],
        _item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """The button of which a `custom_id` was sent."""
        article, proof, start, end = match.groups()
        return cls(Place(article, proof, int(start), int(end)))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press on."""
        interaction.client.dispatch("context_press", interaction, self.place)


class PageButton(ui.DynamicItem[Button], template=PAGE):
    """Shows another page of an answer; dispatches `page_press`."""

    kind = "page"

    def __init__(self, page: Page, label: str) -> None:
        self.page = page
        name = ":".join(map(str, page))
        super().__init__(Button(label=label, custom_id=f"pq:{self.kind}:{name}"))

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[Any],
        _item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """The button of which a `custom_id` was sent."""
        number, quotes, library, article = match.groups()
        return cls(Page(int(number), int(quotes), library, article), "")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press on."""
        interaction.client.dispatch(f"{self.kind}_press", interaction, self.page)


class WhyButton(PageButton, template=WHY):
    """Shows why the quotes of a page stand there; dispatches `why_press`."""

    kind = "why"


class SourcesButton(ui.DynamicItem[Button], template=SOURCES):
    """Shows another page of the list of articles; dispatches `sources_press`."""

    def __init__(self, number: int, label: str) -> None:
        self.number = number
        super().__init__(Button(label=label, custom_id=f"pq:sources:{number}"))

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[Any],
        _item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """The button of which a `custom_id` was sent."""
        return cls(int(match[1]), "")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press on."""
        interaction.client.dispatch("sources_press", interaction, self.number)


ALL = (ContextButton, PageButton, WhyButton, SourcesButton)
