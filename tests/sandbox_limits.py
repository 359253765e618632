"""Discord's limits on messages, as bodies at their edges."""

from __future__ import annotations

from typing import Any, NamedTuple

from bot.sandbox.state import MessageFlag

V2 = MessageFlag.COMPONENTS_V2
Json = dict[str, Any]


class Edge(NamedTuple):
    """A body that is just taken, one that is just refused, and the field that is named."""

    taken: Json
    refused: Json
    place: str


def text(content: str = "text") -> Json:
    return {"type": 10, "content": content}


def button(**changes: object) -> Json:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": "go"} | changes


def link(**changes: object) -> Json:
    return {"type": 2, "style": 5, "label": "Go", "url": "https://example.org/"} | changes


def menu(**changes: object) -> Json:
    options = [{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}]
    return {"type": 3, "custom_id": "menu", "options": options} | changes


def options(count: int) -> list[Json]:
    return [{"label": str(number), "value": str(number)} for number in range(count)]


def row(*children: Json) -> Json:
    return {"type": 1, "components": list(children)}


def buttons(count: int) -> list[Json]:
    return [button(custom_id=str(number)) for number in range(count)]


def rows(*components: Json) -> Json:
    return {"content": "x", "components": list(components)}


def layout(*components: Json) -> Json:
    return {"flags": V2, "components": list(components)}


def container(*children: Json, **more: object) -> Json:
    return {"type": 17, "components": list(children)} | more


def section(*children: Json, accessory: Json | None = None) -> Json:
    return {"type": 9, "components": list(children), "accessory": accessory or button()}


def gallery(count: int) -> Json:
    return {"type": 12, "items": [{"media": {"url": "https://example.org/a.png"}}] * count}


def embed(**parts: object) -> Json:
    return {"embeds": [parts]}


def field(name: str = "n", value: str = "v") -> Json:
    return {"name": name, "value": value}


LABEL = "components.0.components.0.label"
CUSTOM_ID = "components.0.components.0.custom_id"

EDGES = {
    "content of 2,000": Edge({"content": "x" * 2000}, {"content": "x" * 2001}, "content"),
    "content of 2,000 emoji": Edge({"content": "🗞" * 2000}, {"content": "🗞" * 2001}, "content"),
    "content is text": Edge({"content": "5"}, {"content": 5}, "content"),
    "nonce of 25": Edge(
        {"content": "x", "nonce": "n" * 25}, {"content": "x", "nonce": "n" * 26}, "nonce"
    ),
    "10 embeds": Edge(
        {"embeds": [{"title": "t"}] * 10}, {"embeds": [{"title": "t"}] * 11}, "embeds"
    ),
    "embed title of 256": Edge(embed(title="x" * 256), embed(title="x" * 257), "embeds.0.title"),
    "embed description of 4,096": Edge(
        embed(description="x" * 4096), embed(description="x" * 4097), "embeds.0.description"
    ),
    "embed footer of 2,048": Edge(
        embed(title="t", footer={"text": "x" * 2048}),
        embed(title="t", footer={"text": "x" * 2049}),
        "embeds.0.footer.text",
    ),
    "embed author of 256": Edge(
        embed(author={"name": "x" * 256}),
        embed(author={"name": "x" * 257}),
        "embeds.0.author.name",
    ),
    "25 embed fields": Edge(
        embed(fields=[field()] * 25), embed(fields=[field()] * 26), "embeds.0.fields"
    ),
    "embed field name of 256": Edge(
        embed(fields=[field("x" * 256)]),
        embed(fields=[field("x" * 257)]),
        "embeds.0.fields.0.name",
    ),
    "embed field value of 1,024": Edge(
        embed(fields=[field(value="x" * 1024)]),
        embed(fields=[field(value="x" * 1025)]),
        "embeds.0.fields.0.value",
    ),
    "embed field with a name": Edge(
        embed(fields=[field()]), embed(fields=[{"value": "v"}]), "embeds.0.fields.0.name"
    ),
    "embeds of 6,000 in all": Edge(
        {"embeds": [{"description": "x" * 3000}, {"description": "x" * 3000}]},
        {"embeds": [{"description": "x" * 3000}, {"description": "x" * 3001}]},
        "embeds",
    ),
    "embed with something in it": Edge(
        embed(image={"url": "https://example.org/a.png"}), embed(), "embeds.0.description"
    ),
    "5 rows": Edge(
        rows(*(row(button(custom_id=str(n))) for n in range(5))),
        rows(*(row(button(custom_id=str(n))) for n in range(6))),
        "components",
    ),
    "5 buttons in a row": Edge(
        rows(row(*buttons(5))), rows(row(*buttons(6))), "components.0.components"
    ),
    "a row with something in it": Edge(rows(row(button())), rows(row()), "components.0.components"),
    "a menu alone in its row": Edge(
        rows(row(menu()), row(button())), rows(row(menu(), button())), "components.0.components"
    ),
    "no text display without the flag": Edge(layout(text()), rows(text()), "components.0.type"),
    "no button outside a row": Edge(layout(row(button())), layout(button()), "components.0.type"),
    "no container in a container": Edge(
        layout(container(text())),
        layout(container(container(text()))),
        "components.0.components.0.type",
    ),
    "a container with something in it": Edge(
        layout(container(text())), layout(container()), "components.0.components"
    ),
    "an accent colour of 24 bits": Edge(
        layout(container(text(), accent_color=0xFFFFFF)),
        layout(container(text(), accent_color=0x1000000)),
        "components.0.accent_color",
    ),
    "3 texts in a section": Edge(
        layout(section(*[text()] * 3)), layout(section(*[text()] * 4)), "components.0.components"
    ),
    "only texts in a section": Edge(
        layout(section(text())), layout(section(row(button()))), "components.0.components.0.type"
    ),
    "a button or thumbnail beside a section": Edge(
        layout(section(text(), accessory={"type": 11, "media": {"url": "https://example.org"}})),
        layout(section(text(), accessory=text())),
        "components.0.accessory.type",
    ),
    "an accessory beside a section": Edge(
        layout(section(text())),
        layout({"type": 9, "components": [text()]}),
        "components.0.accessory",
    ),
    "10 pictures in a gallery": Edge(
        layout(gallery(10)), layout(gallery(11)), "components.0.items"
    ),
    "a separator of known spacing": Edge(
        layout({"type": 14, "spacing": 2}),
        layout({"type": 14, "spacing": 3}),
        "components.0.spacing",
    ),
    "no content beside a layout": Edge(
        layout(text()), layout(text()) | {"content": "x"}, "content"
    ),
    "no embeds beside a layout": Edge(layout(text()), layout(text()) | embed(title="t"), "embeds"),
    "4,000 displayed characters": Edge(
        layout(text("x" * 2000), container(text("x" * 2000))),
        layout(text("x" * 2000), container(text("x" * 2001))),
        "components",
    ),
    "a text of 4,000": Edge(
        layout(text("x" * 4000)), layout(text("x" * 4001)), "components.0.content"
    ),
    "a text with something in it": Edge(
        layout(text("x")), layout(text("")), "components.0.content"
    ),
    "40 components, nested ones too": Edge(
        layout(container(*[text()] * 34), row(*buttons(4))),
        layout(container(*[text()] * 34), row(*buttons(5))),
        "components",
    ),
    "an accessory counts as a component": Edge(
        layout(*[section(text(), accessory=link())] * 13, text()),
        layout(*[section(text(), accessory=link())] * 13, text(), text()),
        "components",
    ),
    "custom ids once": Edge(
        rows(row(button(), button(custom_id="other"))),
        rows(row(button(), button())),
        "components.0.components.1.custom_id",
    ),
    "component ids once": Edge(
        layout(text() | {"id": 1}, text() | {"id": 2}),
        layout(text() | {"id": 1}, text() | {"id": 1}),
        "components.1.id",
    ),
    "a component id of 31 bits": Edge(
        layout(text() | {"id": 2**31 - 1}), layout(text() | {"id": 2**31}), "components.0.id"
    ),
    "a custom id of 100": Edge(
        rows(row(button(custom_id="x" * 100))),
        rows(row(button(custom_id="x" * 101))),
        CUSTOM_ID,
    ),
    "a custom id of 1": Edge(
        rows(row(button(custom_id="x"))), rows(row(button(custom_id=""))), CUSTOM_ID
    ),
    "a button with a custom id": Edge(
        rows(row(button())), rows(row(button(custom_id=None))), CUSTOM_ID
    ),
    "a label of 80": Edge(
        rows(row(button(label="x" * 80))), rows(row(button(label="x" * 81))), LABEL
    ),
    "a label or an emoji": Edge(
        rows(row(button(label=None, emoji={"name": "🗞"}))), rows(row(button(label=None))), LABEL
    ),
    "a style that exists": Edge(
        rows(row(button(style=4))), rows(row(button(style=7))), "components.0.components.0.style"
    ),
    "a link without a custom id": Edge(
        rows(row(link())), rows(row(link(custom_id="go"))), CUSTOM_ID
    ),
    "a link with an address": Edge(
        rows(row(link())), rows(row(link(url=None))), "components.0.components.0.url"
    ),
    "a link of a known scheme": Edge(
        rows(row(link())),
        rows(row(link(url="javascript:alert(1)"))),
        "components.0.components.0.url",
    ),
    "a link of 512": Edge(
        rows(row(link(url="https://example.org/".ljust(512, "x")))),
        rows(row(link(url="https://example.org/".ljust(513, "x")))),
        "components.0.components.0.url",
    ),
    "a button without an address": Edge(
        rows(row(button())),
        rows(row(button(url="https://example.org/"))),
        "components.0.components.0.url",
    ),
    "25 options in a menu": Edge(
        rows(row(menu(options=options(25)))),
        rows(row(menu(options=options(26)))),
        "components.0.components.0.options",
    ),
    "a menu with options": Edge(
        rows(row(menu(options=options(1)))),
        rows(row(menu(options=[]))),
        "components.0.components.0.options",
    ),
    "an option's value once": Edge(
        rows(row(menu())),
        rows(row(menu(options=[*options(1), *options(1)]))),
        "components.0.components.0.options.1.value",
    ),
    "an option's label of 100": Edge(
        rows(row(menu(options=[{"label": "x" * 100, "value": "1"}]))),
        rows(row(menu(options=[{"label": "x" * 101, "value": "1"}]))),
        "components.0.components.0.options.0.label",
    ),
    "a placeholder of 150": Edge(
        rows(row(menu(placeholder="x" * 150))),
        rows(row(menu(placeholder="x" * 151))),
        "components.0.components.0.placeholder",
    ),
    "a menu's range in order": Edge(
        rows(row(menu(min_values=2, max_values=2))),
        rows(row(menu(min_values=2, max_values=1))),
        "components.0.components.0.min_values",
    ),
    "mentions of a known kind": Edge(
        {"content": "x", "allowed_mentions": {"parse": ["users"]}},
        {"content": "x", "allowed_mentions": {"parse": ["pets"]}},
        "allowed_mentions.parse.0",
    ),
    "100 allowed users": Edge(
        {"content": "x", "allowed_mentions": {"users": [str(n) for n in range(100)]}},
        {"content": "x", "allowed_mentions": {"users": [str(n) for n in range(101)]}},
        "allowed_mentions.users",
    ),
    "allowed users once": Edge(
        {"content": "x", "allowed_mentions": {"users": ["1", "2"]}},
        {"content": "x", "allowed_mentions": {"users": ["1", "1"]}},
        "allowed_mentions.users",
    ),
    "users by kind or by id": Edge(
        {"content": "x", "allowed_mentions": {"parse": ["roles"], "users": ["1"]}},
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions",
    ),
}
