"""Who said what in marks: every form of quotation that the French press uses, and twins that look like one and are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depeche import Reader
from depeche.record import Actor, ArticleRecord, Quote

Read = Callable[..., ArticleRecord]
# The day on which the sentences are read: who holds an office depends on it.
PUBLISHED = "2024-06-19"


def marked(record: ArticleRecord) -> list[Quote]:
    return [q for q in record.quotes if q.form != "indirect"]


def words(record: ArticleRecord, quote: Quote) -> list[str]:
    return [record.words(span) for span in quote.content]


def speaker(record: ArticleRecord, quote: Quote) -> str | None:
    """The country of the speaker, or the name of one who has none."""
    actor = record.actor(quote.speaker)
    return None if actor is None else actor.country or actor.name


def names(record: ArticleRecord, ids: tuple[str, ...]) -> list[str]:
    actors = [record.actor(i) for i in ids]
    return [actor.name for actor in actors if isinstance(actor, Actor)]


@pytest.mark.parametrize(
    ("text", "form", "who", "said"),
    [
        # the cue behind, with its subject behind it
        ("« Nous ne céderons pas », a déclaré le président turc.", "direct", "TUR", ["Nous ne céderons pas"]),
        ("“Nous ne céderons pas”, a déclaré le président turc.", "direct", "TUR", ["Nous ne céderons pas"]),
        ('"Nous ne céderons pas", a déclaré le président turc.', "direct", "TUR", ["Nous ne céderons pas"]),
        ("‘Nous ne céderons pas’, a déclaré le président turc.", "direct", "TUR", ["Nous ne céderons pas"]),
        ("« Affabulation », rétorque Kigali.", "direct", "RWA", ["Affabulation"]),
        ("« Pure invention », réplique, dans un message, le ministre iranien de la Défense.", "direct", "IRN", ["Pure invention"]),
        # the cue before, with a colon, a narrated infinitive or a noun
        ("Le président turc a déclaré : « Nous ne céderons pas ».", "direct", "TUR", ["Nous ne céderons pas"]),
        ("Et le président brésilien de conclure : « L'Amazonie n'est pas à vendre ».", "direct", "BRA", ["L'Amazonie n'est pas à vendre"]),
        ("La réplique de Pékin fut cinglante : « Nous ne céderons pas ».", "direct", "CHN", ["Nous ne céderons pas"]),
        # the reporter cuts in, inside the marks or between them
        ("« Nous ne céderons pas, a averti Ankara, et nos voisins le savent. »", "direct", "TUR", ["Nous ne céderons pas", "et nos voisins le savent."]),
        ("« Nous ne céderons pas », a averti Ankara, « et nos voisins le savent ».", "direct", "TUR", ["Nous ne céderons pas", "et nos voisins le savent"]),
        # sources
        ("Selon Kiev, « la ville tient encore ».", "direct", "UKR", ["la ville tient encore"]),
        ("« La ville tient encore », selon Kiev.", "direct", "UKR", ["La ville tient encore"]),
        ("Pour Ankara, « la ville tient encore ».", "direct", "TUR", ["la ville tient encore"]),
        ("La Maison-Blanche, pour laquelle « la diplomatie doit prévaloir », a réagi jeudi.", "direct", "USA", ["la diplomatie doit prévaloir"]),
        ("L'accord est « mort », aux yeux de Téhéran.", "mixed", "IRN", ["mort"]),
        # words quoted in the reporter's own sentence
        ("Emmanuel Macron a salué un accord « historique ».", "mixed", "FRA", ["historique"]),
        ("Berlin a protesté, dénonçant une attaque « lâche » contre ses soldats.", "mixed", "DEU", ["lâche"]),
        ("Dénonçant une attaque « lâche », Berlin a rappelé son ambassadeur.", "mixed", "DEU", ["lâche"]),
        ("Les propos « malvenus » du président turc ont choqué Athènes.", "mixed", "TUR", ["malvenus"]),
        ("Dans un communiqué, l'Otan a dénoncé une attaque « lâche ».", "mixed", "Otan", ["lâche"]),
        ("Paris et Rome « condamnent toute ingérence » dans les affaires du Liban.", "mixed", "FRA", ["condamnent toute ingérence"]),
        # a quotation that stands alone, a signature
        ("Tokyo a réagi jeudi. « Ce tir est absolument inadmissible. »", "direct", "JPN", ["Ce tir est absolument inadmissible."]),
        ("« La paix est possible »\n— Maria Alvarez, ministre", "direct", "Maria Alvarez", ["La paix est possible"]),
        # somebody without a name, an institution, a pronoun
        ("« La trêve tient », a affirmé une source diplomatique.", "direct", "source diplomatique", ["La trêve tient"]),
        ("« La trêve tient », a affirmé la diplomatie chinoise.", "direct", "CHN", ["La trêve tient"]),
        ("« La trêve tient », a affirmé l'Élysée.", "direct", "FRA", ["La trêve tient"]),
        ("La junte du capitaine Alassane Zerbo a réagi. Le ministre malien l'a dit : « La trêve tient ».", "direct", "MLI", ["La trêve tient"]),
    ],
)
def test_a_quotation_has_its_form_speaker_and_words(read: Read, text: str, form: str, who: str, said: list[str]) -> None:
    record = read(text, PUBLISHED)
    (quote,) = marked(record)
    assert words(record, quote) == said
    assert (quote.form, speaker(record, quote)) == (form, who)


@pytest.mark.parametrize(
    "text",
    [
        "Le navire « Aurore » a quitté le port de Brest.",
        "Les manœuvres baptisées « Bouclier du Nord » ont commencé lundi.",
        "L'opération « Bouclier du Nord » a commencé lundi.",
        "Le film « Les Mots de la fin » sort mercredi à Paris.",
        "L'Iran et le groupe dit des « 5+1 » se retrouvent lundi à Vienne.",
        "Le soi-disant « expert » est arrivé lundi à Genève.",
    ],
)
def test_titles_names_and_scare_quotes_are_nobodys_words(read: Read, text: str) -> None:
    assert read(text, PUBLISHED).quotes == ()


@pytest.mark.parametrize(
    "text",
    [
        "« Nous ne céderons pas. »",
        "Il pleuvait sur la ville. « Nous ne céderons pas. »",
        "« Nous ne céderons pas », peut-on lire sur les murs.",
    ],
)
def test_no_speaker_where_the_text_has_none(read: Read, text: str) -> None:
    assert all(quote.speaker is None for quote in read(text, PUBLISHED).quotes)


def test_two_quotations_of_one_sentence_have_one_speaker(read: Read) -> None:
    record = read("La Turquie a parlé d'une « erreur » et d'une « provocation ».", PUBLISHED)
    assert [(words(record, q), speaker(record, q)) for q in marked(record)] == [(["erreur"], "TUR"), (["provocation"], "TUR")]


def test_a_quotation_inside_a_quotation_belongs_to_the_outer_one(read: Read) -> None:
    record = read("« Il a crié “au feu” et il est parti », a raconté le ministre grec de l'Intérieur.", PUBLISHED)
    assert [words(record, q) for q in marked(record)] == [["Il a crié “au feu” et il est parti"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("« Nous voulons la paix.\n\n« Nous l'aurons », a promis le président français.\n\nLa salle a applaudi.", ["Nous voulons la paix.", "Nous l'aurons"]),
        ("Le président français a promis : « Nous voulons la paix.\n« Nous l'aurons. »\nLa salle a applaudi.", ["Nous voulons la paix.", "Nous l'aurons."]),
    ],
)
def test_a_quotation_over_paragraphs_is_one_whoever_names_its_speaker(read: Read, text: str, said: list[str]) -> None:
    record = read(text, PUBLISHED)
    (quote,) = marked(record)
    assert (words(record, quote), speaker(record, quote)) == (said, "FRA")


def test_two_closed_quotations_in_two_paragraphs_are_two(read: Read) -> None:
    record = read("« Nous voulons la paix », a dit Paris.\n« Nous l'aurons », a dit Rome.", PUBLISHED)
    assert [speaker(record, q) for q in marked(record)] == ["FRA", "ITA"]


def test_a_joint_statement_has_a_speaker_and_co_speakers(read: Read) -> None:
    record = read("« La trêve tient », ont déclaré Paris et Berlin.", PUBLISHED)
    (quote,) = marked(record)
    assert (speaker(record, quote), names(record, quote.co_speakers)) == ("FRA", ["Allemagne"])


# -- pronouns -------------------------------------------------------------------------------------


def test_a_pronoun_in_an_incise_is_whoever_spoke_before(read: Read) -> None:
    record = read("Le ministre turc de la Défense a reçu les journalistes. « La trêve tient », a-t-il dit. « Elle durera », a-t-il ajouté.", PUBLISHED)
    assert [speaker(record, q) for q in marked(record)] == ["TUR", "TUR"]


def test_a_pronoun_of_the_other_gender_is_somebody_else(read: Read) -> None:
    text = "La Première ministre italienne a reçu le président turc. « La trêve tient », a-t-{} dit."
    for pronoun, country in (("elle", "ITA"), ("il", "TUR")):
        record = read(text.format(pronoun), PUBLISHED)
        assert [speaker(record, q) for q in marked(record)] == [country]


def test_the_latter_is_the_one_named_last(read: Read) -> None:
    record = read("Le président turc a reçu le président français. Ce dernier a parlé d'une trêve « fragile ».", PUBLISHED)
    assert [speaker(record, q) for q in marked(record)] == ["FRA"]


# -- the way the words took -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "who", "via"),
    [
        ("« La trêve tient », a dit le ministre turc de la Défense, cité par Reuters.", "TUR", ["Reuters"]),
        ("« La trêve tient », a dit le ministre turc de la Défense, joint par Reuters.", "TUR", ["Reuters"]),
        ("« La trêve tient », a confié à Reuters le ministre turc de la Défense.", "TUR", ["Reuters"]),
        ("« La trêve tient », a dit le ministre turc de la Défense, selon des propos rapportés par Reuters.", "TUR", ["Reuters"]),
        ("« La trêve tient », a dit le ministre turc de la Défense dans un entretien à Reuters.", "TUR", ["Reuters"]),
        ("« La trêve tient », a dit le ministre turc de la Défense dans un discours diffusé par al-Safir.", "TUR", ["al-Safir"]),
        ("Ankara a parlé d'une trêve « fragile », selon Reuters.", "TUR", ["Reuters"]),
        ("Ankara a jugé la trêve « fragile », a rapporté Reuters.", "TUR", ["Reuters"]),
    ],
)
def test_an_agency_beside_the_cue_carried_the_words(read: Read, text: str, who: str, via: list[str]) -> None:
    record = read(text, PUBLISHED)
    (quote,) = marked(record)
    assert (speaker(record, quote), names(record, quote.relayed_by)) == (who, via)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("« La trêve tient », a dit le ministre turc de la Défense.", "TUR"),
        ("« La trêve tient », a écrit le ministre turc de la Défense sur Twitter.", "TUR"),
        ("« La trêve tient », a rapporté Reuters.", "GBR"),
        ("Istanbul, 19 juin (AFP) - « La trêve tient », a dit à l'AFP le ministre turc de la Défense.", "TUR"),
    ],
)
def test_speakers_platforms_and_the_articles_own_agency_carry_nothing(read: Read, text: str, who: str) -> None:
    record = read(text, PUBLISHED)
    (quote,) = marked(record)
    assert (speaker(record, quote), quote.relayed_by) == (who, ())


def test_what_a_speaker_adds_came_the_same_way(read: Read) -> None:
    record = read("« La trêve tient », a dit le ministre turc de la Défense à Reuters. « Elle durera », a-t-il ajouté.", PUBLISHED)
    assert [names(record, q.relayed_by) for q in marked(record)] == [["Reuters"], ["Reuters"]]


def test_what_another_adds_did_not(read: Read) -> None:
    record = read("« La trêve tient », a dit le ministre turc de la Défense à Reuters. « Elle durera », a ajouté Berlin.", PUBLISHED)
    assert [names(record, q.relayed_by) for q in marked(record)] == [["Reuters"], []]


@pytest.mark.parametrize(
    ("text", "translated"),
    [
        ("« La trêve tient », a dit le ministre turc de la Défense, selon ses propos traduits en russe.", True),
        ("« La trêve tient », a dit le ministre turc de la Défense, selon ses propos.", False),
    ],
)
def test_a_translation_is_told_as_one(read: Read, text: str, translated: bool) -> None:
    (quote,) = marked(read(text, PUBLISHED))
    assert quote.translated is translated


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("« La trêve tient », a dit le président français à son homologue turc.", "Recep Tayyip Erdogan"),
        ("« Vous aviez signé », a dit Berlin à Moscou.", "Russie"),
        ("« Vous aviez signé », a dit Berlin à Reuters.", None),
        ("« Vous aviez signé », a dit Berlin.", None),
    ],
)
def test_the_addressee_is_whom_the_cue_speaks_to(read: Read, text: str, to: str | None) -> None:
    record = read(text, PUBLISHED)
    (quote,) = marked(record)
    actor = record.actor(quote.addressee)
    assert (actor.name if actor else None) == to


def test_a_quotation_tells_when_it_was_said(read: Read) -> None:
    record = read("« La trêve tient », avait indiqué lundi le ministre turc de la Défense.", PUBLISHED)
    (quote,) = marked(record)
    assert quote.when is not None
    assert (quote.when.start, quote.when.end) == ("2024-06-17", "2024-06-17")


# -- speeches without marks -----------------------------------------------------------------------


def test_a_paragraph_in_the_first_person_behind_a_quotation_goes_on_with_it(read: Read) -> None:
    text = "« Nous sommes prêts », a dit le président kényan.\nNous demandons seulement que nos voisins respectent la frontière.\nLa séance a été levée à midi."
    record = read(text, PUBLISHED)
    assert [(q.form, speaker(record, q)) for q in record.quotes] == [("direct", "KEN"), ("block", "KEN")]


def test_a_paragraph_in_the_first_person_behind_no_quotation_is_the_articles_own(read: Read) -> None:
    text = "Le président kényan est arrivé lundi.\nNous publions ici les photographies que nos lecteurs nous ont envoyées.\nLa séance a été levée."
    assert read(text, PUBLISHED).quotes == ()


def test_answers_behind_a_name_are_that_persons_words(read: Read) -> None:
    record = read("Le Monde : Que ferez-vous demain ?\nMaria Alvarez : Je retournerai au Chili avec mes enfants.", PUBLISHED)
    assert [(q.form, words(record, q), names(record, (q.speaker or "",))) for q in record.quotes] == [
        ("block", ["Que ferez-vous demain ?"], ["Le Monde"]),
        ("block", ["Je retournerai au Chili avec mes enfants."], ["Maria Alvarez"]),
    ]


def test_one_name_before_a_colon_makes_no_interview(read: Read) -> None:
    assert read("Maria Alvarez : portrait d'une ministre discrète et tenace.", PUBLISHED).quotes == ()


# -- broken texts ---------------------------------------------------------------------------------

READER = Reader("fr")
PARTS = st.sampled_from(
    [
        "« Nous ne céderons pas », a averti Ankara, « et nos voisins le savent ». ",
        "Selon lui, « la trêve",
        " tient », a-t-il dit à Reuters. ",
        "Moscou a promis, selon des propos rapportés par l'ATS, que ",
        "la présidence angolaise, pour laquelle ",
        "À l'en croire, ",
        "Et Paris de conclure : ",
        "dont fait état",
        "« ",
        " »",
        ", a fait savoir ",
        "\n",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=8).map("".join), st.integers(0, 400))
def test_texts_cut_and_joined_anywhere_are_read_with_spans_inside_them(text: str, cut: int) -> None:
    text = text[:cut].strip() or "Paris"
    for quote in READER.read(text, PUBLISHED).quotes:
        assert quote.content
        assert all(0 <= span.start < span.end <= len(text) for span in quote.content)
