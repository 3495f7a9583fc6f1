"""Where a sentence can and cannot begin, told to the parser before it reads.

The treebanks have no headlines and no paragraphs: a line break always ends a sentence here, and in the middle of a line a sentence begins only behind
a mark that can end one, never with a lower-case word or a closing mark, so that a quotation with its incise ("« … ! », a déclaré M. Poutine") stays whole.
"""

from spacy.language import Language
from spacy.tokens import Doc

from depeche.language.fr.words import ABBREVIATIONS

_ENDS = frozenset('.!?…:;»”")]')
_NEVER_FIRST = frozenset(",;:.!?)]»”…%")


@Language.component("depeche_fr_sentences")
def hint_sentences(doc: Doc) -> Doc:
    """Set `is_sent_start` where the text itself decides, and leave the rest to the parser."""
    before = ""  # the last word, empty at the start of a line
    for token in doc:
        if token.is_space:
            if "\n" in token.text:
                before = ""
            if token.i:
                token.is_sent_start = False
            continue
        if not before:
            if token.i:
                token.is_sent_start = True
        elif token.text[0].islower() or token.text[0] in _NEVER_FIRST or before[-1] not in _ENDS or before in ABBREVIATIONS:
            token.is_sent_start = False
        before = token.text
    return doc
