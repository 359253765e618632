"""Words before and after a full stop, and whether a sentence ends between them."""

from __future__ import annotations

import re

from retrieval.text import closed_classes as classes
from retrieval.text import stopwords

# Always followed by the name or the thing that they announce.
_INTRODUCING = frozenset(
    """
    adm amb asst atty brig capt cmdr col comdr cpl cpt det dr fr gen gov hon insp lcpl lt ltc maj
    messrs mlle mme mr mrs ms msgt mt mx pfc pres prof pvt rep rev sen sfc sgt spc ssgt supt tsgt
    approx c ca cf e.g eg i.e incl resp v viz vs
    """.split()
)

# Part of a reference where a number follows ("vol. 2"), the end of a sentence otherwise.
_NUMBERED = frozenset(
    """
    app art arts ch chap chs cl cls eq eqs ex fig figs max min no nos p par para paras pg pp pt ref
    refs sec sect sects ser tab ver vol vols
    """.split()
) | {*classes.SHORT_MONTHS}
# Those that are words of their own: only a number makes a reference of them.
_ALSO_WORDS = frozenset("app art arts ex max min no par ref tab".split()) | {*classes.SHORT_MONTHS}
_WHOLE = frozenset({"etc", "may"})  # nothing that they announce follows
_NUMBER = re.compile(r"[A-Za-z]?\d.*|[IVXLC]{2,}")
_LETTER = re.compile(r"[A-Z]")
# Followed by a capital they are titles of a person, a fort, or parts of a longer title.
_CAPITALISED = frozenset({"Ft", "Sec"})

# Parts of the name of a journal, a court or an office, in capitals: only a word that begins a
# clause ends them.
_ABRIDGED = frozenset(
    """
    Acad Adv Am Ann Annu Anthropol App Appl Arch Assn Assoc Astron Astrophys Behav Biochem
    Bioeng Biol Biophys Biotechnol Br Bull Cardiol Chem Cir Civ Clin Cogn Commun Comput Crim Ct
    Dept Dev Dist Econ Educ Endocrinol Eng Environ Epidemiol Eur Evol Exp Gastroenterol Genet
    Geol Geophys Hist Immunol Ind Infect Inst Int Intl Invest Jur Lett Math Mech Med Metab
    Microbiol Mol Nat Natl Neurol Neurosci Nutr Obstet Oncol Opt Pathol Pediatr Pharmacol Philos
    Phys Physiol Pol Proc Psychiatry Psychol Publ Quart Radiol Rept Res Sci Sess Soc Sociol Stat
    Subst Supp Suppl Surg Symp Syst Technol Theor Toxicol Univ Virol Zool
    """.split()
)

# Units that are cut short and stand behind a number.
_UNITS = frozenset(
    "cm ft gal hr hrs kg km lb lbs mi min mins ml mm mo mos oz sec secs yd yr yrs".split()
)

# Nouns of their own as often as modifiers, so that only what follows can tell.
_PLACES = frozenset("d.p.r.k e.u l.a n.y.c p.r.c u.a.e u.k u.n u.s u.s.a u.s.s.r".split())
_SUFFIXES = frozenset("bros co corp esq inc jr llc ltd plc sr".split())
_ACRONYM = re.compile(r"(?:[A-Z]\.)+[A-Z]")

_AFTER_CLOCK = frozenset(
    """
    mon tue tues wed thu thur thurs fri sat
    acst aedt aest akst akdt bst cdt cest cet cst ct eastern eat edt eest eet est et gmt hkt hst
    ist jst kst mdt mst msk mt mountain pacific pdt pkt pst pt sast sgt utc wat wib central
    atlantic
    """.split()
) | {*classes.WEEKDAYS, *classes.MONTHS}

_AFTER_BROTHERS = frozenset(
    """
    animation circus classics discovery entertainment games interactive music pictures records
    studio studios television
    """.split()
)

# What an abbreviation that often ends a sentence goes on with.
_JOINED = {
    "a.m": _AFTER_CLOCK,
    "p.m": _AFTER_CLOCK,
    "bros": _AFTER_BROTHERS,
    "co": frozenset({"inc", "ltd"}),
}

# A name that holds one of these is an institution, an office or a group: "U.S. Census Bureau".
_INSTITUTIONAL = frozenset(
    """
    academy act administration administrator admiral agency agent air airlines airways allies
    ambassador amendment api army assembly association athletes attorney attorneys authorities
    authority bancorp bank bankruptcy base bill board border bureau business cabinet capitol
    cellular census center central centre ceo cfo chair chairman chairwoman charge charter chief
    church circuit citizens citizenship civil climate coast code college colonel command
    commander commerce commission commissioner committee community companies company conference
    congress congressional congressman congresswoman constitution consul consulate consumer coo
    corps council court customs defence defense delegation democrats department deputy
    development director district division dollar dollars drug economy education election
    embassy energy environmental envoy executive export federal federation figure fish fleet
    food force forces foreign forest forestry founder fund general geological government
    governor grand group guard guards gulf headquarters health high highway holocaust home
    homeland house immigration industry information institute intelligence interior
    international investigators judge judges justice labor labour law lawmakers leader
    magistrate mail marine marines marshal marshals masters media men military minister ministry
    mint mission museum national naval navy negotiator negotiators news nuclear office officer
    officers official officials olympians olympic open parliament patent peacekeepers
    peacekeeping pentagon people permanent postal premier president presidential prime
    prosecutor prosecutors public railway rapporteur representative representatives republican
    republicans resolution route sailors sanctions school secretariat secretary securities
    security senate senator senators service services ski soccer society soldiers solicitor
    special spokesman spokesperson spokeswoman state states steel supreme survey team
    territories territory tour trade transport transportation treasury treaty troops trustee
    under union university vice virgin war women world
    """.split()
)

_FINITE = (
    classes.BE
    | classes.HAVE
    | classes.MODALS
    | frozenset(
        """
        am asks became began believes brought called calls came claims comes did does fell felt
        finds flew found gave gets gives goes got grew held holds keeps kept knew knows leads led
        left lost made makes met needs paid put ran rose said sang sat saw says sent set showed
        shows sold spoke stands stood takes taught tells thinks thought threw told took tries wants
        went won writes wrote
        """.split()
    )
)
_PAST = re.compile(r"[a-z]{2,}ed")
_WORD = re.compile(r"[^\W_](?:[\w’'.-]*\w)?")
# How many words of a sentence must stand before "the U.S." for it to be able to end there.
_LEAST_BEFORE = 3


def ends(before: str, after: str, *, voted: bool) -> bool:
    """Whether an English sentence ends at a full stop.

    Where the word before the stop is an abbreviation and also a noun of its own, a new clause
    tells. "…missiles supplied by the U.S. Kim described…" ends: a name and a finite verb follow.
    "…data from the U.S. Census Bureau showed…" does not: the name is the institution's.

    Args:
        before: The sentence up to the stop, or its last words.
        after: What follows the stop; it does not begin with a small letter.
        voted: Whether general rules see an end here.
    """
    words = before.split()
    following = _WORD.search(after)
    if not words or not following:
        return voted
    if _goes_on(words[-1], following.group()):
        return False
    if _is_abridged(words[-1], following.group()) and not _begins_clause(after):
        return False
    if _ends_by_itself(words):
        return True
    return voted or _is_no_initial(before, words) or (_can_end(words) and _begins_clause(after))


def _goes_on(word: str, following: str) -> bool:
    if word in _CAPITALISED:
        return True
    if len(word) > 1:  # "c. 1800", but "vitamin C. It…"
        word = word.lower()
    if word in _JOINED:
        return following.lower() in _JOINED[word]
    if word in _NUMBERED - _WHOLE and _is_reference(word, following):
        return True
    return word in _INTRODUCING


def _is_reference(word: str, following: str) -> bool:
    """Whether a number or, behind what is no word of its own, a letter follows."""
    if word not in _ALSO_WORDS and _LETTER.fullmatch(following):
        return True
    return _NUMBER.fullmatch(following) is not None


def _is_abridged(word: str, following: str) -> bool:
    return word in _ABRIDGED and following.lower() not in stopwords.ENGLISH


def _ends_by_itself(words: list[str]) -> bool:
    """Whether the last word is an abbreviation that ends a sentence where nothing goes on it."""
    last = words[-1]
    if last in _UNITS and len(words) > 1:
        return words[-2][-1].isdigit()
    return last.lower() in _WHOLE or (last.lower() in _NUMBERED and len(last) > 1)


def _is_no_initial(before: str, words: list[str]) -> bool:
    """Whether a last letter is a unit ("for 24 h.") or, in tokenised text, a token ("'s .")."""
    last = words[-1]
    if len(last) > 1:
        return False
    if last.islower() and before.endswith(" "):
        return True
    return len(words) > 1 and (words[-2][-1].isdigit() or words[-2][-1] == "°")


def _can_end(words: list[str]) -> bool:
    """Whether the last word, an abbreviation, is a noun of its own here."""
    last = words[-1]
    if last.lower() in _SUFFIXES:
        return True
    if not (last.lower() in _PLACES or _ACRONYM.fullmatch(last)):
        return False
    return len(words) > _LEAST_BEFORE and words[-2].lower() == "the"


def _begins_clause(after: str) -> bool:
    """Whether a person's name (one to four words) and a finite verb come next."""
    name: list[str] = []
    for match in _WORD.finditer(after):
        word = match.group()
        if not word[0].isupper():
            return bool(name) and _is_finite(word, name)
        if len(name) == 4 or word.lower() in _INSTITUTIONAL:
            return False
        name.append(word)
    return False


def _is_finite(word: str, name: list[str]) -> bool:
    if word in _FINITE:
        return True
    # After a plural, "-ed" may as well be a participle: "U.S. Rangers killed in the raid".
    return bool(_PAST.fullmatch(word)) and not name[-1].endswith("s")
