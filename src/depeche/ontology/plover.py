"""PLOVER: the sixteen event types, their modes and scores, contexts and sectors.

Facts of the PLOVER manual, draft 0.8 (Open Event Data Alliance, CC BY-SA 4.0). Scores run from -10 (conflict) to +10 (cooperation).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EventType:
    """One type: its quad class, its score, and the score of each mode (None where the manual gives none)."""

    quad: str
    score: float
    modes: dict[str, float | None]


EVENT_TYPES: dict[str, EventType] = {
    "AGREE": EventType("verbal cooperation", 2.5, {}),
    "CONSULT": EventType("verbal cooperation", 2.5, {"visit": 4, "third-party": 1, "multilateral": 4, "phone": 1.5}),
    "SUPPORT": EventType("verbal cooperation", 5, {}),
    "CONCEDE": EventType("verbal cooperation", 4.5, {}),
    "COOPERATE": EventType("material cooperation", 9.5, {}),
    "AID": EventType("material cooperation", 10, {}),
    "RETREAT": EventType("material cooperation", 6.5, {"withdraw": 8, "release": 6.5, "disarm": 10, "ceasefire": 7.5, "access": 6.5, "resign": 4.5}),
    "REQUEST": EventType("verbal conflict", 0, {"assist": 0.5, "change": -1, "yield": -1, "meet": 0}),
    # Printed as 3 in the manual, against its own modes.
    "ACCUSE": EventType("verbal conflict", -3, {"disapprove": -2, "investigate": -3.5, "allege": -3.5}),
    "REJECT": EventType("verbal conflict", -2, {"assist": -1.5, "change": -2, "yield": -2, "meet": -2}),
    "THREATEN": EventType(
        "verbal conflict",
        -3.5,
        {"restrict": -3, "arrest": -3.5, "relations": -3.5, "expel": -3.5, "territory": -4, "violence": -3.5},
    ),
    "PROTEST": EventType(
        "material conflict",
        -5,
        {"demo": -5, "riot": -7, "strike": -5, "hunger": -4.5, "boycott": -4.5, "obstruct": -4.5, "vandalize": None},
    ),
    "SANCTION": EventType("material conflict", -6, {"convict": -6, "expel": -5.5, "withdraw": -6, "discontinue": -6}),
    "MOBILIZE": EventType("material conflict", -5.5, {"troops": -6.5, "weapons": -6.5, "police": -5.5, "militia": -6}),
    "COERCE": EventType(
        "material conflict",
        -7,
        {
            "seize": -7,
            "restrict": -7,
            "censor": -6.5,
            "curfew": -6.5,
            "martial-law": -7.5,
            "arrest": -7,
            "deport": -7,
            "withhold": -7,
            "misinformation": -6.5,
            "cyber": -7,
        },
    ),
    "ASSAULT": EventType(
        "material conflict",
        -9,
        {
            "abduct": -8.5,
            "beat": -7.5,
            "torture": -8.5,
            "sexual": -8.5,
            "targeted": -9.5,
            "destroy": -8.5,
            "primitive": -8,
            "firearms": -9,
            "explosives": -9,
            "suicide-attack": -9.5,
            "aerial": -9.5,
            "drone": -9.5,
            "heavy-weapons": -9.5,
            "crowd-control": -7.5,
            "unconventional": -10,
        },
    ),
}

UNDIRECTED = frozenset({"CONSULT", "COOPERATE"})

CONTEXTS = frozenset(
    """
        military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic legal reparations human_rights
        rights_freedoms repression human_security gender lgbt religion_ethnicity inequality diplomatic territory peacekeeping health asylum migration
        disasters natural_resource environment technology terrorism cbrn cyber misinformation crime corruption illegal_drugs trafficking
    """.split()
)

SECTORS = frozenset(
    """
        GOV LEG JUD MIL COP SPY PTY OPP PRM REB UAF CVL JRN BUS LAB AGR EDU MED HEL REL SOC ELI CRM REF PRE UNK IGO NGO MNC ISM IMG UNO EUR
    """.split()
)

STATUSES = ("reported", "alleged", "planned", "hypothetical", "negated")
STANCES = ("asserts", "alleges", "denies", "confirms")


def score(type_: str, mode: str | None) -> float:
    """The conflict-cooperation score of an event: its mode's own where the manual gives one, else its type's."""
    event_type = EVENT_TYPES[type_]
    of_mode = event_type.modes.get(mode) if mode else None
    return event_type.score if of_mode is None else of_mode
