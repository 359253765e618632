"""English words around the name of a speaker: who speaks, and where such a name begins and ends."""

from __future__ import annotations

from retrieval.text import closed_classes as classes

OBJECTS = frozenset(
    "goodbye farewell hello yes no nothing so little much something anything grace mass prayers "
    "thanks sorry to".split()
)
"""What is said where nothing is stated."""

OCCASIONS = frozenset(
    "statement interview speech letter email tweet post address message report essay memoir book "
    "article editorial column testimony broadcast podcast briefing conference communique note "
    "memo blog filing".split()
)
"""What one speaks or writes in."""

FINDERS = frozenset(
    "study survey poll report researcher scientist team court investigation investigator inquiry "
    "review paper census audit auditor author commission committee jury judge tribunal panel "
    "group trial meta-analysis expert economist historian archaeologist police studies surveys "
    "inquiries juries research scholarship".split()
)
"""Who finds out or rules; in the singular where that makes no difference."""

PERSONS = frozenset(
    "adviser advisor ambassador analyst architect artist author biologist captain chairman "
    "chairwoman chief coach colonel commander commissioner critic dean dictator director doctor "
    "driver economist editor emperor engineer expert farmer founder general governor head "
    "historian judge king lawyer leader lieutenant manager mayor minister monarch mother father "
    "officer official owner philosopher physicist player pope premier president priest prime "
    "prince princess producer professor prosecutor queen researcher resident scholar scientist "
    "secretary senator sergeant singer spokesman spokesperson spokeswoman student teacher "
    "treasurer victim winner witness woman man writer".split()
) | (classes.HONORIFICS - {"miss"})
"""Nouns and titles of a person."""

BODIES = frozenset(
    "agency airline army association bank board brigade cabinet charity church city club college "
    "commission committee company congress corporation council court democrats department europe "
    "firm government group hospital house inc institute institution korea russia china ukraine "
    "america ltd magazine media ministry museum nations newspaper office organisation "
    "organization paper parliament party post press publisher radio regiment republic "
    "republicans kingdom school senate state states television times news union university "
    "website agencies authorities charities companies universities ministries parties".split()
)
"""Words of a name that no single person bears."""

SOURCES = (
    FINDERS
    | PERSONS
    | BODIES
    | frozenset(
        "intelligence observer local source prosecutor firefighter forecaster campaigner "
        "opponent supporter rumour rumor legend tradition account record document estimate "
        "assessment friend relative neighbour neighbor commentator activist academic pundit "
        "staff parent rescuer authority book biography biographer website site wikipedia "
        "chronicle almanac dictionary encyclopedia some many others several most other data "
        "figures statistics".split()
    )
)
"""Nouns that speak."""

NOBODY = frozenset(
    "report reports source sources account accounts rumour rumours rumor rumors some other others "
    "many several various recent earlier previous new unconfirmed numerous few certain anecdotal "
    "estimate estimates reference references publication publications".split()
)
"""Words of a name that names nobody if it has no others: "Reports", "Several sources"."""

EVIDENCE = frozenset(
    "result results data evidence finding findings figure figures table tables fact facts "
    "analysis analyses observation observations model models experiment experiments simulation "
    "simulations logic clock sign signs context name names title term word words graph trend "
    "trends example examples theorem theorems theory theories hypothesis hypotheses conjecture "
    "conjectures principle principles thesis curve curves concept concepts idea ideas "
    "notion paradigm paradigms".split()
)
"""Nouns that show a thing and say nothing."""

GUIDANCE = frozenset("guideline recommendation regulation convention code manual".split())
"""What is a source of a statement, and in the middle of one a way of doing things."""

MEASURES = frozenset(
    "plan plans size schedule type degree age order number taste tastes need needs ability kind "
    "whether how what where which custom rule rules height weight colour color length rank date "
    "instructions criteria protocol protocols method methods model models procedure procedures "
    "standard standards definition definitions indicator indicators scale scales sequence score "
    "scores level levels amount amounts ratio classification".split()
)
"""What things go "according to" that is no source."""

OPENING = frozenset(
    "in on at during after before speaking last earlier later meanwhile however also "
    "additionally moreover but yet and then thus despite following since for to by with from "
    "today yesterday instead nevertheless still again finally once under over within amid "
    "asked until addressing writing further furthermore nonetheless so as using based given "
    "including".split()
)
"""How a sentence may begin before its subject."""

NO_SPEAKER = (
    OPENING
    | classes.DEMONSTRATIVES
    | classes.INTERROGATIVES
    | classes.SUBORDINATORS
    | classes.FINITE_AUXILIARIES
    | frozenset(
        "such like until it there our my your i we you us one its or nor than of into no not "
        "nobody none nothing neither let been be".split()
    )
)
"""How nobody's name begins."""

NEVER_WITHIN = classes.FINITE_AUXILIARIES | frozenset(
    "who whom whose where which how why what whether that been be not never if when because "
    "although while i we you he she they about into onto after before during through "
    "against make makes let lets".split()
)
"""What stands in no name."""

NEVER_LAST = frozenset(
    "latter former a an the of for to from by with at in on into and or his her their its as "
    "any".split()
)
"""How no name ends."""

ADVERBS = frozenset(
    "also then later once again since still now often long first repeatedly earlier both all "
    "always already even further too afterwards afterward thereafter just nevertheless "
    "nonetheless however therefore thus instead though".split()
)
"""What may stand between a speaker and the verb, besides words in -ly."""

BEFORE_SUBJECT = frozenset("earlier later ago recently afterwards afterward before".split())
"""How a phrase ends that tells when and is before a subject: "Five years earlier"."""

DAYS = frozenset(classes.WEEKDAYS)
TIMES = (
    DAYS
    | classes.SEASONS
    | classes.DEICTIC_DAYS
    | frozenset(classes.MONTHS)
    | frozenset("tonight week month year weekend morning evening night afternoon".split())
)
"""When."""

STOPPERS = frozenset(
    "who which that published released conducted made taken carried as when while because but "
    "whose if using including".split()
)
"""Where a name ends."""
