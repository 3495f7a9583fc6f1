"""An article from a saved web page: bounded and cleaned of what no reader sees, then extracted by trafilatura."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from depeche.articles.encoding import decode
from depeche.articles.inputs import Unusable, check_characters
from depeche.record import Article

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Bytes; trafilatura reads no larger one either.
LARGEST_PAGE = 20_000_000
# Characters that can be seen; with more, trafilatura takes from five seconds to half a minute.
LONGEST_PAGE = 2_000_000

# What tells a sentence from an entry of a menu: its end, or its length in characters.
SENTENCE_ENDS = tuple('.!?…»”"।。！？؟')
LONG_LINE = 50

# JSON-LD, in which newspapers give date and publisher, is the one script that is kept, and only while those are read.
_JSON_LD = ".//script[@type='application/ld+json']"
_UNSEEN = ".//script[not(@type='application/ld+json')] | .//style | .//template | .//noscript | .//*[@hidden] | .//*[@aria-hidden] | .//*[@style]"
_HIDING = {"display": "none", "visibility": "hidden"}
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})""", re.I
)


def looks_like_page(beginning: bytes) -> bool:
    """Whether a file that begins so is a web page, whatever it is called."""
    start = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"<") and re.search(rb"<(!doctype\s+html|html)\b", start[:1024], re.I) is not None


def article_of(page: bytes) -> Article:
    """The article of a web page: text, title, date, publisher and canonical address. Raises `Unusable`."""
    if len(page) > LARGEST_PAGE:
        raise Unusable(f"the page is larger than {LARGEST_PAGE // 1_000_000} MB")
    html = decode(page, declared_encoding(page), mend=True)
    check_characters(html)
    try:
        article = _extract(html)
    except Unusable:
        raise
    # Pages are hostile or broken in ways that no list foresees, and one of them must not end the reading of a thousand.
    except Exception as problem:
        raise Unusable(f"the page cannot be taken apart ({type(problem).__name__})") from problem
    if article is None:
        raise Unusable("the page holds no article text")
    return article


def declared_encoding(page: bytes) -> str | None:
    """The encoding that a page says it is in, at its beginning."""
    found = _DECLARED.search(page[:4096])
    return (found[1] or found[2]).decode("ascii") if found else None


def _extract(html: str) -> Article | None:
    from trafilatura import bare_extraction
    from trafilatura.metadata import extract_metadata

    tree = visible_tree(html)
    if tree is None:
        return None
    if len(tree.text_content()) > LONGEST_PAGE:
        raise Unusable(f"the text of the page is longer than {LONGEST_PAGE:,} characters")
    # Without the extensive search: it takes any year on the page, as in a copyright line, for a first of January.
    about = extract_metadata(tree, extensive=False)
    url = _canonical(tree)
    _drop(tree.xpath(_JSON_LD))
    document = bare_extraction(tree, include_comments=False)
    # A Document, unless a dictionary is asked for.
    text = None if document is None or isinstance(document, dict) else document.text
    if not text or not _has_sentences(text, about.title):
        return None
    return Article(text, title=about.title or None, published=about.date or None, publisher=about.sitename or None, url=url)


def _has_sentences(text: str, title: str | None) -> bool:
    """Whether anything but a headline and the words of a menu came out, which trafilatura falls back on where there is no article."""
    lines = (line.strip() for line in text.splitlines())
    return any(len(line) >= LONG_LINE or line.endswith(SENTENCE_ENDS) for line in lines if line != title)


def visible_tree(html: str) -> HtmlElement | None:
    """The page without scripts, styles, templates, comments and everything that its own markup hides; None where nothing is left."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    # Encoded anew, because a page declares the encoding that it had as a file. An HTML parser resolves no external
    # entity, and this one fetches nothing.
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree: HtmlElement = document_fromstring(html.encode("utf-8", "replace"), parser=parser, ensure_head_body=True)
    except ParserError:
        return None
    # A hidden <body> is one that a script shows when the page is ready; a saved page is read as it was seen.
    _drop(e for e in tree.xpath(_UNSEEN) if e.tag not in {"html", "head", "body"} and _is_unseen(e))
    return tree


def _is_unseen(element: HtmlElement) -> bool:
    return (
        element.tag in {"script", "style", "template", "noscript"}
        or element.get("hidden") is not None
        or element.get("aria-hidden", "").strip().lower() == "true"
        or _is_hidden_by(element.get("style", ""))
    )


def _is_hidden_by(style: str) -> bool:
    """Whether a style attribute hides its element: "color: red; display: none !important"."""
    for declaration in _CSS_COMMENT.sub("", style).lower().split(";"):
        name, _, value = declaration.partition(":")
        if _HIDING.get(name.strip()) == value.split("!")[0].strip():
            return True
    return False


def _drop(elements: object) -> None:
    """Remove elements with all they hold; the text after each stays."""
    for element in list(elements):  # type: ignore[call-overload]
        # The child of one that was dropped before it goes with it.
        if element.getparent() is not None:
            element.drop_tree()


def _canonical(tree: HtmlElement) -> str | None:
    for found in (
        *tree.xpath(".//link[contains(concat(' ', normalize-space(@rel), ' '), ' canonical ')]/@href"),
        *tree.xpath(".//meta[@property='og:url']/@content"),
    ):
        address = str(found).strip()
        if re.match(r"https?://[^\s/]+", address, re.I):
            return address
    return None
