"""The stages as spaCy components, and a record in a notebook."""

from __future__ import annotations

from typing import Any

from depeche.language import language_pack

LINE = "« Nous ne céderons pas », a déclaré le ministre iranien des Affaires étrangères."


def pipeline(*names: str, **config: Any) -> Any:
    """Our own pipeline, freshly loaded, with components added as a person would."""
    from depeche.language.fr import load_pipeline

    nlp = load_pipeline()
    for name in names:
        nlp.add_pipe(name, config=config)
    return nlp


def test_one_component_runs_the_stages_that_it_needs() -> None:
    doc = pipeline("depeche_quotes")(LINE)
    (quotation,) = doc._.depeche_quotes
    assert quotation.content[0].of(LINE) == "Nous ne céderons pas"
    assert [p.country for p in quotation.speakers] == ["IRN"]
    assert doc._.depeche_events is None


def test_the_date_of_the_article_is_told_by_configuration() -> None:
    doc = pipeline("depeche_dates", published="2024-06-19")("Paris a expulsé mardi deux diplomates.")
    assert [d.interval for d in doc._.depeche_dates] == [("2024-06-18", "2024-06-18")]


def test_components_agree_with_the_reader(read: Any) -> None:
    line = "Séoul accuse Pyongyang d'avoir livré des munitions à Moscou."
    doc = pipeline("depeche_positions")(line)
    assert [(a.row.type, a.trigger) for a in doc._.depeche_positions] == [(e.type, e.trigger) for e in read(line).events]


def test_a_record_shows_itself_in_a_notebook_with_the_text_escaped(read: Any) -> None:
    html = read("Paris a condamné <script>alert(1)</script> Moscou & Minsk.")._repr_html_()
    assert "<script>alert" not in html
    assert 'class="did"' in html and "ACCUSE" in html
    assert "&amp; " in html


def test_the_pack_knows_its_version() -> None:
    assert language_pack("fr").version.startswith("fr-")
