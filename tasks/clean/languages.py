"""The language of an article: what its words say, unless they are too few; what the page states otherwise."""

from __future__ import annotations

import threading
from typing import Any

from tasks.records import Stated

#: Below this many letters the detector errs often on names and figures; two sentences have more.
ENOUGH_LETTERS = 120
#: A longer sample changes nothing on the pages measured and costs time.
SAMPLE_LETTERS = 800
#: The detector contradicts a stated language only when it is nearly sure.
CLEAR = 0.99
_lock = threading.Lock()
_identifier: list[Any] = []


def identify_language(text: str) -> tuple[str, float]:
    """Return the ISO 639-1 code of a text's language and the detector's probability for it."""
    with _lock:
        if not _identifier:
            from py3langid.langid import MODEL_FILE, LanguageIdentifier

            _identifier.append(LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))
        code, probability = _identifier[0].classify(text[:SAMPLE_LETTERS])
    return str(code), float(probability)


def language_of(text: str, stated: Stated | None) -> tuple[str | None, str | None]:
    """Return an article's language and where that is from: the stated source, or `detected`.

    A stated language stands unless the text is long enough and the detector clearly disagrees.
    """
    code = stated.value.replace("_", "-").split("-")[0].strip().lower() if stated else ""
    is_stated = len(code) == 2 and code.isalpha()
    if sum(map(str.isalpha, text[:1000])) < ENOUGH_LETTERS:
        return (code, stated.source) if is_stated and stated else (None, None)
    detected, probability = identify_language(text)
    if is_stated and stated and (detected == code or probability < CLEAR):
        return code, stated.source
    return detected, "detected"
