"""Whose act it is where the grammar does not say so plainly: shared auxiliaries, participles, enumerations, possessives, words of a speaker.

Each pair of sentences is a rule and its twin: what it must catch, and what looks like it and must be left alone.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from depeche import ArticleRecord

Read = Callable[..., ArticleRecord]


def side(record: ArticleRecord, ids: tuple[str, ...]) -> str:
    actors = [record.actor(i) for i in ids]
    return ", ".join(sorted({a.country if a.country and a.kind not in ("group", "agency") else a.name for a in actors if a is not None})) or "-"


def told(record: ArticleRecord, type_: str, word: str) -> str | None:
    """The sides of the act of a type that a word names, as "source > target"; None where it names no such act."""
    found = [e for e in record.events if e.type == type_ and word in record.words(e.trigger)]
    assert len(found) < 2, [e.rule for e in found]
    if found and type_ == "CONSULT" and found[0].source and found[0].target:
        return side(record, (*found[0].source, *found[0].target))  # a meeting has no direction
    return f"{side(record, found[0].source)} > {side(record, found[0].target)}" if found else None


@pytest.mark.parametrize(
    ("text", "type_", "word", "sides"),
    [
        # a participle that shares the auxiliary before it, and one that is said of the noun before it
        (
            "L'Australie a expulsé deux diplomates iraniens, imposé des sanctions à Téhéran et rappelé son ambassadeur en Iran.",
            "SANCTION",
            "rappelé",
            "AUS > IRN",
        ),
        ("L'Australie a expulsé deux diplomates iraniens, accusés d'espionnage par Canberra.", "ACCUSE", "accusés", "AUS > IRN"),
        # a participle that opens the sentence tells of the subject, passively; a verb of coming actively
        ("Joint au téléphone par le président polonais, le ministre espagnol des Affaires étrangères a promis une réponse.", "CONSULT", "Joint", "ESP, POL"),
        ("Signé à Minsk par Kiev et Moscou, l'accord prévoit un échange.", "SUPPORT", "Signé", "RUS, UKR > -"),
        ("Attendu lundi à Rome, le ministre turc verra le pape.", "CONSULT", "Attendu", "ITA, TUR"),
        # coordinated with a verb, though the parser hung it on a noun between
        (
            "Le ministre grec, Nikos Dendias, a salué le « courage » de Kiev et promis une aide de dix millions d'euros à l'Ukraine.",
            "AGREE",
            "promis",
            "GRC > UKR",
        ),
        # a day between the verb and whom it addresses; a duration before its object
        ("L'Union européenne a appelé mercredi Minsk à libérer « sans délai » les personnes détenues.", "REQUEST", "appelé", "Union européenne > BLR"),
        ("Varsovie avait alors fermé pendant dix jours le poste-frontière routier de Terespol.", "SANCTION", "fermé", "POL > -"),
        # the subject right before its verb, whatever the parser calls it; a day is none
        ("Attendu lundi à Beyrouth, l'envoyé de la Maison-Blanche doit y rencontrer Najib Mikati.", "CONSULT", "rencontrer", "LBN, USA"),
        ("La veille, Paris avait rencontré Berlin.", "CONSULT", "rencontré", "DEU, FRA"),
        # behind a rubric the participle is said of the noun behind the colon; without one, of the noun before it
        ("Yémen : des membres d'Al-Qaïda tués par des tirs", "ASSAULT", "tués", "- > Al-Qaïda"),
        ("Des soldats français tués par une mine au Mali", "ASSAULT", "tués", "- > FRA"),
        # the subject of what somebody is the first to do; of what is said to somebody it is not the speaker
        ("Le gouvernement suédois a été le premier à rompre ses relations diplomatiques avec Damas.", "SANCTION", "rompre", "SWE > SYR"),
        # a relative clause between commas; and its own verb
        ("Le Mexique, dont l'ambassadeur a été rappelé, a condamné Quito.", "ACCUSE", "condamné", "MEX > ECU"),
        ("Le président ukrainien, dont le pays réclame des missiles aux Européens, a salué Paris.", "SUPPORT", "salué", "UKR > FRA"),
        # "dont le pays" is the country of whoever was named before; "le pays" that of the article
        ("Paris a reçu Volodymyr Zelensky, dont le pays a rejeté la trêve de Moscou.", "REJECT", "rejeté", "UKR > RUS"),
        # his country, their countries
        ("Vladimir Poutine a déclaré que son pays livrera des canons à la Serbie.", "AID", "livrera", "RUS > SRB"),
        # several adjectives
        ("Washington a dénoncé les alliés russes et iraniens de Damas.", "ACCUSE", "dénoncé", "USA > IRN, RUS"),
        # an enumeration that a title breaks; a view at its head is no part of it
        (
            "Moussa Faki, le premier ministre togolais Faure Gnassingbé ainsi que le président polonais Andrzej Duda ont condamné la Russie.",
            "ACCUSE",
            "condamné",
            "POL, TCD, TGO > RUS",
        ),
        # the place where one speaks is not whom one addresses
        ("À Paris, Emmanuel Macron a exprimé au Liban la solidarité de la France.", "SUPPORT", "exprimé", "FRA > LBN"),
        # what an act aims at
        ("Washington a mené des frappes visant les talibans.", "ASSAULT", "mené", "USA > talibans"),
        # a noun behind the verb that carries it out, behind one that only speaks of it
        ("La police allemande a procédé à l'arrestation de l'opposant turc.", "COERCE", "arrestation", "DEU > TUR"),
        ("La police allemande a commenté l'arrestation de l'opposant turc.", "COERCE", "arrestation", "- > TUR"),
        # whose measure it is stands behind the words that make it one
        ("Une mesure de rétorsion du gouvernement burundais envers la Belgique a été annoncée.", "SANCTION", "mesure", "BDI > BEL"),
        # who speaks acts
        ("« Nous condamnons les frappes maliennes », a déclaré le président mauritanien.", "ACCUSE", "condamnons", "MRT > MLI"),
        ("« C'est faux », rétorque Ankara.", "REJECT", "rétorque", "TUR > -"),
        # a relative clause about what was signed; one about when
        ("Ankara a commenté le traité que la Serbie et la Hongrie venaient de signer.", "SUPPORT", "signer", "HUN, SRB > -"),
        # a date between verb and object
        ("La marine chinoise conduira du 3 au 6 mai des exercices de tir.", "MOBILIZE", "conduira", "CHN > -"),
        # who says that another did it accuses him; who says so of his own side does not
        ("Séoul affirme que Pyongyang a livré des obus.", "ACCUSE", "affirme", "KOR > PRK"),
        ("Séoul affirme que ses soldats ont abattu un drone.", "ACCUSE", "affirme", None),
        # the institution of the place is not the speaker's own
        ("Les États-Unis accusent les autorités locales de mentir.", "ACCUSE", "accusent", "USA > -"),
        # one does not meet oneself
        ("Les deux voisins ont repris leurs pourparlers.", "CONSULT", "repris", None),
    ],
)
def test_whose_act_it_is(read: Read, text: str, type_: str, word: str, sides: str | None) -> None:
    assert told(read(text, "2023-05-02"), type_, word) == sides


def test_two_neighbours_are_the_two_of_the_article_not_the_two_who_mediate(read: Read) -> None:
    text = (
        "Israël accuse le Liban d'avoir violé la frontière. Le Liban accuse Israël. Beyrouth a protesté auprès d'Israël. "
        "Washington et Paris ont appelé au calme. Les deux voisins ont signé un accord."
    )
    assert told(read(text, "2023-05-02"), "SUPPORT", "signé") == "ISR, LBN > -"
    partners = "Washington et Paris ont appelé au calme. Les deux capitales ont signé un accord."
    assert told(read(partners, "2023-05-02"), "SUPPORT", "signé") == "FRA, USA > -"
