"""What a directive makes of its argument and of what is indented below it."""

from __future__ import annotations

from typing import Literal

Directive = Literal[
    "gone",
    "code",
    "parsed",
    "admonition",
    "titled",
    "signature",
    "option",
    "quotation",
    "list-table",
    "csv-table",
    "terms",
    "open",
    "shown",
]

_NAMES: dict[Directive, str] = {
    # not shown, or not from here
    "gone": "automodule autosummary bibliography codeauthor contents currentmodule default-domain "
    "default-role digraph footer graph graphviz header highlight highlightlang image include index "
    "inheritance-diagram literalinclude mermaid meta module plantuml program raw role "
    "section-numbering sectionauthor sectnum tabularcolumns testcleanup testsetup title toctree "
    "todo todolist uml",
    "code": "code code-block codeblock command-output console doctest ipython jupyter-execute "
    "literal math productionlist prompt sourcecode terminal testcode testoutput",
    "parsed": "parsed-literal",
    "admonition": "attention caution danger error hint important note seealso tip warning",
    # the argument heads what is below it
    "titled": "admonition card deprecated deprecated-removed details dropdown grid-item-card "
    "rubric sidebar topic versionadded versionchanged versionremoved",
    "signature": "attribute autoattribute autoclass autodata autoenum autoexception autofunction "
    "automethod autoproperty class classmethod concept confval cfunction cmacro cmember ctype "
    "cvar data decorator decoratormethod describe directive enum enum-class enum-struct "
    "enumerator envvar event exception function interface macro member method namespace object "
    "opcode pdbcommand property setting signal staticmethod struct templatefilter templatetag "
    "type union var",
    "option": "cmdoption option",
    "quotation": "epigraph highlights pull-quote",
    "list-table": "list-table flat-table",
    "csv-table": "csv-table",
    "terms": "glossary",
    # a frame around what is below; its argument is for the program
    "open": "acks audience compound container cssclass figure grid grid-item hlist ifconfig "
    "line-block nosearch only rst-class sphinx-tabs tab-set tabs",
}
_KINDS: dict[str, Directive] = {
    name: kind for kind, names in _NAMES.items() for name in names.split()
}


def kind_of(name: str) -> Directive:
    """What a directive is, by its name; one that is not known shows its argument.

    Args:
        name: With or without its domain: "py:function".
    """
    full = name.lower()
    return _KINDS.get(full) or _KINDS.get(full.rpartition(":")[2], "shown")
