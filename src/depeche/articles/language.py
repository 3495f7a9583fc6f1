"""Which language a text is in."""

from __future__ import annotations

# Characters of a text that are looked at.
SAMPLE = 4000


def recognise_language(text: str) -> str:
    """The ISO 639-1 code of the text's language, by py3langid over its first `SAMPLE` characters."""
    from py3langid import classify

    code, _ = classify(text[:SAMPLE])
    return str(code)
