"""CAMEO codes and what they are in PLOVER.

`cameo.tsv` restates the conversion table of openeventdata/PLOVER (draft 0.8, CC BY-SA 4.0). Where that table knows modes that the
manual has not (ease, return, ban, seize of an ASSAULT, massacre …) the manual wins and the mode is left out; contexts outside the manual's list
are put under the nearest one it has (humanitarian: human_security, democracy: pro_democracy, political: political_institutions).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class CameoCode:
    code: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    title: str


@cache
def cameo_codes() -> dict[str, CameoCode]:
    """Every CAMEO code by its digits."""
    lines = files(__package__).joinpath("cameo.tsv").read_text(encoding="utf-8").splitlines()
    codes = {}
    for line in lines:
        if line.startswith(("#", "code\t")):
            continue
        code, type_, mode, contexts, title = line.split("\t")
        codes[code] = CameoCode(code, type_, mode or None, tuple(contexts.split(";")) if contexts else (), title)
    return codes
