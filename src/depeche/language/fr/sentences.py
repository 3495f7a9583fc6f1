"""Where a sentence can and cannot begin, told to the parser before it reads.

The treebanks have no headlines and no paragraphs: a line break always ends a sentence here, and in the middle of a line a sentence begins only behind
a mark that can end one, never with a lower-case word or a closing mark, so that a quotation with its incise ("« … ! », a déclaré M. Poutine") stays whole.
"""

import numpy
from spacy.language import Language
from spacy.tokens import Doc

from depeche.language.fr.words import ABBREVIATIONS

# spaCy codes for what `Token.is_sent_start` calls True, False and None.
_START, _INSIDE = 1, -1
_ENDS = frozenset('.!?…:;»”")]')
_NEVER_FIRST = frozenset(",;:.!?)]»”…%")


@Language.component("depeche_fr_sentences")
def hint_sentences(doc: Doc) -> Doc:
    """Set `is_sent_start` where the text itself decides, and leave the rest to the parser."""
    # Set all at once: spaCy's own setter looks the whole text over for every word.
    starts = numpy.zeros(len(doc), dtype="int64")
    before = ""  # the last word, empty at the start of a line
    for token in doc:
        text = token.text
        if token.is_space:
            if "\n" in text:
                before = ""
            starts[token.i] = _INSIDE
            continue
        if not before:
            starts[token.i] = _START
        elif text[0].islower() or text[0] in _NEVER_FIRST or before[-1] not in _ENDS or before in ABBREVIATIONS:
            starts[token.i] = _INSIDE
        before = text
    if len(doc):
        starts[0] = _START
        doc.from_array(["SENT_START"], starts.view("uint64").reshape(-1, 1))  # type: ignore[arg-type]
    return doc
