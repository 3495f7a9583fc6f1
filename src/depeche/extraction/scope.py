"""The words around a trigger, reached by the paths of an event row: do its conditions hold, and who stands on its sides?"""

from __future__ import annotations

from spacy.tokens import Token

from depeche.extraction.arguments import Arguments, complements_near, noun_arguments, verb_arguments
from depeche.extraction.sides import Filler, Reference
from depeche.extraction.verbforms import is_passive
from depeche.language.eventrows import Need

# Relations that no preposition makes.
_OWN = frozenset({"subj", "obj", "adj", "poss", "inf", "que", "attr", "bare"})


class Scope:
    """The words around a trigger, reached by the paths of a row."""

    def __init__(self, token: Token, kind: str, arguments: Arguments, reference: Reference) -> None:
        self.token, self.kind, self.arguments, self.reference = token, kind, arguments, reference
        # A passive that names no agent leaves open who acts: where it is done to an actor, a condition on the subject cannot fail.
        self.carried_out = token.head.lemma_.lower() in reference.pack.closed["carried_out"]
        self.agentless = (
            kind == "verb"
            and is_passive(token, reference.pack)
            and not arguments.get("subj")
            and any(reference.fillers(t, places=True) for t in arguments.get("obj", []))
        )

    def at(self, path: list[str]) -> list[Token]:
        """The words at the end of a path ("obj.de": the complements behind "de" of the object)."""
        reached = self.arguments.get(path[0], [])
        if path[0] not in _OWN and path[0] != "de" and not any(self.reference.fillers(t, places=True) for t in reached):
            reached = [*reached, *complements_near(self.token, path[0], self.reference.pack)]
        for step in path[1:]:
            reached = [t for one in reached for t in self._step(one, step)]
        return reached

    def _step(self, token: Token, step: str) -> list[Token]:
        counted = self.reference.counted(token)
        pack = self.reference.pack
        arguments = verb_arguments(counted, pack) if counted.pos_ == "VERB" else noun_arguments(counted, pack)
        found = arguments.get(step, [])
        if not found and step not in _OWN and step != "de":
            # The parser hung the complement beside the noun, on the trigger itself.
            found = [t for t in self.arguments.get(step, []) if t.i > token.i] or complements_near(counted, step, pack)
        return found

    def holds(self, need: Need) -> bool:
        if need.relation == "subj" and need.filler in ("actor", "people", "any") and self.agentless:
            return True
        reached = self.at(need.relation.split("."))
        if need.filler is None:
            matched = any(is_one_of(self.reference.counted(t), need.lemmas) for t in _with_conjuncts(reached))
            return matched is not need.negated
        if need.filler == "any":
            return bool(reached)
        if need.filler == "none":
            return not reached
        if need.filler == "place":
            return any(self.reference.cast.place_at(t) is not None or any(p.kind == "state" for p in self.reference.cast.at(t)) for t in reached)
        if need.filler in ("actor", "people") and need.relation.endswith("adj"):
            nouns = [self.token] if need.relation == "adj" else self.at(need.relation.split(".")[:-1])
            return any(self.reference.demonym(noun) for noun in nouns)
        if need.filler == "other":
            own = {f.party.camp for t in self.arguments.get("subj", []) for f in self.reference.fillers(t)}
            return any(f.party.camp not in own for t in reached for f in self.reference.fillers(t))
        if need.filler == "actor":
            return any(self.reference.fillers(t, places=True) for t in reached)
        return any(self.reference.human(t) for t in reached)

    def side(self, alternatives: tuple[tuple[str, ...], ...], acting: bool) -> list[Filler]:
        """Whoever fills a side: the first alternative that leads to somebody."""
        for paths in alternatives:
            found: list[Filler] = []
            for path in paths:
                for filler in self._fill(path.split("."), acting):
                    if all(filler.party is not f.party for f in found):
                        found.append(Filler(filler.party, filler.token, path))
            if found:
                return found
        return []

    def _fill(self, path: list[str], acting: bool) -> list[Filler]:
        reference = self.reference
        last = path[-1]
        if last in ("adj", "poss"):
            nouns = [self.token] if len(path) == 1 else self.at(path[:-1])
            ask = reference.demonym if last == "adj" else reference.possessor
            return [f for noun in nouns for f in ask(noun)]
        places = not acting or (last not in ("subj", "de", "par"))
        found = [f for token in self.at(path) for f in reference.fillers(token, places=places)]
        if not found and len(path) == 1 and last not in _OWN and last != "de":
            found = [f for token in complements_near(self.token, last, reference.pack) for f in reference.fillers(token, places=places)]
        if not found and acting and path == ["de"] and self.kind == "noun":
            found = [f for token in self.at(["de", "de"]) for f in reference.fillers(token)]  # "mesure de rétorsion du gouvernement turc"
        behind = [f for f in found if f.via != "location" or f.token.i > self.token.i]
        return behind if self.kind == "verb" and behind else found  # "À Paris, il a exprimé à la Grèce …"


def _with_conjuncts(tokens: list[Token]) -> list[Token]:
    return [*tokens, *(c for t in tokens for c in t.children if c.dep_ == "conj")]


def is_one_of(token: Token, lemmas: frozenset[str]) -> bool:
    return token.lemma_.lower() in lemmas or token.lower_ in lemmas
