"""Which elements are open: what a tag closes that nobody closed, as browsers have it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from retrieval.readers.hypertext.contexts import BLOCKS, HEADINGS, Context

VOID = frozenset(
    "area base basefont br col embed frame hr img input link meta param source track wbr".split()
)
_LISTS = {"ul", "ol", "menu", "dir", "li"}
_TERMS = {"dl", "dt", "dd"}
_CELLS = {"td", "th", "caption"}
_SECTIONS = ("tbody", "thead", "tfoot")
_TABLE = {"table", "tr", *_CELLS, *_SECTIONS}


@dataclass(slots=True, eq=False)
class _Scope:
    """The elements that are open since a table or a cell began, which no tag inside it closes.

    Attributes:
        name: The table's or the cell's; empty at the top.
        outer: What lies around that.
        open: How many of each name are open.
        lists: The open lists and items, outermost first.
        terms: Likewise of definitions.
    """

    name: str = ""
    outer: _Scope | None = None
    open: Counter[str] = field(default_factory=Counter)
    lists: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)

    def nearest(self, name: str) -> list[str]:
        """The open elements among which an element of this name has its like."""
        return self.lists if name in _LISTS else self.terms

    def add(self, name: str) -> None:
        self.open[name] += 1
        if name in _LISTS or name in _TERMS:
            self.nearest(name).append(name)

    def drop(self, name: str) -> None:
        self.open[name] -= 1
        if name in _LISTS or name in _TERMS:
            self.nearest(name).pop()


@dataclass(slots=True, eq=False)
class _Element:
    name: str
    context: Context
    scope: _Scope  # that it stands in


class Elements:
    """The open elements and the context inside the last of them; each step costs what it closes."""

    def __init__(self, context: Context) -> None:
        self._around = context
        self._open: list[_Element] = []
        self._scope = _Scope()

    @property
    def context(self) -> Context:
        """The context at this place."""
        return self._open[-1].context if self._open else self._around

    def push(self, name: str, context: Context) -> None:
        """An element is open from here on."""
        self._open.append(_Element(name, context, self._scope))
        self._scope.add(name)
        if name == "table" or name in _CELLS:
            self._scope = _Scope(name, self._scope)

    def close(self, name: str) -> bool:
        """A closing tag stands here; whether anything of its name was open."""
        if self._scope.open[name] > 0:
            self._pop_to(name)
            return True
        if name not in _TABLE or not self._is_in_table(name):
            return False
        self._pop_to(name)
        return True

    def make_room(self, name: str) -> bool:
        """Close what an opening tag closes; whether it may stand here at all."""
        if name in BLOCKS:
            self._close_if(self._scope.open["head"] > 0, "head")
            self._close_if(self._scope.open["p"] > 0, "p")
        if name in HEADINGS and self._open and self._open[-1].name in HEADINGS:
            self._pop_to(self._open[-1].name)
        if name in {"li", "dt", "dd"}:
            nearest = self._scope.nearest(name)
            last = nearest[-1] if nearest else ""
            self._close_if(last == name or {last, name} == {"dt", "dd"}, last)
        return self._make_room_in_table(name) if name in _TABLE - {"table"} else True

    def _make_room_in_table(self, name: str) -> bool:
        if not self._table():
            return False
        self._close_if(self._scope.name in _CELLS, self._scope.name)
        if name not in {"td", "th"}:
            self._close_if(self._scope.open["tr"] > 0, "tr")
        if name in _SECTIONS:
            for section in _SECTIONS:
                self._close_if(self._scope.open[section] > 0, section)
        return True

    def has_row(self) -> bool:
        """Whether a row of a table is open, so that a cell has a place."""
        return self._scope.open["tr"] > 0

    def _table(self) -> _Scope | None:
        scope = self._scope
        if scope.name in _CELLS and scope.outer is not None:
            scope = scope.outer
        return scope if scope.name == "table" else None

    def _is_in_table(self, name: str) -> bool:
        """Whether a part of the innermost table is open, or it itself."""
        table = self._table()
        if table is None:
            return False
        return name in ("table", self._scope.name) or table.open[name] > 0

    def _close_if(self, condition: bool, name: str) -> None:
        if condition:
            self._pop_to(name)

    def _pop_to(self, name: str) -> None:
        while self._open:
            element = self._open.pop()
            self._scope = element.scope
            self._scope.drop(element.name)
            if element.name == name:
                return
