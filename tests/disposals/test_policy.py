"""Numbers of law and policy are dated, sourced, and the council's own stand before England's."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import disposals
from disposals import gates
from disposals.errors import NoRule
from disposals.milestones import when
from disposals.policy import Kind, Policy, _entries, authorities

TODAY = date(2021, 9, 30)


@pytest.mark.parametrize("authority", ["england", *authorities()])
def test_every_entry_has_a_kind_a_source_a_day_and_whether_it_was_verified(authority: str) -> None:
    for rule, entries in _entries(authority).items():
        for entry in entries:
            assert set(entry) <= {"kind", "value", "unit", "from", "to", "source", "verified"}, rule
            assert Kind(entry["kind"])
            assert entry["source"]
            assert isinstance(entry["from"], date)
            assert isinstance(entry["verified"], bool)
            assert ("value" in entry) == ("unit" in entry), rule


def test_no_two_entries_of_a_rule_are_in_force_on_one_day() -> None:
    for rule, entries in _entries("england").items():
        spans = sorted((entry["from"], entry.get("to", date.max)) for entry in entries)
        assert all(before[1] < after[0] for before, after in pairwise(spans)), rule


def test_kent_has_a_limit_for_a_key_decision_and_england_none() -> None:
    assert Policy("kent", TODAY).number("decisions.key") == 1_000_000
    assert Policy("england", TODAY).rule("decisions.key").value is None


def test_a_rule_is_the_one_in_force_on_the_day() -> None:
    before, after = (Policy("kent", day).rule("subsidy") for day in (TODAY, date(2023, 6, 1)))
    assert "Cooperation Agreement" in before.source
    assert "Subsidy Control Act" in after.source


@pytest.mark.parametrize("authority", ["england", *authorities()])
def test_no_rule_is_cited_from_a_document_that_is_later_than_it(authority: str) -> None:
    for rule, entries in _entries(authority).items():
        for entry in entries:
            for written in re.findall(r"\d{1,2} [A-Z][a-z]+ \d{4}", entry["source"]):
                if not entry["source"].endswith(f"before {written}"):
                    assert when(written).earliest <= entry["from"], rule


def test_the_crichel_down_rules_are_cited_in_the_edition_of_the_day() -> None:
    before, after = (
        Policy("kent", day).rule("land.crichel-down").cited for day in (TODAY, date(2024, 10, 3))
    )
    assert before == "Crichel Down Rules; not yet verified"
    assert after == "Crichel Down Rules (gov.uk, 3 October 2024)"


def test_a_day_before_the_law_has_no_rule() -> None:
    with pytest.raises(NoRule, match=r"No value is set for “land\.community-value” on 2011-01-01"):
        Policy("kent", date(2011, 1, 1)).rule("land.community-value")


def test_what_nobody_verified_says_so() -> None:
    assert Policy("kent", TODAY).rule("land.allotment").cited.endswith("not yet verified")


def test_every_rule_is_used_by_a_gate_or_by_the_code_of_one() -> None:
    by_gates = {gates.find(gate).rule for gate in gates.KNOWN}
    code = "".join(path.read_text() for path in Path(disposals.__file__).parent.rglob("*.py"))
    for rule in set(_entries("england")) - by_gates:
        family = rule.rpartition(".")[0]
        ways = {  # by its name; by its end; by its number; as a row of a table that is read whole
            f'"{rule}"', f'"{family}.{{', f'"{rule.rstrip("0123456789")}{{', f'"{family}"',
        }  # fmt: skip
        assert any(way in code for way in ways), f"nothing reads {rule}"


@pytest.mark.parametrize("authority", authorities())
def test_no_council_turns_law_into_its_own_policy(authority: str) -> None:
    for rule, entries in _entries(authority).items():
        if any(entry["kind"] == "law" for entry in _entries("england").get(rule, ())):
            assert all(entry["kind"] == "law" for entry in entries), rule


def test_even_a_file_that_says_otherwise_leaves_law_law(monkeypatch: pytest.MonkeyPatch) -> None:
    england = _entries("england")
    own = {"land.open-space": [dict(england["land.open-space"][0], kind="policy")]}
    monkeypatch.setattr(
        "disposals.policy._entries", lambda name: own if name == "kent" else england
    )
    assert Policy("kent", TODAY).rule("land.open-space").kind is Kind.LAW
