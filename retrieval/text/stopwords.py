"""The words of an English question that ask rather than name: closed classes, taken from grammar.

Only questions lose them. A sentence keeps every word, so that lengths and phrases stay true.
"""

from __future__ import annotations

from retrieval.text import closed_classes as classes

_INTERROGATIVE = (
    "whoever whatever whichever whenever wherever many much often "
    "whats whos wheres hows"  # with "is", as `terms.fold` leaves them
)
_VERBS = (
    "doing done having ought need let lets im ive ill id youre youve theyre theyve weve hes shes "
    "thats theres"
)
_ADVERBS = (
    "not only just also too very really quite rather even ever still again once now then already "
    "exactly actually please else etc one here there"
)

ENGLISH: frozenset[str] = frozenset().union(
    *(classes.ARTICLES, classes.SUBJECTS, classes.OBJECTS, classes.POSSESSIVES),
    *(classes.POSSESSIVE_PRONOUNS, classes.REFLEXIVES, classes.DEMONSTRATIVES),
    *(classes.INDEFINITE_PRONOUNS, classes.QUANTIFIERS, classes.INTERROGATIVES),
    *(classes.COPULAS, classes.DO, classes.HAVE, classes.MODALS, classes.CONTRACTED_NEGATIONS),
    *(classes.PREPOSITIONS, classes.COORDINATORS, classes.SUBORDINATORS),
    *(words.split() for words in (_INTERROGATIVE, _VERBS, _ADVERBS)),
)

# Function words that are also well-known acronyms: in capitals they are names.
ACRONYMS: frozenset[str] = frozenset({"us", "it", "who"})
