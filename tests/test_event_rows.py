"""Every row of the French event table reads its own example; what is no political act reads as none."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

import pytest

from depeche.extraction.actors import Party
from depeche.extraction.acts import Act
from depeche.extraction.stages import Stages
from depeche.knowledge.base import shipped
from depeche.language import language_pack
from depeche.language.eventrows import EVENT_COLUMNS, event_row_of
from depeche.ontology.tables import Row, read_rows

ROWS = list(read_rows(files("depeche.language.fr") / "events.tsv", EVENT_COLUMNS))
# Nobody acts on anybody in these: the sides are compared together.
WITHOUT_DIRECTION = frozenset({"CONSULT", "COOPERATE"})
NAMED_BY_NAME = frozenset({"group", "organisation", "agency"})

Examples = dict[str, list[Act]]


@pytest.fixture(scope="module")
def acts() -> Examples:
    """What is read from every sentence of this module, by sentence."""
    pack, knowledge = language_pack("fr"), shipped()
    lines = [*dict.fromkeys(row["example"] for row in ROWS), *NO_EVENT]
    return {line: Stages(doc, pack, knowledge, None).events for line, doc in zip(lines, pack.parse_all(lines, 64), strict=True)}


def one_name(name: str) -> str:
    """The same name for every form of it: a country's code as it stands, an organisation by its full name."""
    knowledge = shipped()
    if name in knowledge.states:
        return name
    known = knowledge.named(name)
    return knowledge.entity(known[0].row).name if known else name


def expected(side: str) -> set[str]:
    return {one_name(name.strip()) for name in side.split(",") if name.strip() not in ("", "-")}


def standing(parties: Iterable[Party]) -> set[str]:
    """A state and its persons by the country's code, everybody else by name."""
    return {one_name(p.name if p.kind in NAMED_BY_NAME or not p.country else p.country) for p in parties}


def sides(act: Act) -> tuple[set[str], set[str]]:
    return standing(f.party for f in act.source), standing(f.party for f in act.target)


def reads_as(act: Act, source: set[str], target: set[str]) -> bool:
    found_source, found_target = sides(act)
    if (found_source, found_target) == (source, target):
        return True
    return act.row.type in WITHOUT_DIRECTION and found_source | found_target == source | target


def described(acts: list[Act]) -> str:
    return "; ".join(f"{a.row.type} {sides(a)} {a.status} by {a.row.rule}" for a in acts) or "nothing"


@pytest.mark.parametrize("row", ROWS, ids=[" ".join(filter(None, (r["lemma"], r["kind"], r["needs"]))) for r in ROWS])
def test_a_row_reads_its_example(acts: Examples, row: Row) -> None:
    type_ = event_row_of(row).type
    source, target = (expected(side) for side in row["reads"].split(">"))
    read = acts[row["example"]]
    fitting = [a for a in read if a.row.type == type_ and reads_as(a, source, target)]
    assert fitting, f"{row['example']} must read {type_} {row['reads']}, and reads {described(read)}"
    # "est attendu lundi à Paris" tells of a visit still to come.
    ahead = row["lemma"] in language_pack("fr").closed["foretells"]
    assert {a.status for a in fitting} & ({"reported", "planned"} if ahead else {"reported"})


def test_no_two_rows_say_the_same_word_under_the_same_conditions() -> None:
    keys = [(r["lemma"], r["kind"], r["needs"]) for r in ROWS]
    assert len(set(keys)) == len(keys)


NO_EVENT = [
    # sport
    "Le club a accueilli un nouvel entraîneur.",
    "Le PSG a battu Marseille trois buts à un.",
    "L'équipe de France affronte l'Espagne en finale du tournoi.",
    "Le Brésil a écrasé le Japon en quart de finale de la Coupe du monde.",
    "L'attaquant a tiré au but à la dernière minute.",
    "Le gardien a repoussé le tir du capitaine.",
    "Le Real Madrid a libéré son défenseur central.",
    "L'arbitre a expulsé le défenseur à la mi-temps.",
    "Le champion du monde a défendu son titre à Las Vegas.",
    "Le coureur a attaqué dans la dernière montée du col.",
    "La fédération a suspendu le joueur pour trois matchs.",
    "Le boxeur a frappé son adversaire au premier round.",
    # weather, nature
    "Le cyclone a frappé Haïti.",
    "Un séisme a détruit plusieurs villages en Turquie.",
    "Une tempête a balayé les côtes de la Bretagne.",
    "La canicule a tué des milliers de personnes en Espagne.",
    "Les inondations ont ravagé le sud du Brésil.",
    "La neige a paralysé le trafic dans le nord du Japon.",
    "Un incendie a ravagé des forêts en Grèce.",
    "La sécheresse menace les récoltes au Maroc.",
    "Le volcan menace les villages voisins en Islande.",
    "Une vague de froid a envahi la Pologne.",
    # accidents
    "Un train a heurté un camion près de Milan.",
    "Un avion de ligne s'est écrasé au décollage à Katmandou.",
    "Une explosion de gaz a fait trois morts à Lyon.",
    "Un autocar a percuté un mur dans le sud de l'Italie.",
    "Un randonneur a été tué par une avalanche en Suisse.",
    "Un bateau a coulé au large de la Corse.",
    "Un enfant a été blessé par un chien à Nantes.",
    # economy
    "La Bourse a chuté de deux pour cent à Tokyo.",
    "Le constructeur a lancé un nouveau modèle électrique.",
    "L'entreprise a lancé un produit sur le marché allemand.",
    "La monnaie turque a perdu un dixième de sa valeur.",
    "Le groupe a signé un contrat de location à Lyon.",
    "La banque a relevé son taux directeur.",
    "Le pétrole a reculé à New York.",
    "Le distributeur a fermé trois magasins en Belgique.",
    "Le chômage frappe les jeunes en Italie.",
    "Les prix de l'immobilier ont augmenté en Suède.",
    "La marque a attaqué le marché chinois.",
    "L'inflation menace la croissance en Allemagne.",
    "Le laboratoire a retiré un médicament de la vente.",
    # culture
    "Le musée a accueilli une exposition de photographies.",
    "Le chanteur a annulé son concert à Bruxelles.",
    "Le film a remporté un prix au festival de Venise.",
    "L'orchestre a ouvert la saison à Vienne.",
    "Le romancier a publié un livre sur la Russie.",
    "Le cinéaste a tourné un film au Maroc.",
    "Le théâtre a rendu hommage à la comédienne.",
    "La chanteuse a rencontré ses fans à Lille.",
    # private life, health
    "Le couple s'est rencontré à Rome pendant les vacances.",
    "Le patient a rejeté la greffe.",
    "La mariée a accepté la demande de son fiancé.",
    "Le médecin a opéré le malade d'urgence.",
    "La famille a quitté Paris pour la campagne.",
    "Les enfants ont envahi la plage dès le matin.",
    "Un virus a attaqué les voies respiratoires du bébé.",
    # with the names of countries that act elsewhere
    "L'Italie a battu l'Angleterre aux tirs au but.",
    "La France a marqué un but contre la Croatie.",
    "L'équipe d'Allemagne a reçu le Mexique à Berlin en match amical.",
    "L'Argentine a dominé la France en finale de la Coupe du monde.",
    "Le Brésil affronte l'Uruguay samedi à Montevideo.",
    "L'équipe de Belgique a éliminé le Japon en huitième de finale.",
    "Le Maroc a été éliminé par la France en demi-finale.",
    "Le Sénégal s'est qualifié pour la finale du tournoi.",
    "Le joueur brésilien a signé un contrat avec un club allemand.",
    "Le pilote britannique a remporté le Grand Prix d'Italie.",
    "Les Pays-Bas ont battu les États-Unis au premier tour.",
    "La Suisse a gagné trois médailles aux Jeux olympiques.",
    "Le Japon a accueilli les Jeux olympiques d'été.",
    "Un touriste français a été attaqué par un requin en Australie.",
    "Un violent séisme a frappé le Japon dans la nuit.",
    "Le typhon a tué trente Philippins.",
    "Une panne géante a privé l'Espagne d'électricité.",
    "La grippe aviaire a frappé la France.",
    "Le Portugal a été touché par des incendies.",
    "La Chine a connu un été très chaud.",
    "Le constructeur japonais a rappelé deux cent mille voitures.",
    "L'économie chinoise a ralenti au troisième trimestre.",
    "Les exportations allemandes ont reculé en novembre.",
    "La Grèce a enregistré une baisse du chômage.",
    "Le géant américain a racheté une entreprise suédoise.",
    "La compagnie irlandaise a fermé deux liaisons avec le Maroc.",
    "L'action du groupe coréen a bondi à la Bourse de Séoul.",
    "L'actrice française a reçu un prix à Hollywood.",
    "Le peintre espagnol a légué ses tableaux au Louvre.",
    "La star américaine a quitté Londres pour Los Angeles.",
    "Le groupe de rock irlandais a lancé sa tournée à Berlin.",
    "Deux Français sont morts dans un accident de car en Égypte.",
    "Un alpiniste polonais a disparu au Népal.",
    "Un chauffard a renversé trois touristes belges à Barcelone.",
    "Une avalanche a tué quatre skieurs italiens en Suisse.",
    "Un ferry a fait naufrage au large de l'Indonésie.",
    "Un avion russe s'est écrasé en Sibérie à cause du brouillard.",
    "L'épidémie de choléra a tué dix personnes au Yémen.",
    "Une vague de chaleur a envahi l'Inde et le Pakistan.",
    "L'ouragan menace la Floride et les Bahamas.",
    "Le roi d'Espagne a fêté son anniversaire en famille.",
    "Le prince britannique a épousé une actrice américaine.",
    "La chancellerie a repeint ses volets.",
    "Le marché automobile chinois attire les constructeurs européens.",
    "La série coréenne a conquis le public français.",
    "Le vin italien a séduit les Américains.",
    "Un cuisinier danois a ouvert un restaurant à Tokyo.",
    "Le candidat a échoué à son examen de conduite.",
    "Les vendanges ont commencé en Champagne.",
    "Le violoniste russe a joué à Carnegie Hall.",
    "Le joueur serbe a défendu son titre en Australie.",
    "Le Kenya a dominé le marathon de Boston.",
    "Le club bavarois a accueilli ses nouveaux joueurs à Munich.",
    "Le club anglais a sanctionné son attaquant.",
    "La police a retrouvé un chien perdu à Genève.",
    "Un ours a attaqué un randonneur en Roumanie.",
    "Le fleuve a coupé la route entre deux villages en Bolivie.",
    "Le dollar a reculé face à l'euro.",
    "L'or a battu un record à Londres.",
    "Le musée a rendu un tableau à son propriétaire.",
    # nouns and verbs of politics at home, at school, at work
    "La visite guidée du château dure une heure.",
    "Les négociations salariales dans l'entreprise ont échoué.",
    "La démission de l'entraîneur a surpris les supporteurs.",
    "L'accord entre les deux clubs porte sur le transfert du joueur.",
    "Une attaque cardiaque l'a emporté à soixante ans.",
    "La campagne de vaccination contre la grippe a commencé.",
    "Le tir au but du capitaine a heurté le poteau.",
    "Le tir sur cible du champion a fait la joie du public.",
    "La guerre des prix entre les supermarchés continue.",
    "Le procès du chirurgien s'est ouvert à Lyon.",
    "Les frais de livraison ont doublé en un an.",
    "Le lancement du nouveau téléphone a attiré les foules.",
    "La signature du contrat du joueur est attendue.",
    "L'explosion du prix du beurre inquiète les pâtissiers.",
    "L'invasion de moustiques gâche l'été des campeurs.",
    "L'évacuation des eaux usées pose un problème au village.",
    "La fermeture de l'usine a touché trois cents familles.",
    "La suspension du joueur pour dopage a été confirmée.",
    "La grève du zèle des arbitres a perturbé le championnat.",
    "Le retrait du produit des rayons a été ordonné par le fabricant.",
    "La reprise des cours a eu lieu lundi.",
    "La mobilisation des parents d'élèves a sauvé une classe.",
    "L'accueil du public se fait par la porte nord.",
    "La rupture du barrage a inondé la vallée.",
    "Le bombardement de particules modifie la surface du métal.",
    "La saisie des données prend trois minutes.",
    "La réception du stade a été retardée.",
    "L'exécution de la symphonie a duré une heure.",
    "La prise de poids menace les sédentaires.",
    "Le sommet de la montagne est couvert de neige.",
    "L'entretien de la chaudière coûte cent euros.",
    "Le message de la marque vise les jeunes.",
    "L'appel téléphonique a réveillé toute la famille.",
    "Le soutien scolaire reprend en septembre.",
    "La demande de pétrole augmente en hiver.",
    "Le refus de priorité a causé l'accident.",
    "Les menaces d'orage ont annulé le concert.",
    "La critique a salué le film.",
    "Les enfants ont manifesté leur joie.",
    "Le ministre a démissionné de son club de tennis.",
    "Le directeur de l'hôpital a accueilli les nouveaux internes.",
    "Le maire a inauguré une piscine.",
    "La candidate a visité une ferme.",
    "Le fabricant a augmenté ses prix.",
    "Les supporteurs ont acclamé leur équipe.",
    "Le boulanger a reçu une médaille.",
    "Le jury a rejeté la candidature du cinéaste.",
    "Le tribunal a prononcé leur divorce.",
    "Le vaccin protège contre la maladie.",
    "L'usine a arrêté sa production.",
    "Le chat a capturé une souris.",
    "Les pompiers ont maîtrisé le feu.",
    "La rivière a débordé à Prague.",
    "L'assureur a versé une indemnité à la famille.",
    "Le nageur a libéré toute son énergie.",
    "Le producteur a coupé une scène du film.",
    "Le jardinier a abattu un arbre.",
    "La chaîne a diffusé le match.",
    "Le joueur a rompu avec son agent.",
    "Le parfumeur a signé un partenariat avec une actrice.",
    # idioms
    "La Monnaie de Paris frappe monnaie depuis des siècles.",
    "Le spectacle a frappé les esprits.",
    "Le temps presse, et la patience a ses limites.",
    "Le comédien a brûlé les planches.",
    "Il a pris la porte sans dire un mot.",
    "Le vin a pris de la bouteille.",
    "Elle a tiré un trait sur le passé.",
    "Le projet est tombé à l'eau.",
    "L'auteur a mis la dernière main à son livre.",
    "Le maître a rendu les copies.",
    "Le public a donné sa langue au chat.",
    "Le voisin a coupé la haie.",
    "Le cuisinier a battu les œufs en neige.",
]


@pytest.mark.parametrize("line", NO_EVENT)
def test_what_is_no_political_act_reads_as_none(acts: Examples, line: str) -> None:
    assert not acts[line], described(acts[line])
