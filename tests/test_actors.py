"""Whom the words of an article lead to. Every case has a twin that must read otherwise."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from depeche import ArticleRecord

Read = Callable[..., ArticleRecord]


def leads_to(record: ArticleRecord, words: str, nth: int = 1) -> str | None:
    """Where the n-th occurrence of some words leads: a state's code, "@" and a place's name, another actor's name; None for nobody."""
    start = -1
    for _ in range(nth):
        start = record.article.text.index(words, start + 1)
    end = start + len(words)
    for actor in record.actors:
        if any(m.start < end and start < m.end for m in actor.mentions):
            return actor.country if actor.kind == "state" else actor.name
    for place in record.places:
        if any(m.start < end and start < m.end for m in place.mentions):
            return "@" + place.name
    return None


def expect(read: Read, text: str, published: str | None, *wanted: tuple[str, str | None]) -> None:
    record = read(text, published)
    found = [(words, leads_to(record, *(words.split("#")[0], int((words + "#1").split("#")[1])))) for words, _ in wanted]
    assert found == list(wanted)


# A sentence, its date, a word in it and where that leads. Pairs stand together: the second is the twin.
STANDING = [
    ("Moscou a démenti mardi toute livraison.", "Moscou", "RUS"),
    ("Le sommet s'ouvrira mardi à Moscou.", "Moscou", "@Moscou"),
    ("La junte reproche à Abidjan d'héberger des opposants.", "Abidjan", "CIV"),
    ("Les médiateurs sont attendus jeudi à Abidjan.", "Abidjan", "@Abidjan"),
    ("La Turquie, alliée de Bakou, a envoyé des drones.", "Bakou", "AZE"),
    ("L'aéroport de Bakou a été fermé.", "Bakou", "@Bakou"),
    ("Les provocations de Pyongyang doivent cesser.", "Pyongyang", "PRK"),
    ("La grande place de Pyongyang était noire de monde.", "Pyongyang", "@Pyongyang"),
    ("Londres a fourni des chars à l'Ukraine.", "Ukraine", "UKR"),
    ("Les élections ont été reportées en Ukraine.", "Ukraine", "@Ukraine"),
    ("Un accord lie la Chine à la Côte d'Ivoire.", "Côte d'Ivoire", "CIV"),
    ("Le ministre s'est exilé au Sénégal.", "Sénégal", "@Sénégal"),
    ("Un accord a été conclu entre l'Iran et la Russie.", "Iran", "IRN"),
    ("Un camion a été arrêté à la frontière entre le Danemark et l'Allemagne.", "Danemark", "@Danemark"),
    ("Washington s'est opposé à Paris.", "Paris", "FRA"),
    ("Les deux délégations se sont vues jeudi à Paris.", "Paris", "@Paris"),
    ("Le Canada a rappelé son ambassadeur et Ottawa attend des excuses.", "Ottawa", "CAN"),
    ("Le Canada a rappelé son ambassadeur à Ottawa.", "Ottawa", "@Ottawa"),
    ("À Londres, le ministre a exprimé sa solidarité.", "Londres", "@Londres"),
    ("Londres, de son côté, a exprimé sa solidarité.", "Londres", "GBR"),
    ("Le chef de la diplomatie hongroise l'a redit à Luxembourg.", "Luxembourg", "@Luxembourg"),
    ("La Hongrie s'oppose au Luxembourg.", "Luxembourg", "LUX"),
    ("Erevan, 17 sept. 2021 (AFP) - Les combats ont repris.", "Erevan", "@Erevan"),
    ("Erevan a annoncé que les combats avaient repris.", "Erevan", "ARM"),
    ("RDC-Rwanda : un sommet pour rien", "Rwanda", "RWA"),
    ("Bruxelles-Capitale : un sommet pour rien", "Bruxelles", "@Bruxelles-Capitale"),
    ("Le ministre a été reçu mercredi au Caire.", "Caire", "@Caire"),
    ("Moscou doit retirer ses forces d'Ukraine.", "Ukraine", "@Ukraine"),
    ("L'artillerie a visé les forces d'Ukraine.", "Ukraine", "UKR"),
    ("Syrie : une trêve est entrée en vigueur", "Syrie", "@Syrie"),
    ("La Syrie a accepté une trêve.", "Syrie", "SYR"),
    ("L'émissaire est parti pour la Guinée équatoriale.", "Guinée équatoriale", "@Guinée équatoriale"),
    ("La Chine a plaidé pour la Guinée équatoriale.", "Guinée équatoriale", "GNQ"),
    ("Des trains relieront Téhéran et Machhad.", "Machhad", "@Machhad"),
    ("Téhéran et Riyad renouent leurs relations.", "Téhéran", "IRN"),
    ("Madrid a refusé toute négociation avec la Catalogne.", "Catalogne", "Catalogne"),
    ("Des incendies ont éclaté en Catalogne.", "Catalogne", "@Catalogne"),
    ("Le président a reçu les ministres au Kremlin.", "Kremlin", "@Kremlin"),
    ("Le Kremlin a reçu la lettre.", "Kremlin", "RUS"),
    ("Bruxelles a ouvert une procédure contre Varsovie.", "Bruxelles", "Union européenne"),
    ("La Belgique a convoqué l'ambassadeur. Bruxelles exige des excuses.", "Bruxelles", "BEL"),
]


@pytest.mark.parametrize(("text", "words", "wanted"), STANDING)
def test_a_state_acts_and_a_place_is_where(read: Read, text: str, words: str, wanted: str) -> None:
    expect(read, text, "2021-09-17", (words, wanted))


NAMES = [
    # family names alone, by the date
    ("M. Sarkozy a reçu la chancelière.", "2010-03-01", "Sarkozy", "Nicolas Sarkozy"),
    ("Barack Obama a salué l'accord. Obama se rendra à Prague.", "2015-07-14", "Obama#2", "Barack Obama"),
    ("Ioulia Sarkova a salué l'accord. Sarkova se rendra à Prague.", "2015-07-14", "Sarkova#2", "Ioulia Sarkova"),
    ("Monsieur Lavrov a rencontré son homologue.", "2016-03-01", "Lavrov", "Sergueï Lavrov"),
    # a title tells of two namesakes who is meant
    ("Le président sud-coréen Park a parlé.", "2014-03-01", "Park", "Park Geun-hye"),
    # misspelt
    ("Vladimir Poutine est arrivé. Vladirmir Poutine repart jeudi.", "2024-06-19", "Vladirmir Poutine", "Vladimir Poutine"),
    ("Vladimir Poutine est arrivé. Vladimir Potanine repart jeudi.", "2024-06-19", "Vladimir Potanine", "Vladimir Potanine"),
    # acronyms in brackets
    ("L'Office des migrations du Nord (OMN) a alerté Genève. L'OMN réclame des fonds.", "2020-01-01", "OMN#2", "Office des migrations du Nord"),
    ("L'Office des migrations du Nord a alerté Genève. L'OTAN se tait.", "2020-01-01", "OTAN", "OTAN"),
    ("Un avion de la compagnie aérienne Flydubai s'est posé à Rostov.", "2016-03-19", "Flydubai", "Flydubai"),
    ("Le Parti libéral-démocrate de Shinzō Abe a gagné.", "2017-10-22", "Abe", "Shinzo Abe"),
    # the kind of a thing is no part of its name
    ("Moscou a démenti, selon l'agence Anatolie.", "2016-07-15", "Anatolie", "Anatolie"),
    ("Les combats ont repris en Anatolie.", "2016-07-15", "Anatolie", "@Asie Mineure"),
    ("Le quotidien Haaretz a publié la lettre.", "2024-01-15", "Haaretz", "Haaretz"),
    # bodies whose name a capital opens
    ("Le rapport de l'Institut d'études de sécurité accuse la junte.", "2024-01-15", "Institut d'études", "Institut d'études de sécurité"),
    ("Les études de sécurité de la junte ont été publiées.", "2024-01-15", "études de sécurité", None),
    ("La Commission européenne a saisi la Cour. La Commission exige une réponse.", "2018-01-15", "Commission#2", "Commission européenne"),
    # supposed persons that are places
    ("Des obus sont tombés sur le camp de Kanyaruchinya.", "2022-11-15", "Kanyaruchinya", "@Kanyaruchinya"),
    ("En présence de Cécile Helle, maire, et de lycéens de Nice, le prix a été remis.", "2022-11-15", "Cécile Helle", "Cécile Helle"),
    ("Le général Kanyaruchinya a parlé aux journalistes.", "2022-11-15", "Kanyaruchinya", "Kanyaruchinya"),
    # things act for nobody
    ("Des avions A340 seront livrés à l'Iran.", "2016-01-24", "A340", None),
    ("L'armée a mené l'opération « Rempart bleu » dans le sud.", "2024-01-15", "Rempart bleu", None),
    ("Le M23 a pris la ville.", "2022-11-15", "M23", "M23"),
    # the language of maps: one of several that bear a name
    ("Séoul proteste : la Corée n'a pas été consultée.", "2018-05-15", "Corée", "KOR"),
    ("Pyongyang proteste : la Corée n'a pas été consultée.", "2018-05-15", "Corée", "PRK"),
    ("Bagdad se tait. Les américains sont habitués à mener des frappes.", "2017-01-22", "américains", "USA"),
    ("Bagdad se tait. Les drones américains ont frappé.", "2017-01-22", "américains", None),
    ("France Gall est morte à Paris.", "2018-01-07", "France Gall", "France Gall"),
    ("La France a salué l'accord.", "2018-01-07", "France", "FRA"),
    ("Il a reçu 125 000 $US de la Norvège.", "2017-04-12", "US", None),
    ("Les US ont quitté la table.", "2017-04-12", "US", "USA"),
]


@pytest.mark.parametrize(("text", "published", "words", "wanted"), NAMES)
def test_a_name_leads_to_its_bearer(read: Read, text: str, published: str, words: str, wanted: str | None) -> None:
    expect(read, text, published, (words, wanted))


DESCRIPTIONS = [
    ("Le président français a reçu la délégation.", "2010-05-01", "président français", "Nicolas Sarkozy"),
    ("Le président français a reçu la délégation.", "2024-05-01", "président français", "Emmanuel Macron"),
    ("Le président français a reçu la délégation.", None, "président français", "président français"),
    ("L'ancien président français a reçu la délégation.", "2013-05-01", "président français", "président français"),
    ("Nicolas Sarkozy est arrivé à Berlin. L'ancien président français y a vu la presse.", "2013-05-01", "président français", "Nicolas Sarkozy"),
    ("Le futur président américain a nommé ses ministres.", "2016-12-01", "président américain", "Donald Trump"),
    ("Le président américain a nommé ses ministres.", "2016-12-01", "président américain", "Barack Obama"),
    ("Le chef du gouvernement libanais a démissionné.", "2018-05-01", "chef du gouvernement libanais", "Saad Hariri"),
    ("Le dirigeant nord-coréen a assisté au tir.", "2018-05-01", "dirigeant nord-coréen", "Kim Jong-un"),
    ("Le premier dirigeant de la Corée du Nord est mort en 1994.", "2018-05-01", "dirigeant de la Corée du Nord", "dirigeant de la Corée du Nord"),
    ("La cheffe de la diplomatie européenne s'est rendue à Téhéran.", "2017-05-01", "cheffe de la diplomatie européenne", "Federica Mogherini"),
    ("Le chef de la diplomatie russe s'est rendu à Téhéran.", "2017-05-01", "chef de la diplomatie russe", "Sergueï Lavrov"),
    ("Sergueï Lavrov a rencontré son homologue iranien.", "2017-05-01", "homologue iranien", "Mohammad Javad Zarif"),
    ("Vladimir Poutine a rencontré son homologue iranien.", "2017-05-01", "homologue iranien", "Hassan Rohani"),
    ("Le président iranien est arrivé à Genève.", "2017-05-01", "président iranien", "Hassan Rohani"),
    ("Le guide suprême iranien a rejeté l'offre.", "2017-05-01", "guide suprême iranien", "Ali Khamenei"),
    ("Le second vice-président du Burundi représente son pays.", "2016-10-18", "vice-président du Burundi", "vice-président du Burundi"),
    ("Le président du Burundi représente son pays.", "2016-10-18", "président du Burundi", "Pierre Nkurunziza"),
    (
        "Carles Puigdemont, ancien président de la Catalogne, a été arrêté. L'ex-président revenait de Suisse.",
        "2018-03-25",
        "ex-président",
        "Carles Puigdemont",
    ),
    ("Le ministre iranien de la Défense, Andreï Untel, a parlé. Le ministre a démenti.", "2018-03-25", "ministre#2", "Andreï Untel"),
]


@pytest.mark.parametrize(("text", "published", "words", "wanted"), DESCRIPTIONS)
def test_an_office_means_who_holds_it_that_day(read: Read, text: str, published: str | None, words: str, wanted: str | None) -> None:
    expect(read, text, published, (words, wanted))


INSTITUTIONS = [
    ("Pékin proteste, selon la même agence de presse. La Corée du Nord se tait.", "agence de presse", None),
    ("Selon le ministère libanais de la Santé, trois hommes sont morts.", "ministère libanais de la Santé", "LBN"),
    ("Selon le bilan libanais, trois hommes sont morts.", "bilan libanais", None),
    ("L'armée turque a bombardé des positions. L'armée dément toute erreur.", "armée#2", "TUR"),
    ("La justice espagnole a lancé un mandat.", "justice espagnole", "ESP"),
    ("Le consulat français recommande la prudence.", "consulat français", "FRA"),
    ("Les forces de défense et de sécurité burkinabés ont riposté.", "sécurité burkinabés", "BFA"),
    ("Le Nigeria a accusé le Cameroun de recourir à la force.", "force", None),
    ("La force Takuba a quitté le Mali.", "force Takuba", "Takuba"),
    ("À Paris, l'état-major des armées dément.", "état-major des armées", "FRA"),
    ("L'assemblée nationale gabonaise a voté.", "assemblée nationale", "GAB"),
    ("Libreville attend. L'assemblée nationale du Gabon a voté et l'assemblée nationale siège.", "assemblée nationale#2", "GAB"),
    ("Libreville attend. L'assemblée des actionnaires a voté au Gabon.", "assemblée", None),
    ("La police de Chicago a ouvert une enquête.", "police", "USA"),
    ("Le gouvernement de Justin Trudeau a promis une réponse.", "gouvernement", "CAN"),
    ("Les caisses de l'Etat gambien sont vides, le ministre gambien l'a dit.", "Etat", "GMB"),
    ("Libreville brûle. La police du Gabon a tiré devant l'Assemblée nationale.", "Assemblée nationale", "GAB"),
    ("Paris attend. Le texte passera devant l'Assemblée nationale.", "Assemblée nationale", "FRA"),
]


@pytest.mark.parametrize(("text", "words", "wanted"), INSTITUTIONS)
def test_an_institution_acts_for_its_state(read: Read, text: str, words: str, wanted: str | None) -> None:
    expect(read, text, "2018-03-03", (words, wanted))


TAKEN_UP = [
    ("Le Burundi a quitté la Cour. Le pays rejette l'enquête.", "pays", "BDI"),
    ("La Turquie a accusé la Syrie. Les deux pays ont rompu.", "pays", "SYR|TUR"),
    ("L'ONU enquête à Bujumbura. L'organisation réclame un accès.", "organisation", "Organisation des Nations unies|ONU"),
    ("L'ONU enquête à Bujumbura. L'organisation du sommet a coûté cher.", "organisation", None),
    ("L'AIEA a rendu son rapport. L'agence onusienne réclame un accès.", "agence onusienne", "Agence internationale de l'énergie atomique|AIEA"),
    ("L'Otan a démenti. L'Alliance a renforcé son flanc.", "Alliance", "Otan"),
    ("L'Otan a démenti. L'alliance de gauche a gagné.", "alliance", None),
    ("Ibrahim Boubacar Keïta renversé, les militaires ont reçu la presse.", "militaires", None),
    ("Le Hezbollah a démenti. Le parti chiite respectera la trêve.", "parti chiite", "Hezbollah"),
    ("Le Hezbollah a démenti. Le parti de Nabih Berry respectera la trêve.", "parti", None),
    ("Donald Trump a reçu Emmanuel Macron. Ce dernier a plaidé pour l'accord.", "dernier", "Emmanuel Macron"),
    ("Donald Trump a reçu Emmanuel Macron le mois dernier.", "dernier", None),
    ("Angela Merkel a reçu Vladimir Poutine. Elle a plaidé pour l'accord.", "Elle", "Angela Merkel"),
    ("Angela Merkel a reçu Vladimir Poutine. Il a plaidé pour l'accord.", "Il", "Vladimir Poutine"),
    ("Vladimir Poutine a reçu Angela Merkel. Il faut un accord.", "Il", None),
    ("La Russie a livré des armes. Selon elle, le traité le permet.", "elle", "RUS"),
    ("Yoon Suk-yeol a reçu Lloyd Austin. M. Yoon lui a demandé des moyens.", "lui", "Lloyd Austin"),
    ("Jean-Yves Le Drian est à Bagdad. Le ministre français a parlé.", "ministre français", "Jean-Yves Le Drian"),
    ("Leur commandant, Mazloum Untel, a rejoint le régime de Bachar al-Assad. Il a démenti.", "Il", "Mazloum Untel"),
    ("La ministre Anna Untel a parlé. Elle a démenti.", "Elle", "Anna Untel"),
    ("Mogadiscio a été frappée. Les chebabs avaient perdu le contrôle de la capitale.", "capitale", "@Mogadiscio"),
]


@pytest.mark.parametrize(("text", "words", "wanted"), TAKEN_UP)
def test_who_was_named_before_is_taken_up(read: Read, text: str, words: str, wanted: str | None) -> None:
    found = leads_to(read(text, "2017-11-01"), words)
    assert found in (wanted.split("|") if wanted else (None,))


def test_two_men_are_the_two_last_named(read: Read) -> None:
    record = read("Vladimir Poutine a accueilli Kim Jong-un. Les deux hommes ont signé un traité.", "2024-06-19")
    start = record.article.text.index("hommes")
    assert {a.name for a in record.actors if any(m.start == start for m in a.mentions)} == {"Vladimir Poutine", "Kim Jong-un"}


def test_the_agencies_of_a_country_are_an_actor_of_its_press(read: Read) -> None:
    record = read("Le traité a été signé, selon les agences russes.", "2024-06-19")
    (agencies,) = [a for a in record.actors if a.kind == "agency"]
    assert (agencies.country, agencies.sector) == ("RUS", "JRN")


def test_a_company_is_no_person(read: Read) -> None:
    record = read("Un avion de la compagnie aérienne Flydubai s'est posé à Rostov.", "2016-03-19")
    assert [a.kind for a in record.actors if a.name == "Flydubai"] == ["organisation"]


def test_an_unknown_person_keeps_country_and_role(read: Read) -> None:
    record = read("Le ministre russe Andreï Untel a démenti.", "2024-06-19")
    (person,) = [a for a in record.actors if a.kind == "person"]
    assert (person.name, person.country, person.role, person.entity) == ("Andreï Untel", "RUS", "ministre russe", None)


def test_the_people_before_a_name_tells_its_country(read: Read) -> None:
    record = read("L'Italien Vincenzo Untel a été arrêté à Tunis.", "2018-06-19")
    assert [a.country for a in record.actors if a.name == "Vincenzo Untel"] == ["ITA"]


def test_an_official_of_a_body_speaks_for_no_country(read: Read) -> None:
    record = read("Ban Ki-moon a condamné l'attaque.", "2016-07-01")
    assert [(a.name, a.country, a.sector) for a in record.actors] == [("Ban Ki-moon", None, "UNO")]


def test_who_held_an_office_once_is_of_the_former_elites(read: Read) -> None:
    text = "Nicolas Sarkozy a plaidé pour l'accord."
    sectors = {day: read(text, day).actors[0].sector for day in ("2010-06-01", "2019-06-01")}
    assert sectors == {"2010-06-01": "GOV", "2019-06-01": "ELI"}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Une frappe de drone a touché la localité mauritanienne de Fassala. L'armée a bombardé Fassala.", "Fassala", "MRT"),
        ("L'armée malienne a bombardé la ville frontalière de Fassala.", "Fassala", None),
    ],
)
def test_what_stands_behind_a_noun_of_a_town_is_a_place(read: Read, text: str, name: str, country: str | None) -> None:
    record = read(text)
    assert [(p.name, p.country) for p in record.places if p.name == name] == [(name, country)]
    assert name not in {a.name for a in record.actors}


def test_a_name_behind_another_noun_is_no_town(read: Read) -> None:
    record = read("Le parti kenyan de Fassala a accusé le Kenya.")
    assert "Fassala" not in {p.name for p in record.places}
