"""What GDELT calls states and how it weighs acts: CAMEO's and FIPS's country codes, CAMEO's actor types, Goldstein's scores.

`fips.tsv` is GeoNames' pairing of FIPS 10-4 with ISO 3166, `goldstein.tsv` the scores that GDELT publishes beside its events.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from depeche.ontology.tables import read_rows

# CAMEO has ISO 3166 alpha-3 but for these. Kosovo stands in no list that GDELT publishes.
_OTHERWISE = {"ROU": "ROM", "TLS": "TMP", "MNE": "MTN", "IMN": "IMY", "XKX": ""}

# PLOVER's sectors that CAMEO has as types of actors; CAMEO's MED is the press, PLOVER's is health.
_TYPES = {s: s for s in "GOV LEG JUD MIL COP SPY OPP REB UAF CVL BUS LAB AGR EDU ELI CRM REF IGO NGO MNC IMG".split()}
_TYPES |= {"JRN": "MED", "MED": "HLH", "ISM": "NGM", "UNO": "IGO", "EUR": "IGO"}

_QUADS = ((5, 1), (8, 2), (13, 3), (20, 4))


def cameo_country(country: str | None) -> str:
    """A state as CAMEO codes it ("ROU" -> "ROM"); empty where there is none."""
    return _OTHERWISE.get(country or "", country or "")


def cameo_type(sector: str | None) -> str:
    """The type of actor that CAMEO has for a sector of PLOVER; empty where it has none."""
    return _TYPES.get(sector or "", "")


def fips_code(country: str | None) -> str:
    """A country as FIPS 10-4 codes it ("RUS" -> "RS"); empty where it has none."""
    return _fips().get(country or "", "")


def goldstein(code: str) -> float | None:
    """The Goldstein score of a CAMEO code, else of the code it refines."""
    scores = _goldstein()
    return next((scores[code[:n]] for n in range(len(code), 1, -1) if code[:n] in scores), None)


def quad_class(code: str) -> int:
    """GDELT's class of a CAMEO code: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."""
    root = int(code[:2])
    return next(quad for last, quad in _QUADS if root <= last)


@cache
def _fips() -> dict[str, str]:
    return {row["country"]: row["fips"] for row in read_rows(files(__package__).joinpath("fips.tsv"), ("country", "fips"))}


@cache
def _goldstein() -> dict[str, float]:
    return {row["code"]: float(row["score"]) for row in read_rows(files(__package__).joinpath("goldstein.tsv"), ("code", "score"))}
