"""Whom an answer credits where the text says it beside the sentence, as articles really stand."""

from __future__ import annotations

import pytest
from libraries import answerer_over, article


@pytest.mark.parametrize(
    ("text", "speaker", "quoting"),
    [
        ("Mr Kim said that the bridge is “safe”, KCNA said.", "KCNA", "Mr Kim"),
        ("According to KCNA, Kim stated, “The bridge is safe.”", "KCNA", "Kim"),
        ("“The bridge is safe,” the mayor said, according to a local newspaper.",
         "a local newspaper", "the mayor"),
        ("He called the bridge “safe”, KCNA said.", "KCNA", None),
        ("According to KCNA, the bridge is safe.", "KCNA", None),
        ("Kim said that the bridge is safe.", "Kim", None),
    ],
)  # fmt: skip
def test_who_is_quoted_by_whom_is_told(text: str, speaker: str, quoting: str | None) -> None:
    answer = answerer_over(article("a", text), threshold=0).ask("bridge safe")
    (quote,) = answer.quotes
    assert quote.speaker
    assert quote.speaker.text == speaker
    assert (quote.speaker.quoting.text if quote.speaker.quoting else None) == quoting


SAID = "“Anna is a true expert, and her experience will be an asset for the agency.”"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"The agency\n\n{SAID} — Commissioner Paul Stark", "Commissioner Paul Stark"),
        (f"The agency\n\n{SAID} - Paul Stark", "Paul Stark"),
        (f"The agency\n\n{SAID}\n— Paul Stark\n\nThe post was free.", "Paul Stark"),
        (f"Commissioner Paul Stark:\n\n{SAID}\n\nThe post was free.", "Commissioner Paul Stark"),
        (f"Commissioner Paul Stark told reporters:\n\n{SAID}", "Commissioner Paul Stark"),
        (f"“We are glad,” Commissioner Paul Stark said. {SAID}", "Commissioner Paul Stark"),
        (f"{SAID[:-2]},” exclaimed Paul Stark.", "Paul Stark"),
        (f"“We are glad,” Commissioner Paul Stark said.\n\n{SAID}", None),
        (f"- {SAID}\n- Paul Stark\n- The post was free.", None),
        (f"The agency\n\n{SAID} — the post was free", None),
    ],
)
def test_a_quotation_is_credited_to_whom_its_surroundings_name(
    text: str, speaker: str | None
) -> None:
    answer = answerer_over(article("a", text), threshold=0).ask("asset for the agency expert")
    (quote,) = [quote for quote in answer.quotes if "asset" in quote.text]
    assert (quote.speaker.text if quote.speaker else None) == speaker


LEE = "Adviser Ann Lee told a radio station that the old bridge was unsafe."
ASKED = "Who said that a new one would cost a million?"
COST = "She said a new one would cost a million."


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"{LEE} {COST}", "Adviser Ann Lee"),
        (f"The town has one bridge. {LEE} {COST}", "Adviser Ann Lee"),
        # Newspapers make each sentence a paragraph: who was speaking goes on.
        (f"{LEE}\n\n{COST}", "Adviser Ann Lee"),
        (f"The town has one bridge. {LEE}\n\n{COST}", None),
        (f"Adviser Ann Lee visited the town in May.\n\n{COST}", None),
        (f"Adviser Ann Lee visited the town in May. {COST}", "Adviser Ann Lee"),
    ],
)
def test_a_pronoun_is_somebody_of_its_own_paragraph_or_nobody(
    text: str, speaker: str | None
) -> None:
    answer = answerer_over(article("a", text), threshold=0).ask(ASKED)
    (quote,) = [quote for quote in answer.quotes if quote.text == COST]
    assert (quote.speaker.text if quote.speaker else None) == speaker
