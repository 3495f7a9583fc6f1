"""The code lists of agreements: what kinds there are, and how far one has come."""

from __future__ import annotations

KINDS = frozenset(
    """
        mutual_defence strategic_partnership consultation non_aggression neutrality ceasefire peace arms_control trade cooperation other
    """.split()
)
STATUSES = ("proposed", "announced", "signed", "ratified", "in_force", "suspended", "terminated")
