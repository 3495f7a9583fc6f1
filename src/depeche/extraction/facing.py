"""Who faces whom in an article: whom an act answers, and the one party that another meets more often than anybody else."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TypeVar

from depeche.extraction.actors import Party
from depeche.extraction.acts import Act
from depeche.extraction.grammar import sentence_of
from depeche.extraction.sides import Filler, by_way_of, camps_of

# A denial or refusal answers an accusation or demand at most so many words before it.
ANSWER_REACH = 60
# What an article is plainly about (a doer, an opponent, a pair) it tells at least so often, and so many times as often as anything else of the kind.
ACTS = 3
LEAD = 1.4

_FRIENDLY = frozenset({"CONSULT", "COOPERATE", "SUPPORT", "AID"})
_UNFRIENDLY = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})

K = TypeVar("K")
# Whom each party faces and how often, by country or key, and a word for each.
Facing = tuple[dict[str, Counter[str]], dict[str, Filler]]


def answered(act: Act, acts: list[Act], at: int) -> list[Filler]:
    """Whom an act without an object of its own answers: whoever last did something to its doer, else whomever its doer last did something to."""
    own = camps_of(act.source)
    faced: list[Filler] = []
    for earlier in (acts[i] for i in range(at - 1, -1, -1)):
        if act.token.i - earlier.token.i > ANSWER_REACH:
            break
        if earlier.row.type in _FRIENDLY and act.row.type in _UNFRIENDLY:
            continue  # who condemns something does not condemn whom he met before
        sides = [camps_of(side) for side in (earlier.source, earlier.target)]
        if not all(sides):
            continue
        if own & sides[1] and not own & sides[0]:
            return by_way_of(earlier.source, "answers")
        if own & sides[0] and not own & sides[1] and not faced:
            faced = by_way_of(earlier.target, "answers")
    return faced


def in_one_breath(act: Act, acts: list[Act], at: int) -> list[Filler]:
    """ "Séoul parle d'un montage et exige que Pyongyang …": whom the next act of the same doer in the sentence falls on."""
    own = camps_of(act.source)
    end = sentence_of(act.token)[1]
    for later in acts[at + 1 :]:
        if later.token.i >= end:
            break
        if later.row.type in _UNFRIENDLY and later.target and camps_of(later.source) == own and not own & camps_of(later.target):
            return by_way_of(later.target, "breath")
    return []


def charged_by(act: Act, acts: list[Act], at: int) -> list[Filler]:
    """ "La police a arrêté X. Il est accusé de …": whoever last did something hostile to the one that an act without a doer falls on."""
    faced = camps_of(act.target)
    for earlier in (acts[i] for i in range(at - 1, -1, -1)):
        if act.token.i - earlier.token.i > ANSWER_REACH:
            break
        sides = [camps_of(side) for side in (earlier.source, earlier.target)]
        hostile = earlier.row.type in _UNFRIENDLY and earlier.row.mode != "arrest"  # who arrests somebody may do so for another
        if hostile and all(sides) and sides[1] == faced and not faced & sides[0]:
            return by_way_of(earlier.source, "charged")
    return []


def main_doer(acts: list[Act]) -> list[Filler]:
    """A word for the party that does most of what the article tells, where it plainly does; nobody otherwise."""
    done: Counter[str] = Counter()
    fillers: dict[str, Filler] = {}
    for act in acts:
        for camp, filler in {f.party.camp: f for f in act.source}.items():
            done[camp] += 1
            fillers.setdefault(camp, filler)
    first = _plainly_first(done)
    return by_way_of([fillers[first]], "doer") if first is not None else []


def main_pair(acts: list[Act]) -> list[Party]:
    """The two parties that the article is about, where they face each other plainly more often than any others do."""
    return [f.party for f in most_facing(facing(acts))]


def facing(acts: list[Act]) -> Facing:
    """Whom each party of the article faces in the acts that name both sides, and how often; and a word that stands for each."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    fillers: dict[str, Filler] = {}
    for act in acts:
        for one in act.source:
            for other in act.target:
                keys = one.party.camp, other.party.camp
                if keys[0] != keys[1]:
                    found[keys[0]][keys[1]] += 1
                    found[keys[1]][keys[0]] += 1
                    fillers.setdefault(keys[0], one)
                    fillers.setdefault(keys[1], other)
    return found, fillers


def usual_opponent(act: Act, met: Facing) -> list[Filler]:
    """Whom the one side that is known faces in the rest of the article, where that is plainly one ("Bakou", in an article on Yerevan and Baku)."""
    found, fillers = met
    known = act.source or act.target
    if len(camps_of(known)) != 1:
        return []
    own = known[0].party.camp
    first = _plainly_first(found[own])
    return by_way_of([fillers[first]], "opponent") if first is not None else []


def most_facing(met: Facing) -> list[Filler]:
    """A word for each of the two who face each other plainly most often; none where nobody does."""
    found, fillers = met
    pair = _plainly_first(Counter({(one, other): n for one, faced in found.items() for other, n in faced.items() if one < other}))
    return by_way_of([fillers[camp] for camp in pair], "pair") if pair is not None else []


def _plainly_first(counts: Counter[K]) -> K | None:
    """What is counted oftenest, where that is often and nothing else comes near; None otherwise."""
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < ACTS or (len(ranked) > 1 and ranked[1][1] * LEAD > ranked[0][1]):
        return None
    return ranked[0][0]
