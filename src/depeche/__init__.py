"""Dépêche: a sourced record of international affairs from wire copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from depeche import _version

if TYPE_CHECKING:
    from depeche.reader import Reader, UnreadableArticle, read
    from depeche.record import Article, ArticleRecord

__version__ = _version.VERSION
__all__ = ["Article", "ArticleRecord", "Reader", "UnreadableArticle", "__version__", "read"]

_HOMES = {"Article": "record", "ArticleRecord": "record", "Reader": "reader", "UnreadableArticle": "reader", "read": "reader"}


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is asked for: importing the package costs nothing."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"depeche.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'depeche' has no attribute {name!r}")
