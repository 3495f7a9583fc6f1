"""The code lists of agreements: what kinds there are, how far one has come, who is obliged to what, and when."""

from __future__ import annotations

KINDS = frozenset(
    """
        mutual_defence strategic_partnership consultation non_aggression neutrality ceasefire peace arms_control trade cooperation other
    """.split()
)
OBLIGATIONS = frozenset("assist consult refrain_from_aggression stay_neutral cooperate cease_fire supply limit_arms other".split())
TRIGGERS = frozenset("aggression_against_party threat_to_party unconditional other".split())
STATUSES = ("proposed", "announced", "signed", "ratified", "in_force", "suspended", "terminated")
