"""The stages as spaCy components, for a person's own pipeline.

    nlp = spacy.load("fr_core_news_md")
    nlp.add_pipe("depeche_quotes")
    doc = nlp(text)
    doc._.depeche_quotes

Each component runs the stages that it needs and that have not run yet, and keeps its result in `Doc._`. The article's date, by which offices
and relative dates are read, is `doc._.depeche_published` (an ISO date), set before the component runs or through `config={"published": …}`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from depeche.extraction.stages import NAMES, Stages
from depeche.knowledge.base import shipped
from depeche.language import CODES, language_pack

Component = Callable[[Doc], Doc]


def _register() -> None:
    if not Doc.has_extension("depeche_published"):
        Doc.set_extension("depeche_published", default=None)
        Doc.set_extension("depeche_stages", default=None)
        for name in NAMES:
            Doc.set_extension(f"depeche_{name}", default=None)


def _component(name: str) -> Callable[..., Component]:
    def factory(nlp: Language, name: str, published: str | None) -> Component:
        _register()
        stage = name_of
        code = nlp.lang if nlp.lang in CODES else CODES[0]

        def run(doc: Doc) -> Doc:
            if doc._.depeche_stages is None:
                doc._.depeche_stages = Stages(doc, language_pack(code), shipped(), doc._.depeche_published or published)
            setattr(doc._, f"depeche_{stage}", getattr(doc._.depeche_stages, stage))
            return doc

        return run

    name_of = name
    decorated: Any = Language.factory(f"depeche_{name}", default_config={"published": None}, assigns=[f"doc._.depeche_{name}"])(factory)
    return decorated  # type: ignore[no-any-return]


_register()
mentions = _component("mentions")
actors = _component("actors")
dates = _component("dates")
figures = _component("figures")
quotes = _component("quotes")
events = _component("events")
positions = _component("positions")
agreements = _component("agreements")
