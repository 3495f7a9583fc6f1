"""Language packs: what is true of one language, as a trained pipeline and tables."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.resources import files

from depeche.language.pack import LanguagePack

__all__ = ["CODES", "LanguagePack", "language_pack"]

CODES = ("fr",)


@cache
def language_pack(code: str) -> LanguagePack:
    """The pack of a language by its ISO 639-1 code. Raises `KeyError` where there is none."""
    if code not in CODES:
        raise KeyError(code)
    module = import_module(f"{__name__}.{code}")
    return LanguagePack(code, files(module), module.load_pipeline, module.lemma)
