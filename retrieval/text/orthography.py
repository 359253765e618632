"""One spelling for British and American English, so that either finds the other.

Words arrive folded (lower case, no accents) and unstemmed. Where a rule has few exceptions it is a
rule; elsewhere it is a list of stems, since a wrong merge loses a word for good. `-ize` is read as
`-ise`, not the reverse: "size" and "seize" are few, "rise", "exercise" and "promise" are many.
"""

from __future__ import annotations

import re

_WHOLE = {
    "aeroplane": "airplane", "aeroplanes": "airplanes", "ageing": "aging", "aluminium": "aluminum",
    "artefact": "artifact", "artefacts": "artifacts", "axe": "ax", "bn": "billion", "cosy": "cozy",
    "defence": "defense", "defences": "defenses", "enquiry": "inquiry", "enquiries": "inquiries",
    "gaol": "jail", "gaols": "jails", "grey": "gray", "greys": "grays", "jewellery": "jewelry",
    "kerb": "curb", "kerbs": "curbs", "licence": "license", "licences": "licenses",
    "mum": "mom", "mums": "moms", "offence": "offense", "offences": "offenses",
    "practise": "practice", "practised": "practiced", "practising": "practicing",
    "pretence": "pretense", "programme": "program", "programmes": "programs",
    "pyjamas": "pajamas", "skilful": "skillful", "storey": "story", "storeys": "stories",
    "tyre": "tire", "tyres": "tires", "whisky": "whiskey",
    "wilful": "willful", "yoghurt": "yogurt",
}  # fmt: skip

_OUR = (
    "arb|ard|arm|behavi|cand|clam|clang|col|demean|enam|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|"
    "misdemean|neighb|od|parl|ranc|rig|rum|sav|savi|splend|succ|tum|val|vap|vig"
)
_RE = "calib|cent|fib|lit|lust|manoeuv|meag|met|sab|sepulch|somb|spect|theat"
_OGUE = "anal|catal|dial|epil|monol|prol|travel"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (rf"^((?:dis|mis|un|over|re|multi)?(?:{_OUR}))our", r"\1or"),  # colour, labourer
        (rf"((?:{_RE}))re(s|d)?$", r"\1er\2"),  # centre, kilometres
        (rf"^((?:{_OGUE})og)ue(s|d)?$", r"\1\2"),  # catalogue
        (r"manoeuver", "maneuver"),
        (r"(?<=[a-z]{2})iz(e|es|ed|er|ers|ing|ation|ations|able)$", r"is\1"),  # organize
        (r"(?<=[a-z]{2})yz(e|es|ed|er|ers|ing)$", r"ys\1"),  # analyze
        (r"^haem(?=[aeio])", "hem"),  # haemoglobin
        (r"aemi(?=[ac])", "emi"),  # anaemia, leukaemic
        (r"^(ortho|encyclo|)paed", r"\1ped"),  # paediatric
        (r"^gynaec", "gynec"),
        (r"^oe(?=s(?:oph|tr)|dem)", "e"),  # oesophagus, oestrogen, oedema
        (r"^foet(?=us|al)", "fet"),
        (r"rrhoea", "rrhea"),
        (r"^sulph", "sulf"),
        (r"^(un)?mould", r"\1mold"),
        (r"^plough", "plow"),
        (r"^sceptic", "skeptic"),
        (r"^(judg|acknowledg|abridg)ement", r"\1ment"),
        (r"^fuell(?=e|i)", "fuel"),
        (r"^counsell(?=o|e|i)", "counsel"),
        (r"^(fulfil|instal|enrol)(?=ment)", r"\1l"),  # fulfilment
    )
)
_ANY_RULE = re.compile("|".join(pattern.pattern for pattern, _ in _RULES))
_KEPT = frozenset(
    "size sizes sized sizing resize resized downsize downsized downsizing prize prizes prized "
    "seize seizes seized seizing capsize capsized maize".split()
)


def one_spelling(word: str) -> str:
    """The spelling under which both variants of `word` are known."""
    if word in _KEPT:
        return word
    whole = _WHOLE.get(word)
    if whole is not None:
        return whole
    if not _ANY_RULE.search(word):
        return word
    for pattern, replacement in _RULES:
        word = pattern.sub(replacement, word)
    return word
