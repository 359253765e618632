"""Text into terms: one function, the same for questions and for sentences.

A term is a word folded (Unicode compatibility form, no accents, lower case), without its
possessive, in one spelling for British and American English, and reduced to its Snowball stem.
Beyond that:

- "10,000", "10 000" with a no-break space and "10000" are one term; so is a number with points,
  however many ("3.5", "2.10.3", "v2.10.3"), and nothing shorter is in it;
- "U.S.", "U.S" and "US" are one, which is not the pronoun "us"; "N.A.T.O." and "Nato" are one;
- "long-range" gives its parts and, over the whole span, "longrange", so that "co-operation" and
  "cooperation" meet; so do "5km" and "5 km", "$5m" and "$5 million"; a line end behind the hyphen
  is nothing, since nobody can tell whether the hyphen would stand there without it;
- Chinese, Japanese, Korean and Thai letters are read two by two; see `unspaced`;
- what programmers name ("foo_bar", "config.yml", "getUserById", "/etc/hosts") is read as if hyphens
  joined it; "--no-cache" gives itself and its parts;
- signs that make a short name stay: "C#", "C++", "A+", ".NET", "R&D";
- soft hyphens, joiners and other characters without a width are nothing.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

import Stemmer

from retrieval.text import stopwords
from retrieval.text.languages.tables import grammar_of
from retrieval.text.orthography import one_spelling
from retrieval.text.scanner import (
    APOSTROPHES,
    COMPOUNDS,
    CURRENCIES,
    HYPHENS,
    INVISIBLE,
    SCALES,
    Part,
    is_camel,
    parts,
    words_in,
)
from retrieval.text.unspaced import (
    gram_places,
    has_letters,
    is_gram,
    is_grammar,
    read_grams,
)
from retrieval.values import Place, Term, is_english, primary

# Letters that no decomposition makes plain, in small letters; what is invisible is nothing.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t",
     "ı": "i", **dict.fromkeys(INVISIBLE, "")}
)  # fmt: skip
_LONGEST_AMOUNT = 32  # characters, with the sign of its currency
_PARTED = re.compile(rf"[{HYPHENS}\d_/]|\.\w|[a-z][A-Z]")  # without it no word has parts
_LONGEST_SCALE = max(map(len, SCALES))
_SHOUTED_WORDS = 3  # from so many words, a text all in capitals is shouted, not acronyms


def read_terms(text: str, language: str = "en") -> list[Term]:
    """The terms of `text` in order, each with the place of its word.

    Args:
        text: Any text.
        language: A BCP 47 tag; its primary subtag chooses the Snowball stemmer. Without a stemmer
            for it, words are folded only.
    """
    return list(_scan(_lowered(text), primary(language)))


def _lowered(text: str) -> str:
    """A text that is all in capitals in lower case, any other as it is."""
    if not text.isupper() or len(text.split()) < _SHOUTED_WORDS:
        return text
    lowered = text.lower()  # a few capitals grow when lowered; keep the places true
    return lowered if len(lowered) == len(text) else text


def read_places(text: str) -> list[Place]:
    """The places of the words that `read_terms` gives in any language, sooner told than they."""
    text, places = _lowered(text), list[Place]()
    if not (_PARTED.search(text) or has_letters(text)):
        return [found.span() for found in words_in(text)]
    for found in words_in(text):
        if found.lastgroup == "run":
            places += gram_places(text, *found.span())
            continue
        is_plain = found.lastgroup == "plain" and not is_camel(found.group())
        pieces = parts(found) if found.lastgroup in COMPOUNDS and not is_plain else []
        if len(pieces) != 1 or found.group().startswith("--"):
            places.append(found.span())
        places += [part.span for part in pieces]
    return places


def read_word(word: str, language: str) -> tuple[str, str]:
    """The form and the term of a word of three or more small ASCII letters.

    It is what `read_terms` gives of such a word wherever it stands alone; nothing is kept of it.
    """
    term, form = _normalise.__wrapped__(word, primary(language))
    return form, term


def stem_of(form: str, language: str) -> str:
    """The term of a folded word in a language."""
    return _normalise(form, primary(language))[0]


def parts_of(words: Sequence[Term]) -> list[Term]:
    """The words of a text in order, hyphenated ones in their parts alone."""
    following = [*words[1:], None]
    pairs = zip(words, following, strict=False)
    return [word for word, after in pairs if not has_parts(word, after)]


def has_parts(word: Term, after: Term | None) -> bool:
    """Whether a word is a compound as a whole, by the word after it, which then is in it."""
    return after is not None and after.start < word.end and after.end <= word.end


def is_stop_word(text: str, term: Term, language: str) -> bool:
    """Whether a word of `text` asks rather than names, so that no question is searched for it."""
    if is_gram(term.form):
        return is_grammar(term.form)
    if term.term.isupper():
        return False
    if not is_english(language):
        return term.form in stop_forms(language)
    return fold(text[term.start : term.end]) in stopwords.ENGLISH


@cache
def stop_forms(language: str) -> frozenset[str]:
    """The stop words of a language as they are folded."""
    return _folded(stopwords.ENGLISH if is_english(language) else grammar_of(language).stops)


@cache
def frame_forms(language: str) -> frozenset[str]:
    """The words of a language other than English that only frame a question, folded."""
    return _folded(grammar_of(language).frames)


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _scan(text: str, language: str) -> Iterator[Term]:
    before: re.Match[str] | None = None
    for found in words_in(text):
        word, (start, end) = found.group(), found.span()
        kind = found.lastgroup
        if _is_one(word, kind):
            term, form = _normalise(word, language)
            yield Term(term, start, end, form)
        elif kind == "run":
            yield from read_grams(text, start, end)
        elif kind in COMPOUNDS:
            yield from _word_terms(found, before, language)
        elif kind == "dotted":
            acronym = _acronym(word.replace(".", ""))
            yield Term(acronym, start, end, acronym)
        elif kind == "signed":
            term = _signed(word, language)
            yield Term(term, start, end, term)
        else:
            plain = word if word.isascii() else unicodedata.normalize("NFKC", word)
            number = sys.intern(re.sub(r"[^\d.]", "", plain))
            yield Term(number, start, end, number)
        before = found


def _is_one(word: str, kind: str | None) -> bool:
    """Whether a word has no parts, and means the same whatever stands beside it."""
    if kind == "plain":
        return word != "us" and not is_camel(word)
    return kind == "word" and len(word) > _LONGEST_SCALE and word.isalnum()


def _word_terms(
    found: re.Match[str], before: re.Match[str] | None, language: str
) -> Iterator[Term]:
    pieces = parts(found) if found.group() != "us" else [Part("us", found.span())]
    if found.group().startswith("--"):
        flag = sys.intern(found.group().lower())
        yield Term(flag, *found.span(), flag)
    elif len(pieces) > 1:
        term, form = _normalise("".join(part.word for part in pieces), language)
        yield Term(term, *found.span(), form)
    elif found.group() == "us" and before and before.group() in {"the", "The"}:
        # "the us" is the country, whatever the writer's keyboard
        pieces = [Part("US", found.span())]
    for word, (start, end) in pieces:
        scale = SCALES.get(word.lower())
        is_scale = scale is not None and _is_money(found.string, start)
        term, form = _normalise(scale if scale and is_scale else word, language)
        yield Term(term, start, end, form)


def _is_money(text: str, end: int) -> bool:
    """Whether an amount of money ends right at `end`, with the sign of its currency before it."""
    if not text[end - 1 : end].isdigit():
        return False
    return _amount().search(text, max(0, end - _LONGEST_AMOUNT), end) is not None


@cache
def _amount() -> re.Pattern[str]:
    return re.compile(rf"[{CURRENCIES}]\d[\d.,]*$")


def _signed(word: str, language: str) -> str:
    """A name with signs; a stop word behind a stray point is none."""
    folded = word.lower().replace("♯", "#")
    if folded.removeprefix(".") in stopwords.ENGLISH:
        return _normalise(word.removeprefix("."), language)[0]
    return sys.intern(folded)


@lru_cache(maxsize=1 << 18)
def _normalise(word: str, language: str) -> tuple[str, str]:
    """A word's term and its form."""
    if word.isupper() and word.lower() in stopwords.ACRONYMS:
        acronym = _acronym(word)
        return acronym, acronym
    form = sys.intern(fold(word if word.isalnum() else unelided(word, language)))
    if form.isdigit():
        return form, form
    stemmer = _stemmer(language)
    spelt = one_spelling(form) if language == "en" else form
    return sys.intern(stemmer.stemWord(spelt) if stemmer else spelt), form


def unelided(word: str, language: str) -> str:
    """A word without what an apostrophe joins before it: "l'eau", "dell'acqua"."""
    found = _elision().match(word)
    is_elided = found and found.group(1).lower() in grammar_of(language).elided
    return word[found.end() :] if found and is_elided else word


@cache
def _elision() -> re.Pattern[str]:
    return re.compile(rf"([^\W\d_]{{1,8}})[{APOSTROPHES}](?=[^\W_])")


def _acronym(letters: str) -> str:
    folded = fold(letters)
    return sys.intern(folded.upper() if folded in stopwords.ACRONYMS else folded)


def bare(word: str) -> str:
    """`word` without its possessive ending, otherwise as it was written."""
    return word if word.isalnum() else _possessive().sub("", word)


@cache
def _possessive() -> re.Pattern[str]:
    return re.compile(rf"(?<=.)[{APOSTROPHES}][sS]?$")


def fold(word: str) -> str:
    """`word` in lower case, without accents, apostrophes and a possessive ending."""
    plain = bare(word)
    if not plain.isalnum():
        plain = re.sub(f"[{APOSTROPHES}]", "", plain)
    if plain.isascii():
        return plain.lower()
    decomposed = unicodedata.normalize("NFKD", plain).casefold().translate(_PLAIN)
    return "".join(c for c in decomposed if not unicodedata.combining(c)) or plain


@cache
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    try:
        return Stemmer.Stemmer(language)
    except KeyError:
        return None
