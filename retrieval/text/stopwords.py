"""The words of an English question that ask rather than name: closed classes, taken from grammar.

Only questions lose them. A sentence keeps every word, so that lengths and phrases stay true.
"""

from __future__ import annotations

_ARTICLES = "a an the"
_PRONOUNS = (
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his "
    "himself she her hers herself it its itself they them their theirs themselves one oneself "
    "this that these those there here such same other another each either neither both all any "
    "some none no every everyone everybody everything someone somebody something anyone anybody "
    "anything nobody nothing"
)
_QUESTION_WORDS = (
    "who whom whose what which when where why how whoever whatever whichever whenever wherever "
    "many much often"
)
_VERBS = (
    "am is are was were be been being do does did doing done have has had having can could may "
    "might must shall should will would ought need let lets cannot cant dont doesnt didnt isnt "
    "arent wasnt werent wont wouldnt shouldnt couldnt hasnt havent hadnt aint im ive ill id youre "
    "youve theyre theyve weve hes shes thats theres whats whos wheres hows"
)
_PREPOSITIONS = (
    "of in on at by for from to with without about into onto upon over under between among "
    "through during before after above below within across along around against toward towards "
    "off out up down as per via than"
)
_CONJUNCTIONS = "and or but nor so yet if then else because while although though whether unless"
_ADVERBS = (
    "not only just also too very really quite rather even ever still again once now already "
    "exactly actually please else etc"
)

_CLASSES = (
    _ARTICLES, _PRONOUNS, _QUESTION_WORDS, _VERBS, _PREPOSITIONS, _CONJUNCTIONS, _ADVERBS
)  # fmt: skip
ENGLISH: frozenset[str] = frozenset(word for words in _CLASSES for word in words.split())

# Function words that are also well-known acronyms: in capitals they are names.
ACRONYMS: frozenset[str] = frozenset({"us", "it", "who"})
