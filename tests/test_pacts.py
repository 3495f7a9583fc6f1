"""Which pacts bind whom on a day: the register, what articles tell, and the question "if X is attacked"."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from depeche import ArticleRecord, Reader
from depeche.affairs.duties import Answer, if_attacked
from depeche.affairs.pact import BINDS, ENDED, NOT_YET, SIGNED, UNKNOWN, Pact
from depeche.affairs.register import register
from depeche.affairs.told import pacts_told
from depeche.cli.main import main
from depeche.knowledge.base import shipped
from depeche.record import Article
from depeche.store.store import Store, open_store

ORGANISATIONS = {"European Union"}
FORMER = {"SUN", "YUG", "DDR", "CSK"}


def pact(id_: str) -> Pact:
    return next(p for p in register() if p.id == f"register-{id_}")


def helpers(answer: Answer) -> set[str]:
    return {party.code for b in answer.bound if b.duty.obligation == "assist" for party in b.who}


# -- the register --------------------------------------------------------------------------------


@pytest.mark.parametrize("known", register(), ids=lambda p: p.id)
def test_every_pact_of_the_register_holds_together(known: Pact) -> None:
    codes = {p.code for p in known.parties}
    assert codes <= set(shipped().states) | FORMER | ORGANISATIONS
    assert len(codes) > 1
    assert known.terms
    for term in known.terms:
        assert set(term.obliged) | set(term.owed_to) <= codes
        assert term.what
    days = [known.dates[k] for k in ("signed", "in_force", "ended") if k in known.dates]
    assert days == sorted(days)
    for party in known.parties:
        assert party.until is None or (party.since or "") < party.until
    assert known.checked in ("read", "unverified")
    assert known.text is None or known.checked == "read"


def test_thirty_treaties_in_force_oblige_to_help_or_consult() -> None:
    today = [p for p in register() if p.standing("2025-06-01") == BINDS]
    assert sum(any(t.obligation in ("assist", "consult") for t in p.terms) for p in today) >= 30


def test_the_treaty_of_pyongyang_is_signed_then_binds() -> None:
    treaty = pact("russia-dprk-2024")
    assert treaty.standing("2024-06-18") == NOT_YET
    assert treaty.standing("2024-07-01") == SIGNED
    assert treaty.standing("2024-12-04") == BINDS


def test_the_treaty_with_the_soviet_union_is_ended() -> None:
    assert pact("ussr-dprk-1961").standing("2024-01-01") == ENDED
    assert pact("ussr-dprk-1961").standing("1980-01-01") == BINDS


# -- if X is attacked ----------------------------------------------------------------------------


def test_north_korea_must_help_russia_once_the_treaty_is_in_force() -> None:
    answer = if_attacked(register(), "RUS", "2025-01-15", by="USA")
    assert {"PRK", "BLR"} <= helpers(answer)
    (article,) = {b.duty.article for b in answer.bound if b.pact.id == "register-russia-dprk-2024" and b.duty.obligation == "assist"}
    assert article == "4"


def test_what_is_signed_and_does_not_bind_stands_apart() -> None:
    answer = if_attacked(register(), "RUS", "2024-07-01")
    assert "PRK" not in helpers(answer)
    assert "register-russia-dprk-2024" in {b.pact.id for b in answer.not_yet}


@pytest.mark.parametrize(
    ("attacked", "before", "after", "helper"),
    [("FIN", "2023-04-03", "2023-04-04", "USA"), ("SWE", "2024-03-06", "2024-03-07", "USA"), ("MNE", "2017-06-04", "2017-06-05", "FRA")],
)
def test_an_accession_binds_from_its_day(attacked: str, before: str, after: str, helper: str) -> None:
    assert helper not in helpers(if_attacked([pact("north-atlantic")], attacked, before))
    assert helper in helpers(if_attacked([pact("north-atlantic")], attacked, after))


def test_whoever_left_is_not_bound_any_more() -> None:
    union = pact("eu-42-7")
    assert "GBR" in helpers(if_attacked([union], "FRA", "2019-01-01"))
    assert "GBR" not in helpers(if_attacked([union], "FRA", "2021-01-01"))


def test_the_attacker_is_no_helper() -> None:
    answer = if_attacked([pact("north-atlantic")], "GRC", "2024-01-01", by="TUR")
    assert "TUR" not in helpers(answer)
    assert [p.id for p in answer.torn] == ["register-north-atlantic"]
    assert {b.duty.obligation for b in answer.restrained} == {"refrain_from_aggression"}


def test_nobody_is_bound_to_help_a_state_without_pacts() -> None:
    assert helpers(if_attacked(register(), "CHE", "2024-01-01")) == set()


# -- told by articles ----------------------------------------------------------------------------

SIGNED_IN_PARIS = "La France et le Japon ont signé mercredi un traité de défense mutuelle. Le traité prévoit une assistance mutuelle en cas d'agression."
RATIFIED = "La France et le Japon ont ratifié le traité de défense mutuelle signé le 19 juin 2024."
ANOTHER = "La France et le Japon ont signé mercredi un traité de défense mutuelle."


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "record.sqlite", writable=True)


def read(reader: Reader, text: str, published: str, publisher: str) -> ArticleRecord:
    return reader.read(Article(text, published=published, publisher=publisher, language="fr"))


def test_two_reports_of_one_signature_are_one_pact(reader: Reader, store: Store) -> None:
    first = read(reader, SIGNED_IN_PARIS, "2024-06-19", "AFP")
    store.write([first, read(reader, RATIFIED, "2024-09-01", "Reuters")])
    (told,) = pacts_told(store)
    assert {p.code for p in told.parties} == {"FRA", "JPN"}
    assert told.kind == "mutual_defence"
    assert len(told.source) == 2
    assert ("assist", "aggression_against_party") in {(t.obligation, t.trigger) for t in told.terms}


def test_a_signature_years_later_is_another_pact(reader: Reader, store: Store) -> None:
    store.write([read(reader, SIGNED_IN_PARIS, "2024-06-19", "AFP"), read(reader, ANOTHER, "2026-06-17", "AFP")])
    assert len(pacts_told(store)) == 2


def test_a_report_of_a_signature_does_not_tell_that_the_pact_binds(reader: Reader, store: Store) -> None:
    store.write([read(reader, SIGNED_IN_PARIS, "2024-06-19", "AFP")])
    (told,) = pacts_told(store)
    assert told.standing("2025-01-01") == UNKNOWN
    answer = if_attacked([told], "JPN", "2025-01-01")
    assert answer.bound == ()
    assert [b.who[0].code for b in answer.uncertain] == ["FRA"]


def test_the_treaty_of_the_register_that_articles_tell_of_is_known_as_such(reader: Reader, store: Store) -> None:
    text = "La Russie et la Corée du Nord ont signé mercredi un traité de partenariat stratégique."
    store.write([read(reader, text, "2024-06-19", "AFP")])
    (told,) = pacts_told(store)
    assert told.same_as == "register-russia-dprk-2024"


# -- the command ---------------------------------------------------------------------------------


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["pacts", *arguments, "--record", "no-such-record.sqlite"])
    return done.exit_code, done.output


def test_who_must_help_in_words() -> None:
    status, told = run("--attacked", "Russie", "--by", "USA", "--on", "2025-01-15")
    assert status == 0
    for words in ("If Russie is attacked by États-Unis on 15 Jan 2025", "Corée du Nord → assist (article 4 of", "left open:", "unknown, not absent"):
        assert words in " ".join(told.split())


def test_every_duty_is_a_row_for_a_program() -> None:
    _, told = run("--attacked", "FIN", "--on", "2024-01-01", "--format", "jsonl")
    rows = [json.loads(line) for line in told.splitlines()]
    assert ("USA", "assist", "5", "binds") in {(r["obliged"], r["obligation"], r["article"], r["standing"]) for r in rows}


def test_a_name_that_no_state_has_gets_the_nearest() -> None:
    status, told = run("--attacked", "Finlnde")
    assert status == 1
    assert "no state is called 'Finlnde'" in told
    assert "Finlande (FIN)" in told


@pytest.mark.parametrize("name", ["PRK", "Corée du Nord", "North Korea"])
def test_a_state_is_called_by_its_code_or_its_name(name: str) -> None:
    _, told = run("--party", name, "--on", "2024-07-01")
    assert "Sino-North Korean Treaty" in told
    assert told.index("Sino-North Korean Treaty") < told.index("SIGNED AND NOT YET BINDING") < told.index("Comprehensive Strategic Partnership")
