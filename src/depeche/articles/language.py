"""Which language a text is in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Characters of a text that are looked at.
SAMPLE = 4000

# ISO 639: undetermined.
UNDETERMINED = "und"

# Below this probability the identifier is guessing among its 140 languages, and a short French headline comes out as
# Rwandan or Latin: then only the languages that news agencies publish in stand for choice.
SURE = 0.6
PRESS_LANGUAGES = {"ar", "cs", "de", "en", "es", "fa", "fr", "he", "hi", "it", "ja", "ko", "nl", "pl", "pt", "ro", "ru", "sv", "tr", "uk", "vi", "zh"}


def recognise_language(text: str) -> str:
    """The ISO 639-1 code of the text's language, by py3langid over its first `SAMPLE` characters; "und" for a text without letters."""
    sample = text.strip()[:SAMPLE]
    if not any(c.isalpha() for c in sample):
        return UNDETERMINED
    ranked = _identifier().rank(sample)
    best, probability = ranked[0]
    if probability < SURE:
        best = next((code for code, _ in ranked if code in PRESS_LANGUAGES), best)
    return str(best)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
