"""Decisions, clocks and the consultation log, as an officer reads them on the terminal."""

import pytest

from tests.journeys.conftest import Officer, officer

__all__ = ["officer"]
ONE = "steele-avenue/part-1"


def test_the_list_tells_how_far_each_decision_has_come(officer: Officer) -> None:
    told = {each["number"]: each for each in officer.does("decision list --json").json}
    assert {number: each["state"] for number, each in told.items()} == {
        "21/00084": "considered",
        "21/00100": "proposed",
    }
    assert told["21/00100"]["references"] == ["steele-avenue"]
    assert "21/00084" in officer.does("decision list").out
    entries = officer.does("decision list steele-avenue --json").json
    assert {each["entry"] for each in entries} >= {"decision-1", "assessment-1"}


def test_a_decision_is_shown_with_its_clocks_explained(officer: Officer) -> None:
    shown = officer.does("decision show 21/00100").out
    assert shown.startswith("21/00100, Disposal of land South of Steele Avenue")
    assert "28 clear days: the day of notice (30 September 2021)" in shown
    assert "they have to be published by 1 November 2021" in shown
    assert "Call-in period in the council's constitution; not yet verified" in shown


def test_clocks_of_a_site_in_parts_are_told_once_and_the_days_of_each_part(
    officer: Officer,
) -> None:
    told = officer.does("clocks steele-avenue").out
    assert told.count("Notice of key decision 21/00100") == 1
    assert told.count("What runs on the whole, as above.") == 2
    assert told.count("Exchange contracts: 17 November 2021; waits for the call-in") == 2


def test_clocks_of_every_live_case_are_told_without_a_reference(officer: Officer) -> None:
    told = officer.does("clocks --json").json
    assert [each["reference"] for each in told] == [
        "bensted-house", "steele-avenue/part-1", "steele-avenue/part-2",
    ]  # fmt: skip
    for case in told:
        assert [step["step"] for step in case["lawful"]][-2:] == ["exchange contracts", "complete"]
        assert all(clock["source"] and clock["explanation"] for clock in case["clocks"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("decision urgent 21/00100 --exception haste --because Now", "“haste” is no exception"),
        ("decision show 21/99999", "No decision 21/99999 is recorded"),
        ("decision take 21/00100 --interests None", "Noticed on 30 September 2021, the earliest"),
        ("decision withdraw 21/00100", "a reason is asked for"),
        ("decision implement 21/00100", "It has not been taken"),
        ("decision private 21/00100 --second", "No first notice of a private meeting"),
        ("decision consider 21/00100", "publish-report 21/00100"),
        ("decision confirm 21/00100", "21/00100 is not called in"),
        ("clocks steele-avenu", "Did you mean steele-avenue"),
    ],
)
def test_what_can_not_be_is_refused_with_what_to_do(officer: Officer, line: str, said: str) -> None:
    assert said in officer.is_refused(line)


def test_the_log_tells_every_contact_by_its_day_and_who_was_not_heard(officer: Officer) -> None:
    officer.does(
        f"consultation add {ONE} --on 2021-09-20 --capacity 'local member' --said 'Keep the paths'"
        " --consultee 'Local member, Dartford East' --answer 'They are kept'"
    )
    told = officer.does(f"consultation log {ONE} --json").json
    assert [each["held_on"] for each in told["contacts"]] == [
        "2021-06-15", "2021-09-20", None, None, None,
    ]  # fmt: skip
    assert told["contacts"][1]["reference"] == ONE
    assert told["unheard"] == ["parish council", "public body", "service", "public"]
    assert told["unanswered"] == 4
    public = officer.does(f"consultation log {ONE} --audience public --json").json
    assert "Keep the paths" not in str(public)
    assert "local member" in public["unheard"]


def test_a_decision_is_entered_with_its_divisions_and_its_implementation(officer: Officer) -> None:
    officer.does(
        "decision edit steele-avenue decision-1 --set divisions='Dartford East'"
        " --set implementation='Contract by the Director' --because 'The report' --on 2021-09-30"
    )
    shown = officer.does("decision show 21/00100 --json").json["decision"]
    assert (shown["divisions"], shown["implementation"]) == (
        "Dartford East",
        "Contract by the Director",
    )


def test_clocks_say_for_which_day_the_committee_is_fixed_and_whether_that_is_lawful(
    officer: Officer,
) -> None:
    meeting = "9 November 2021, the Policy and Resources Cabinet Committee"
    told = officer.does("clocks steele-avenue/part-1 --as-of 2021-11-01").out
    assert f"Consider in committee: {meeting}: lawful with its papers published by 1 Nov" in told
    (step,) = [
        each
        for each in officer.does("clocks steele-avenue/part-1 --as-of 2021-11-01 --json").json[0][
            "lawful"
        ]
        if each["step"] == "consider in committee"
    ]
    assert (step["earliest_on"], step["planned"][0]["is_lawful"]) == ("2021-11-09", True)
    told = officer.does("clocks steele-avenue/part-1 --as-of 2021-11-02").out
    assert f"{meeting}: TOO EARLY, for its papers had to be published by 1 November 2021." in told
    assert "Consider in committee, another day: 10 November 2021; waits for the agenda" in told
