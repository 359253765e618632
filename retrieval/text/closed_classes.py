"""The closed classes of English words, in lower case: each stands here once, under one name.

They are grammar, and grow with the language, not with a library. What is a room's own, such as the
verbs of saying or the titles of persons, stands in that room.
"""

from __future__ import annotations


def _words(written: str) -> frozenset[str]:
    return frozenset(written.split())


# Articles, pronouns and what else stands before a noun

INDEFINITE_ARTICLES = _words("a an")
ARTICLES = INDEFINITE_ARTICLES | {"the"}
SUBJECTS = _words("i he she it we you they")
"""Personal pronouns as subjects."""
OBJECTS = _words("me him her it us you them")
"""Personal pronouns as objects."""
POSSESSIVES = _words("my your his her its our their")
"""What says whose, before a noun."""
POSSESSIVE_PRONOUNS = _words("mine yours his hers its ours theirs")
"""What says whose, alone."""
FIRST_AND_SECOND_PERSON = _words("i me my we us our you your")
REFLEXIVES = _words(
    "myself yourself himself herself itself oneself ourselves yourselves themselves"
)
DEMONSTRATIVES = _words("this that these those")
INDEFINITE_PRONOUNS = _words(
    "everyone everybody everything someone somebody something anyone anybody anything nobody "
    "nothing"
)
QUANTIFIERS = _words("same such other another each either neither both all any some none no every")
INTERROGATIVES = _words("who whom whose what which when where why how")

# Nouns

IRREGULAR_PLURALS = _words(
    "people men women children troops police personnel staff cattle sheep fish deer aircraft "
    "spacecraft feet teeth mice geese oxen species series data bacteria media criteria phenomena "
    "alumni larvae fungi nuclei stimuli crew cavalry infantry clergy youth offspring salmon "
    "countrymen servicemen fishermen policemen firemen congressmen businessmen craftsmen "
    "policewomen servicewomen grandchildren schoolchildren stepchildren tribespeople "
    "townspeople salespeople cannon horsepower poultry livestock swine"
)
"""What is counted without an "s", with what is counted as people are: "police"."""

# Verbs that help others

COPULAS = _words("am is are was were be been being")
BE = COPULAS - _words("am be been being")
"""Its finite forms in the third person."""
DO = _words("do does did")
HAVE = _words("have has had")
MODALS = _words("can could may might must shall should will would")
FINITE_AUXILIARIES = BE | DO | HAVE | MODALS
"""Where one of them stands, there is a clause."""

# Joining words

PREPOSITIONS = _words(
    "of in on at by for from to with without about into onto upon over under between among "
    "through during before after above below within across along around against toward towards "
    "off out up down as per via than"
)
COORDINATORS = _words("and or but nor so yet")
SUBORDINATORS = _words("if because while although though whether unless")

# Denial

CONTRACTED_NEGATIONS = _words(
    "cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt shouldnt couldnt hasnt "
    "havent hadnt aint"
)
"""Without their apostrophe, as `terms.fold` leaves them."""
NEGATIONS = CONTRACTED_NEGATIONS | _words(
    "not no never nor neither none nobody nothing nowhere without hardly barely scarcely"
)
"""What denies by itself; verbs such as "refuse" do it by their meaning."""

# Time

MONTHS = (
    "january february march april may june july august september october november december"
).split()
SHORT_MONTHS = "jan feb mar apr jun jul aug sep sept oct nov dec".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
SEASONS = _words("spring summer autumn winter")
DEICTIC_DAYS = _words("yesterday today tomorrow")
"""Days that depend on when they were written."""

# Numbers

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
"""Each at the place of its value."""
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
"""From the first on."""
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}

# Words whose capital is no name's

HONORIFICS = _words("mr mrs ms miss dr prof sir lord lady")
"""What stands before a name and is no part of it."""
OPENERS = _words(
    "some several nearly almost approximately roughly exactly precisely only fewer more less least "
    "most another like since until unlike despite including today yesterday altogether overall "
    "however moreover meanwhile additionally finally initially currently eventually according "
    "reportedly during following"
)
"""What opens a sentence with a capital, and names nothing."""
