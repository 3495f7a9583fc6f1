"""Whom pronouns and descriptions take up. Every passage stands beside a twin that must read otherwise, or stay open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from depeche import ArticleRecord

Read = Callable[..., ArticleRecord]

# A passage with one word or phrase in brackets, and whom it takes up: names joined by " + ", None where it must stay open.
PASSAGES = [
    # A subject carries on the subject of the sentence before; gender decides where two are named.
    ("La ministre Claire Dautrey a reçu le maire Paul Merville. [Elle] a promis des renforts.", "Claire Dautrey"),
    ("La ministre Claire Dautrey a reçu le maire Paul Merville. [Il] a promis des renforts.", "Paul Merville"),
    ("Le négociateur Karl Wendt est arrivé lundi à Genève. [Il] a vu les deux délégations.", "Karl Wendt"),
    ("Le traité a été signé lundi par la Bolivie et le Pérou. [Il] entrera en vigueur en janvier.", None),
    # First names and agreement tell the gender of people whom nothing else describes.
    ("Sarah Lindqvist a rencontré Paul Merville à Oslo. [Il] a parlé d'un progrès.", "Paul Merville"),
    ("Sarah Lindqvist a rencontré Paul Merville à Oslo. [Elle] a parlé d'un progrès.", "Sarah Lindqvist"),
    # States have the gender of their article.
    ("La Corée du Nord a tiré mardi un missile. [Elle] n'avait procédé à aucun essai depuis un an.", "Corée du Nord"),
    ("Le Japon a protesté contre la Corée du Nord. [Il] a convoqué son conseil de sécurité.", "Japon"),
    # The empty "il" takes up nobody.
    ("L'opposant Tomas Verrel a pris la parole. [Il] faut suspendre le scrutin, a-t-on entendu.", None),
    ("L'opposant Tomas Verrel a pris la parole. [Il] veut suspendre le scrutin.", "Tomas Verrel"),
    ("Le président Alvaro Quintela est parti. [Il] y a peu de chances qu'un accord soit trouvé.", None),
    ("Le président Alvaro Quintela est parti. [Il] a peu de chances de revenir.", "Alvaro Quintela"),
    ("Le vice-président Marcus Feld a vu l'émir. [Il] s'agissait de leur première rencontre.", None),
    ("Le vice-président Marcus Feld a vu l'émir. [Il] s'est dit confiant.", "Marcus Feld"),
    ("Le président Alvaro Quintela est parti. Pourquoi y aurait-[il] des sanctions ?", None),
    ("Le président Alvaro Quintela est parti. Pourquoi aurait-[il] des regrets ?", "Alvaro Quintela"),
    # The subject itself stands behind "chez" and "quant à".
    ("Un groupe armé a suivi Karl Wendt. Karl Wendt rentrait chez [lui].", "Karl Wendt"),
    ("Un groupe armé a suivi Karl Wendt. Le groupe avait des armes avec [lui].", None),
    # "Ce dernier", "celui-ci" take the last, a pronoun of the subject the first.
    ("Le président Alvaro Quintela a limogé le général Lova Rabenja. [Ce dernier] avait critiqué le budget.", "Lova Rabenja"),
    ("Le président Alvaro Quintela a limogé le général Lova Rabenja, a-t-[il] annoncé.", "Alvaro Quintela"),
    ("L'Ukraine a demandé mercredi des avions à la Pologne. [Celle-ci] a promis de répondre.", "Pologne"),
    ("L'Ukraine a demandé mercredi des avions à la Pologne. [Elle] attend une réponse.", "Ukraine"),
    ("Un engin a été trouvé près de Karl Wendt, médiateur de l'ONU. Le sac noir était vide. [Celui-ci] a été détruit.", None),
    ("L'envoyée Sarah Lindqvist, représentante des Nations unies, a parlé. [Cette dernière] repart jeudi.", "Sarah Lindqvist"),
    # An object is not the subject of its own verb.
    ("Le Rwanda a nié soutenir la rébellion. La République démocratique du Congo [l']accuse d'armer ce mouvement.", "Rwanda"),
    ("Le Rwanda a nié soutenir la rébellion. La République démocratique du Congo [l']a dit mardi.", None),
    # Several together.
    ("L'Égypte et Bahreïn ont rompu lundi leurs relations avec le Qatar. [Ils] ont fermé leur espace aérien.", "Bahreïn + Égypte"),
    ("Les États-Unis ont rompu lundi leurs relations avec le Qatar. [Ils] ont fermé leur ambassade.", "États-Unis"),
    ("Le général Oumar Kesséna a rencontré le colonel Issa Bamadou. [Les deux hommes] ont parlé des frontières.", "Issa Bamadou + Oumar Kesséna"),
    ("La Norvège et la Suède ont signé un accord. [Les deux pays] partagent une frontière.", "Norvège + Suède"),
    ("Des mutins ont arrêté le président Aristide Ondong. [Ils] ont pris la télévision.", None),
    # Words that somebody has been called by, or that mean what he has been called.
    ("L'ambassadeur Henrik Stolz a quitté Astana. [Le diplomate] y était depuis trois ans.", "Henrik Stolz"),
    ("Le chanteur Henrik Stolz a quitté Astana. [Le diplomate] y était depuis trois ans.", None),
    ("Le député Anton Velkov a été arrêté mercredi à Sofia. [L'élu] clame son innocence.", "Anton Velkov"),
    ("Le roi Idrane II a nommé lundi un Premier ministre. [Le souverain] a dissous le Parlement.", "Idrane II"),
    ("La chanteuse Alma Riber a été sélectionnée lundi. [La chanteuse] s'est dite très honorée.", "Alma Riber"),
    ("Un homme a menacé la juge Inés Morante. [L'homme] a été arrêté.", None),
    ("Le procureur Miguel Santacruz a parlé. Selon lui, [l'homme] est dangereux.", None),
    # States by what they are.
    ("L'Arabie saoudite a intercepté un missile. [Le royaume] accuse des rebelles.", "Arabie saoudite"),
    ("Le Qatar a quitté l'Opep. [L'émirat] en était membre depuis 1961.", "Qatar"),
    ("Le Qatar a quitté l'Opep. [Le royaume] en était membre depuis 1961.", None),
    # Bodies.
    ("Téhéran a prévenu l'AIEA. [L'agence] n'a pas réagi.", "AIEA"),
    ("Le Hezbollah a accusé Israël. [Le mouvement chiite] a promis de répondre.", "Hezbollah"),
]


def taken_up(record: ArticleRecord, start: int, end: int) -> str | None:
    """Who has a mention at these characters and is known from elsewhere, by name; None for nobody."""
    here = [a for a in record.actors if any(m.start < end and start < m.end for m in a.mentions)]
    names = [a.name for a in here if a.entity or any(m.end <= start or m.start >= end for m in a.mentions)]
    return " + ".join(sorted(names)) or None


@pytest.mark.parametrize(("passage", "who"), PASSAGES, ids=[p for p, _ in PASSAGES])
def test_words_take_up_whom_the_passage_names(read: Read, passage: str, who: str | None) -> None:
    start, end = passage.index("["), passage.index("]") - 1
    record = read(passage.replace("[", "").replace("]", ""))
    assert taken_up(record, start, end) == who


def test_the_subject_is_carried_on_through_pronouns(read: Read) -> None:
    text = "L'envoyée Fatima Benyassine est rentrée mardi. Elle avait vu le chef rebelle Abakar Djimé. Elle l'a trouvé ouvert au dialogue."
    record = read(text)
    spans = {a.name: [text[m.start : m.end] for m in a.mentions] for a in record.actors}
    assert spans["Fatima Benyassine"].count("Elle") == 2
    assert "l'" in spans["Abakar Djimé"]


def test_a_speaker_is_not_whom_he_speaks_of(read: Read) -> None:
    text = "Selma Harrouch est partie avant la fin. Son homologue Ravi Deshmukh ne s'en est pas ému : elle avait prévenu, a-t-il dit."
    record = read(text)
    at = text.index("elle avait")
    assert taken_up(record, at, at + 4) == "Selma Harrouch"
    at = text.index("il dit")
    assert taken_up(record, at, at + 2) == "Ravi Deshmukh"
