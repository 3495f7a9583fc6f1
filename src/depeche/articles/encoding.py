"""From bytes to text, exactly as decoded: nothing is stripped or normalised. A byte order mark is no text."""

from __future__ import annotations

import codecs
import re

from depeche.articles.inputs import Unusable
from depeche.articles.language import recognise_language

# How files of other kinds begin, so that the message can name them.
MAGIC = {
    b"\x89PNG\r\n\x1a\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old office document",
    b"SQLite format 3\x00": "an SQLite database",
    b"\x7fELF": "a program",
}

# What Western newsrooms wrote before UTF-8. Left to itself over all it knows, charset-normalizer took one French
# dispatch in three (300 bytes of Windows-1252) for a Central European or Baltic encoding; choosing among these four, none of 34.
WESTERN = ("cp1252", "iso8859_15", "mac_roman", "cp850")
WESTERN_LANGUAGES = {"ca", "da", "de", "en", "es", "eu", "fi", "fr", "ga", "gl", "is", "it", "nb", "nl", "nn", "no", "oc", "pt", "sv"}

# Bytes that are looked at to recognise an encoding.
SAMPLE = 100_000

# A well-formed UTF-8 sequence of several bytes; in the old encodings these pairs ("Ã©") make no sense.
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTER = re.compile(rb"[A-Za-z]")
# Control characters that no text file holds; tab, line ends, form feed and escape may occur.
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")
# ISO-8859-15 put œ and € where Windows-1252 has these.
_LATIN_9 = re.compile("[a-zA-Z]½[a-zA-Z]|¤")


def decode(raw: bytes, declared: str | None = None, mend: bool = False) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, the encoding the file declares, else the one it looks like.

    Raises `Unusable` where the bytes are no text, or nearly UTF-8 but damaged; with `mend` the damage is marked by U+FFFD, as browsers do.
    """
    check_kind(raw)
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_marked(raw, "utf-16")
    if raw.startswith(codecs.BOM_UTF8):
        raw = raw[len(codecs.BOM_UTF8) :]
    try:
        return _textual(raw.decode("utf-8"))
    except UnicodeDecodeError as problem:
        return _decode_other(raw, declared, mend, problem)


def check_kind(beginning: bytes) -> None:
    """Raise `Unusable` where a file begins like an image, an archive or another kind that is no text."""
    for magic, kind in MAGIC.items():
        if beginning.startswith(magic):
            raise Unusable(f"it is {kind}, not text")


def _decode_marked(raw: bytes, codec: str) -> str:
    try:
        # Lone surrogates pass, to be named for what they are when the text is checked.
        return _textual(raw.decode(codec, "surrogatepass"))
    except UnicodeDecodeError as problem:
        raise Unusable(f"it is marked as {codec.upper()} but damaged at byte {problem.start:,}") from None


def _decode_other(raw: bytes, declared: str | None, mend: bool, problem: UnicodeDecodeError) -> str:
    if b"\x00" in raw:
        raise Unusable("it is no text (it holds NUL bytes)")
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        pass
    part = _telling_part(raw)
    sequences = _SEQUENCE.findall(part)
    stray = len(_HIGH.findall(part)) - sum(map(len, sequences))
    if len(sequences) > 5 * stray:
        if mend:
            return raw.decode("utf-8", "replace")
        # Read in an old encoding, every accent would come out as two wrong characters.
        line = raw.count(b"\n", 0, problem.start) + 1
        raise Unusable(f"it is UTF-8 but damaged at byte {problem.start:,} (line {line:,})")
    for codec in (_known_codec(declared), recognise_codec(raw)):
        if codec is not None:
            try:
                return _textual(raw.decode(codec))
            except UnicodeDecodeError:
                continue
    raise Unusable("it is no text in any encoding that can be recognised")


def _textual(text: str) -> str:
    """The text unchanged, where it is one. Raises `Unusable`."""
    beginning = text[:SAMPLE]
    if len(_CONTROL.findall(beginning)) > len(beginning) / 30:
        raise Unusable("it is no text (it is full of control characters)")
    return text


def _known_codec(label: str | None) -> str | None:
    if not label:
        return None
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    # The Encoding Standard of the web: pages labelled so are in Windows-1252.
    return {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)


def recognise_codec(raw: bytes) -> str | None:
    """The encoding that bytes which are not UTF-8 look like, or None."""
    from charset_normalizer import from_bytes

    sample = _telling_part(raw)
    # Words keep their ASCII letters in any encoding of a Latin script, and by these the language is known.
    latin = len(_HIGH.findall(sample)) < len(_LETTER.findall(sample)) / 2
    if latin and recognise_language(sample.decode("latin-1")) in WESTERN_LANGUAGES:
        match = from_bytes(sample, cp_isolation=list(WESTERN)).best()
        if match is not None:
            looks_latin_9 = match.encoding == "cp1252" and _LATIN_9.search(str(match))
            return "iso8859_15" if looks_latin_9 else match.encoding
    match = from_bytes(sample).best()
    return None if match is None else match.encoding


def _telling_part(raw: bytes) -> bytes:
    """The bytes around the first that is not ASCII, to the end of a line: only those tell encodings apart."""
    if len(raw) <= SAMPLE:
        return raw
    high = _HIGH.search(raw)
    start = max(0, high.start() - SAMPLE // 10) if high else 0
    part = raw[start : start + SAMPLE]
    end = part.rfind(b"\n")
    return part[:end] if end > SAMPLE // 2 else part
