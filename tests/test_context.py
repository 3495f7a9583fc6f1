"""What a clause leaves to its neighbours: each side filled from the context says by what, and stays open where the context does not tell."""

from __future__ import annotations

import pytest

from depeche.extraction.acts import Act
from depeche.extraction.stages import Stages
from depeche.knowledge.base import shipped
from depeche.language import language_pack


def act(text: str, type_: str, word: str) -> Act:
    """The act of a type that a word names."""
    pack = language_pack("fr")
    doc = pack.parse(text)
    found = [a for a in Stages(doc, pack, shipped(), "2023-05-02").positions if a.row.type == type_ and word in text[a.trigger.start : a.trigger.end]]
    assert len(found) == 1, [(a.row.rule, text[a.trigger.start : a.trigger.end]) for a in found]
    return found[0]


def sides(act: Act) -> tuple[list[str], list[str]]:
    return [f.party.name for f in act.source], [f.party.name for f in act.target]


def ways(act: Act) -> set[str]:
    return {f.via for f in (*act.source, *act.target)}


BILATERAL = "Londres a expulsé trois diplomates russes. Moscou a accusé Londres de mensonge. Londres a menacé Moscou. "
MEANWHILE = "Les députés ont débattu longuement de la loi de finances, sans parvenir à la voter avant la nuit. " * 4


@pytest.mark.parametrize(
    ("text", "type_", "word", "source", "target", "via"),
    [
        # a denial answers whoever accused, not whomever the denier is said to help
        ("Kinshasa accuse Kigali d'armer le M23. Le Rwanda dément.", "REJECT", "dément", ["Rwanda"], ["République démocratique du Congo"], "answers"),
        # the one opponent of the article
        (BILATERAL + MEANWHILE + "Le Royaume-Uni a imposé des sanctions.", "SANCTION", "sanctions", ["Royaume-Uni"], ["Russie"], "opponent"),
        # whoever claims an attack did it
        ("Un attentat a eu lieu mardi à Bagdad. Il a été revendiqué par l'État islamique.", "ASSAULT", "attentat", ["État islamique"], ["Irak"], "claimed"),
        # and whoever condemns it condemns them
        (
            "Paris a condamné les attentats de Bagdad. Ils sont revendiqués par l'État islamique.",
            "ACCUSE",
            "condamné",
            ["France"],
            ["État islamique"],
            "condemned",
        ),
        # an attack without sides falls where its paragraph stands
        ("Le calme est revenu à Bamako. Une attaque avait eu lieu dans la nuit.", "ASSAULT", "attaque", [], ["Mali"], "place"),
        # who condemns nobody by name condemns the one who does what the article tells; what is said in one breath falls on the same
        (
            "Pyongyang a menacé Tokyo. Pyongyang a tiré un missile. La Corée du Nord a accusé Séoul. Le Vatican condamne une provocation.",
            "ACCUSE",
            "condamne",
            ["Vatican"],
            ["Corée du Nord"],
            "doer",
        ),
        ("Séoul dénonce un montage et exige que Pyongyang se taise.", "ACCUSE", "dénonce", ["Corée du Sud"], ["Corée du Nord"], "breath"),
        # a charge without a doer is theirs who did something to the same before
        (
            "La Serbie et la Hongrie ont rompu leurs relations avec le Qatar, accusé d'armer des milices.",
            "ACCUSE",
            "accusé",
            ["Serbie", "Hongrie"],
            ["Qatar"],
            "charged",
        ),
        # those who claim the attack are shot back at; so are the attackers by whatever name
        (
            "Une attaque a visé Mogadiscio, revendiquée par les Chabab. Les soldats somaliens ont riposté.",
            "ASSAULT",
            "riposté",
            ["Somalie"],
            ["Chabab"],
            "claimed",
        ),
        (
            "Un attentat a eu lieu à Mogadiscio, revendiqué par les Chabab. La police somalienne a tué deux assaillants.",
            "ASSAULT",
            "tué",
            ["Somalie"],
            ["Chabab"],
            "claimed",
        ),
        # one party's shows of force
        ("L'Iran a tiré un missile mardi. Un nouvel essai de missile a été filmé.", "MOBILIZE", "essai", ["Iran"], [], "again"),
        # a headline leaves it to the text who signed
        ("Un accord a été signé\nRabat et Madrid ont conclu un accord mardi.", "SUPPORT", "a été signé", ["Maroc", "Espagne"], [], "agreement"),
        # in a headline the rubric acts
        ("Burundi : convocation de l'ambassadeur belge", "ACCUSE", "convocation", ["Burundi"], ["Belgique"], "rubric"),
    ],
)
def test_the_context_fills_a_side(text: str, type_: str, word: str, source: list[str], target: list[str], via: str) -> None:
    found = act(text, type_, word)
    assert sides(found) == (source, target)
    assert via in ways(found)


@pytest.mark.parametrize(
    ("text", "type_", "word", "source", "target"),
    [
        # those who are condemned for an attack are its doers, known or not
        (
            "Pyongyang a menacé Tokyo. Pyongyang a tiré un missile. La Corée du Nord a accusé Séoul. Le Vatican condamne l'attentat.",
            "ACCUSE",
            "condamne",
            ["Vatican"],
            [],
        ),
        # who holds a meeting is not accused by it
        ("Le président polonais a rencontré le président espagnol. Madrid a dénoncé une fraude.", "ACCUSE", "dénoncé", ["Espagne"], []),
        # who arrests somebody need not be the one who accuses him
        ("La police allemande a arrêté l'opposant turc. L'opposant turc est accusé de fraude.", "ACCUSE", "accusé", [], ["opposant turc"]),
        # the clause tells of somebody, though of nobody on record
        (
            "Londres a menacé Moscou. Londres a accusé Moscou. Moscou a accusé Londres. Londres a critiqué des journalistes.",
            "ACCUSE",
            "critiqué",
            ["Royaume-Uni"],
            [],
        ),
        # what is done to the attackers is not done to their country, nor by those who claim
        ("Un attentat a eu lieu à Mogadiscio. La police somalienne a tué deux assaillants.", "ASSAULT", "tué", ["Somalie"], []),
        # what others did is not done by those who claim the attack
        ("L'attentat de Bagdad a été revendiqué par Daech. L'homme a été abattu par des militaires.", "ASSAULT", "abattu", [], ["Irak"]),
        # two who agree with each other agree with nobody else
        (
            "Erevan a accusé Bakou. Bakou a accusé Erevan. Moscou a accusé Bakou. Les deux voisins s'engagent à cesser le feu.",
            "AGREE",
            "engagent",
            ["Azerbaïdjan", "Arménie"],
            [],
        ),
        # where two make shows of force, nothing tells whose a further one is
        ("L'Iran a tiré un missile. L'Inde a tiré une fusée. Un essai de missile a été filmé à Paris.", "MOBILIZE", "essai", [], []),
        # a rubric accuses nobody
        ("France : Manuel Valls accusé de mensonge", "ACCUSE", "accusé", [], ["Manuel Valls"]),
        # nobody accused
        ("Un sommet a réuni Kigali et Kinshasa. Le Rwanda dément.", "REJECT", "dément", ["Rwanda"], []),
        # faced only once, and long before
        ("Londres a expulsé trois diplomates russes. " + MEANWHILE + "Le Royaume-Uni a imposé des sanctions.", "SANCTION", "sanctions", ["Royaume-Uni"], []),
        # the claim is of another paragraph's matter only where an attack is told
        ("Paris a condamné les attentats de Bagdad.", "ACCUSE", "condamné", ["France"], []),
        # the clause's own doer stands before any claim
        ("L'armée turque a bombardé Alep. L'État islamique a revendiqué un attentat.", "ASSAULT", "bombardé", ["Turquie"], ["Syrie"]),
    ],
)
def test_the_context_leaves_it_open(text: str, type_: str, word: str, source: list[str], target: list[str]) -> None:
    assert sides(act(text, type_, word)) == (source, target)


def test_in_an_article_of_inner_affairs_force_stays_at_home() -> None:
    text = "Le Burundi vote. Le président du Burundi a parlé à Gitega. Le gouvernement burundais se tait. Le Burundi attend. "
    text += "La police burundaise a utilisé la force."
    assert sides(act(text, "COERCE", "utilisé")) == (["Burundi"], ["Burundi"])


def test_and_not_where_another_country_is_about() -> None:
    text = "Le Rwanda vote. Le président du Burundi a parlé au Rwanda. La police burundaise a utilisé la force."
    assert sides(act(text, "COERCE", "utilisé"))[1] != ["Burundi"]


def test_an_unknown_gunman_is_not_the_state() -> None:
    text = "Le Burundi vote. Le président du Burundi a parlé à Gitega. Le gouvernement burundais se tait. Le Burundi attend. "
    assert sides(act(text + "Un homme armé a ouvert le feu dans un cinéma.", "ASSAULT", "feu"))[0] == []
