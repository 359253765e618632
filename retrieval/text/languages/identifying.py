"""The language that a text is written in, as far as its words tell."""

from __future__ import annotations

import re
import tempfile
from functools import cache
from typing import Protocol

from retrieval.errors import LibraryUnavailable, reason_of
from retrieval.text import stopwords
from retrieval.values import UNKNOWN_LANGUAGE

MOST = 4_000  # characters that are read: more tell no more
# Below, a guess is none: of a few words several languages are as likely.
CERTAIN = 0.9
# English prose has its small words in two words of five; of no other language so many are spelt so.
_ENGLISH_SHARE, _FEWEST = 0.3, 4
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class _Model(Protocol):
    def classify(self, instance: str) -> tuple[str, float]: ...


def language_of(text: str) -> str:
    """The BCP 47 tag of the language of a text, "und" where that cannot be told.

    English is told by its small words, which is soon done; for any other language the model of
    py3langid is loaded: some tenths of a second and 20 MB, once.
    """
    text = text[:MOST]
    words = [word.lower() for word in _WORD.findall(text)]
    small = sum(word in stopwords.ENGLISH for word in words)
    if small >= max(_FEWEST, _ENGLISH_SHARE * len(words)):
        return "en"
    if 2 * sum(map(len, words)) < len("".join(text.split())):  # figures, signs, code
        return UNKNOWN_LANGUAGE
    language, certainty = _model().classify(text)
    return language if certainty >= CERTAIN else UNKNOWN_LANGUAGE


@cache
def _model() -> _Model:
    """Naive Bayes over n-grams of bytes, for the languages that have a code of two letters.

    The others are seldom written, and near to one that is.

    Raises:
        LibraryUnavailable: The folder for temporary files, where it is unpacked, is full.
    """
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - takes long to load

    try:
        model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as error:
        raise LibraryUnavailable(
            f"{tempfile.gettempdir()}: what tells languages cannot be unpacked there "
            f"({reason_of(error)}), and nothing was changed; free some space, or name another "
            "folder with TMPDIR"
        ) from error
    model.set_languages([name for name in model.labels if len(name) == 2])
    known: _Model = model
    return known
