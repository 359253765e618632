"""English verbs of attribution, by what they credit a speaker with; closed lists."""

from __future__ import annotations

from collections.abc import Iterator


def _forms(verbs: str) -> Iterator[str]:
    """The present and past forms of regular verbs."""
    for verb in verbs.split():
        if verb.endswith("y") and verb[-2] not in "aeiou":
            yield from (verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied")
        else:
            present = f"{verb}es" if verb[-1] in "shx" else f"{verb}s"
            yield from (verb, present, f"{verb.removesuffix('e')}ed")


_STATING = (
    "acknowledge add affirm allege announce argue articulate assert assess caution claim comment "
    "complain concede contend declare disclose emphasise emphasize estimate explain hypothesise "
    "hypothesize inform insist joke lament maintain mention note observe opine pledge posit "
    "postulate predict proclaim promise propose quip reaffirm recall reckon recount reiterate "
    "remark reply report respond speculate state stress surmise testify theorise theorize "
    "underline underscore vow warn"
)
_STATING_FORMS = (
    "said say says wrote write writes told tell tells deny denies denied admit admits admitted "
    "foresee foresees foresaw held holds swore swears"
)
# Read by hand from what `python -m tools.saying` lists; in the present most are nouns as well.
_UTTERED = (
    "answered assured attested averred avowed boasted bragged concurred confessed countered cried "
    "divulged enthused exclaimed forecasted foretold grumbled hollered insinuated interjected "
    "marvelled marveled moaned mumbled murmured muttered objected protested quipped reasserted "
    "recommended reconfirmed rejoined repeated retorted shouted shrieked snapped stipulated "
    "vouched ventured volunteered whispered"
)
_HINTING = "conclude confirm hint imply indicate reveal suggest"
_THINKING = "believe fear suspect"
_FINDING = "demonstrate determine discover document establish rule"
_DELIVERING = (
    "accuse apologise apologize applaud appreciate blame call celebrate commend compare complain "
    "condemn congratulate criticise criticize defend demand denounce describe dismiss express "
    "hail outline praise question reject thank urge welcome"
)
_NOUNS = (
    "state states report reports claim claims note notes comment comments estimate estimates "
    "remark remarks hint hints stress joke jokes vow vows promise promises pledge pledges caution "
    "reply replies judge judges rule rules document documents fear fears suspect suspects show "
    "shows find finds hold holds question questions call calls demand demands praise"
)

SAYING = frozenset("say says said".split())
"""Behind these, a clause needs no "that"."""

TELLING = frozenset("tell tells told inform informs informed warn warns warned assured".split())
"""These may name a hearer before what is said."""

THINKING = frozenset([*_forms(_THINKING), *"think thinks thought".split()])
"""These credit a view, and report no utterance."""

FINDING = frozenset(
    [*_forms(_FINDING), *"find finds found show shows showed shown hold holds held".split()]
)
"""These credit only those whose work it is to find out: a study, a court."""

HINTING = frozenset(_forms(_HINTING))
"""These credit a speaker, but are also what things do: a graph suggests."""

STATING = (
    frozenset([*_forms(_STATING), *_STATING_FORMS.split(), *_UTTERED.split()])
    | HINTING
    | THINKING
    | FINDING
)
"""All that credit a speaker with what follows."""

NOUNS = frozenset(_NOUNS.split())
"""Forms of these verbs that are nouns as well."""

CLOSING = frozenset(
    [
        *(form for form in _forms(f"{_STATING} {_HINTING}") if form.endswith("ed")),
        *_UTTERED.split(),
        *"say says said write writes wrote told adds explains argues denied admitted".split(),
    ]
)
"""These credit a speaker with what comes before: "..., he explained"."""

OF_SPEECH = frozenset(
    [*_UTTERED.split(), *"assessed commented documented mentioned replied responded".split()]
) - frozenset("forecasted foretold recommended reconfirmed".split())
"""Of those, these close nothing but what stands in quotation marks: "..., he responded"."""

DELIVERING = STATING | frozenset(_forms(_DELIVERING))
"""What is done in a statement or an interview."""

ADDING = frozenset(
    "saying adding stating arguing claiming insisting warning explaining announcing writing "
    "declaring asserting maintaining stressing emphasising emphasizing reiterating alleging "
    "complaining telling admitting denying vowing pledging".split()
)
"""Participles by which the subject goes on to speak: "..., adding that"."""

BARE = frozenset("claim claims claimed insist insists insisted".split())
"""These go without "that" as often as those of saying and thinking."""

REPORTED = frozenset(
    "reported noted stated described quoted told announced confirmed claimed argued explained "
    "suggested mentioned".split()
)
"""Participles of "as reported by"."""
