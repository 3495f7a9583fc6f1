"""If a state is attacked: who is bound to do what on that day, by which article of which pact, and what the terms leave open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from depeche.affairs.pact import BINDS, ENDED, NOT_YET, SIGNED, SUSPENDED, UNKNOWN, Duty, Pact, Party

_CALLED = ("aggression_against_party", "threat_to_party")


@dataclass(frozen=True, slots=True)
class Bound:
    """A pact with one duty of it, and those whom the duty binds on the day asked for."""

    pact: Pact
    duty: Duty
    who: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the pacts say if a state is attacked on a day. What is not in any of these is unknown, never no.

    `bound`: who must help or consult. `not_yet`: what is signed and does not bind on that day. `uncertain`: pacts that articles tell of
    without saying whether they are in force, or that are suspended. `restrained`: what forbids the attack to the attacker. `torn`: pacts to which
    both belong, of which the attacker is left out.
    """

    attacked: str
    by: str | None
    on: str
    bound: tuple[Bound, ...]
    not_yet: tuple[Bound, ...]
    uncertain: tuple[Bound, ...]
    restrained: tuple[Bound, ...]
    torn: tuple[Pact, ...]


def if_attacked(pacts: Iterable[Pact], attacked: str, on: str, by: str | None = None) -> Answer:
    """`attacked`, `by`: codes (ISO 3166 alpha-3); `on`: an ISO date."""
    bound: list[Bound] = []
    waiting: list[Bound] = []
    uncertain: list[Bound] = []
    restrained: list[Bound] = []
    torn: list[Pact] = []
    for pact in pacts:
        standing = pact.standing(on)
        if standing in (ENDED, NOT_YET) or pact.same_as:
            continue
        members = pact.parties_on(on) if standing == BINDS else pact.parties
        codes = {p.code for p in members}
        if attacked not in codes:
            # Signed by a state for which it does not bind yet.
            if standing == BINDS and pact.registered and any(p.code == attacked and p.since is None for p in pact.parties):
                waiting += _called(pact, pact.parties, attacked, by)
            continue
        if standing == BINDS:
            bound += _called(pact, members, attacked, by)
            if by in codes:
                restrained += _restraints(pact, members, attacked, by)
                torn.append(pact)
        elif standing == SIGNED:
            waiting += _called(pact, members, attacked, by)
        elif standing in (UNKNOWN, SUSPENDED):
            uncertain += _called(pact, members, attacked, by)
    return Answer(attacked, by, on, tuple(bound), tuple(waiting), tuple(uncertain), tuple(restrained), tuple(torn))


def _called(pact: Pact, members: tuple[Party, ...], attacked: str, by: str | None) -> list[Bound]:
    """The duties of a pact that an attack on one of its parties calls up."""
    found = []
    for duty in pact.terms:
        if duty.trigger in _CALLED and (not duty.owed_to or attacked in duty.owed_to):
            who = tuple(p for p in members if p.code not in (attacked, by) and (not duty.obliged or p.code in duty.obliged))
            if who:
                found.append(Bound(pact, duty, who))
    return found


def _restraints(pact: Pact, members: tuple[Party, ...], attacked: str, by: str | None) -> list[Bound]:
    attacker = tuple(p for p in members if p.code == by)
    return [
        Bound(pact, duty, attacker)
        for duty in pact.terms
        if duty.obligation == "refrain_from_aggression" and (not duty.obliged or by in duty.obliged) and (not duty.owed_to or attacked in duty.owed_to)
    ]
