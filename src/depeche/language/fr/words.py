"""How French text becomes words: the `Language` class of our pipeline and its tokenizer.

spaCy's own French class compiles a regular expression of 16,000 hyphenated words, which costs seconds at every start. Hyphenated
words stay whole here by default; only the clitics of inversion ("a-t-il", "dit-elle") are cut off, as Universal Dependencies has it.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from spacy.language import BaseDefaults, Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import (
    compile_infix_regex,
    compile_prefix_regex,
    compile_suffix_regex,
    load_config_from_str,
    registry,
)
from spacy.vocab import Vocab

# One character for one character, so that offsets into the text survive: the blanks of French typography would otherwise become
# words of their own, and the typographic apostrophe is unknown to half the training text.
TYPOGRAPHY = {ord(c): " " for c in "\t\r\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"}
TYPOGRAPHY |= {ord(c): "'" for c in "\u2019\u02bc\u2032"} | {ord(c): "-" for c in "\u2010\u2011"}
TYPOGRAPHY |= {ord(c): " " for c in "\x00\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029\u200b\u200e\u200f\u00ad\ufeff"}
TYPOGRAPHY |= dict.fromkeys(range(55296, 57344), "�")

_ELISIONS = "jusqu|lorsqu|puisqu|quoiqu|presqu|qu|[ldnsjmtc]"
_OPENING = r"[\(\[\{«“”\"'‘<>…§%=—–\-¿¡*&#°•]"
_CLOSING = r"[\)\]\}»“”\"'’<>…,;:\?!%=—–*&#•]"
_CURRENCY = r"[$€£¥]"
_CLITICS = "t-il|t-elle|t-on|t-ils|t-elles|il|ils|elle|elles|on|je|tu|nous|vous|ce|moi|toi|lui|leur|le|la|les|en|y|là"

ABBREVIATIONS = frozenset(
    """
        M. MM. Mme. Mr. Dr. Pr. Me. Mgr. St. Ste. av. apr. etc. cf. art. env. p. pp. vol. no. n°. éd. fig. hab. janv. févr. fév. avr. juil. sept. oct.
        nov. déc. dr. gén. col. lt. cap. adj. U.S. U.K. E.U. J.-C. A.D. Jr. Sr. Inc. Co. Corp. Ltd.
    """.split()
)
# Words whose end only looks like a clitic, or whose apostrophe belongs to them.
_WHOLE = """
    aujourd'hui Aujourd'hui quelqu'un Quelqu'un quelqu'une prud'homme prud'hommes entr'ouvert c'est-à-dire C'est-à-dire rendez-vous Rendez-vous Jong-il
    Jong-Il Kim-il par-là au-delà Au-delà là-bas jusque-là celui-là celle-là ceux-là celles-là Port-la-Nouvelle va-t-en-guerre main-d'œuvre
""".split()

_URL = re.compile(r"(?:https?://|www\.)\S+$|[\w.+-]+@[\w-]+\.[\w.]+$")


class FrenchTokenizer(Tokenizer):
    """Words of a French text. `doc.text` has blanks and apostrophes made plain, at the same offsets."""

    def __call__(self, text: str) -> Doc:
        doc: Doc = super().__call__(text.translate(TYPOGRAPHY))
        return doc

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        for text in texts:
            yield self(text)


def french_tokenizer(vocab: Vocab) -> FrenchTokenizer:
    """The tokenizer of the French pack over a vocabulary."""
    letter = "a-zA-ZÀ-ÖØ-öø-ÿœŒ"
    prefixes = [
        _OPENING,
        _CURRENCY,
        r"\.\.+",
        rf"(?:{_ELISIONS}|{_ELISIONS.upper()}|(?:[Jj]usqu|[Ll]orsqu|[Pp]uisqu|[Qq]uoiqu|Qu))'(?=[^\s'])",
        r"\+(?![0-9])",
        r"/",
    ]
    suffixes = [
        _CLOSING,
        _CURRENCY,
        r"\.\.+",
        r"(?<=[a-zà-öø-ÿœ0-9\)\]»\"”%°²³'])\.",
        r"(?<=[A-ZÀ-Ý]{2})\.",
        rf"(?<=[{letter}])-(?:{_CLITICS})",
        r"(?<=[0-9])(?:km²|km2|km|m²|kg|cm|mm|°C)",
        r"/",
    ]
    infixes = [
        r"\.\.+|…",
        r"(?<=[0-9])[+*^](?=[0-9-])",
        rf"(?<=[{letter}]),(?=[{letter}])",
        r"(?<=[a-zà-öø-ÿœ])\.(?=[A-ZÀ-Ý])",
        rf"(?<=[{letter}0-9])[:<>=/;«»“”](?=[{letter}0-9«»])",
        rf"(?<=[{letter}\)])[—–](?=[{letter}\(])",
        rf"(?<=\bqu')(?=[{letter}])",
    ]
    rules = {w: [{"ORTH": w}] for w in [*ABBREVIATIONS, *_WHOLE]}
    rules |= {f"{c}.": [{"ORTH": f"{c}."}] for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    # An elided word before a quotation mark or a blank ("d' « agression »").
    elided = [e + "'" for e in ["jusqu", "lorsqu", "puisqu", "quoiqu", "qu", "l", "d", "n", "s", "j", "m", "t", "c"]]
    rules |= {form: [{"ORTH": form}] for e in elided for form in (e, e.capitalize())}
    return FrenchTokenizer(
        vocab,
        rules=rules,
        prefix_search=compile_prefix_regex(prefixes).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        url_match=_URL.match,
    )


@registry.tokenizers("depeche.fr.v1")  # type: ignore[untyped-decorator]
def _create_tokenizer() -> Callable[[Language], FrenchTokenizer]:
    return lambda nlp: french_tokenizer(nlp.vocab)


class FrenchDefaults(BaseDefaults):
    config = load_config_from_str('[nlp]\nlang = "fr"\n[nlp.tokenizer]\n@tokenizers = "depeche.fr.v1"\n')


class French(Language):  # type: ignore[no-untyped-call]
    """The `Language` of the French pack, made and loaded directly: spaCy never looks "fr" up, so its own class stays unloaded."""

    lang = "fr"
    Defaults = FrenchDefaults
