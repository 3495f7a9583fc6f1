"""Dépêche: a sourced record of international affairs from wire copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from depeche import _version

if TYPE_CHECKING:
    from depeche.asking import Record, RecordProblem
    from depeche.asking import open_record as open
    from depeche.reader import Reader, UnreadableArticle, read
    from depeche.record import Article, ArticleRecord

__version__ = _version.VERSION
__all__ = ["Article", "ArticleRecord", "Reader", "Record", "RecordProblem", "UnreadableArticle", "__version__", "open", "read"]

# Where each public name lives, and what it is called there.
_HOMES = {
    "Article": ("record", "Article"),
    "ArticleRecord": ("record", "ArticleRecord"),
    "Reader": ("reader", "Reader"),
    "Record": ("asking", "Record"),
    "RecordProblem": ("asking", "RecordProblem"),
    "UnreadableArticle": ("reader", "UnreadableArticle"),
    "open": ("asking", "open_record"),
    "read": ("reader", "read"),
}


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is asked for: importing the package costs nothing."""
    if name in _HOMES:
        from importlib import import_module

        module, there = _HOMES[name]
        return getattr(import_module(f"depeche.{module}"), there)
    raise AttributeError(f"module 'depeche' has no attribute {name!r}")
