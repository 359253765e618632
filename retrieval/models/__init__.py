"""The frozen values that pass between the rooms; each checks itself when it is made."""

from retrieval.models.answers import (
    UNKNOWN_PUBLISHER,
    Answer,
    Figure,
    FigureValue,
    Reason,
    Status,
    Talk,
)
from retrieval.models.articles import (
    Also,
    Article,
    Context,
    Excerpt,
    Lead,
    Named,
    Quote,
    Speaker,
)

__all__ = [
    "UNKNOWN_PUBLISHER",
    "Also",
    "Answer",
    "Article",
    "Context",
    "Excerpt",
    "Figure",
    "FigureValue",
    "Lead",
    "Named",
    "Quote",
    "Reason",
    "Speaker",
    "Status",
    "Talk",
]
