"""The programme of Steele Avenue: as published, as it might slip, and as it really went.

The ten milestones are those of section 9.1 of the report of 9 November 2021. What happened later is
from the press (KentOnline, 20 January 2023 and 16 May 2024; 4 December 2025); whether the council's
land sale itself completed was not found, so it is forecast here and not met.
"""

from typing import Any

import pytest

from tests.journeys.conftest import Officer

WHOLE, ONE, TWO = "steele-avenue", "steele-avenue/part-1", "steele-avenue/part-2"
PUBLISHED = {
    1: "Nov/Dec 2021", 2: "Feb 2022", 3: "Apr 2022", 4: "Jun 2022", 5: "Jul 2022", 6: "Jul 2022",
    7: "Jul 2022", 8: "Jul 2022", 9: "Aug 2022", 10: "Sep 2023",
}  # fmt: skip


def programme(officer: Officer, rest: str = "") -> dict[int, dict[str, Any]]:
    """The ten milestones by number."""
    lines = officer.does(f"milestones {WHOLE} --json {rest}").json
    return {line["no"]: line for line in lines if line["no"] is not None}


def dates(officer: Officer, rest: str = "") -> dict[int, str]:
    return {no: line["when"] for no, line in programme(officer, rest).items()}


def test_the_ten_milestones_give_back_the_published_dates(officer: Officer) -> None:
    assert dates(officer) == PUBLISHED
    sale = programme(officer)[8]
    assert sale["name"] == "KCC completes land sale to developer"
    assert (sale["earliest_on"], sale["latest_on"]) == ("2022-07-01", "2022-07-31")  # as in 6.2
    assert "6.2" in sale["source"]
    assert programme(officer)[1]["is_reading"]  # the papers print “Nov/Dec” without a year
    overdue = "--overdue --check --as-of"
    assert officer.line("milestones", WHOLE, *f"{overdue} 2021-12-31".split()).status == 0
    assert 8 not in dates(officer, "--overdue --as-of 2022-07-31")
    assert "KCC completes land sale" in officer.is_refused(
        f"milestones {WHOLE} {overdue} 2022-08-01"
    )


def test_a_consent_one_month_after_its_application_is_questioned(officer: Officer) -> None:
    said = officer.does(f"milestones {WHOLE}").out
    assert (
        "? Milestone 5 comes 60 days at most after milestone 4: is that enough to determine the "
        "application? SI 2015/595 art 34: 13 weeks for a major application, 8 for another." in said
    )


def test_a_consent_in_october_moves_the_sale_the_start_and_part_2_and_nothing_else(
    officer: Officer,
) -> None:
    asked = officer.does(f"milestones {WHOLE} --if planning-consent=2022-10 --json").json
    assert [(m["no"], m["before"], m["after"], m["because"]) for m in asked["moves"]] == [
        (6, "Jul 2022", "Oct 2022", "it comes after milestone 5"),
        (8, "Jul 2022", "Oct 2022", "it comes after milestone 5"),
        (9, "Aug 2022", "Nov 2022", "it comes after milestone 8"),
    ]
    assert asked["questions"] == []  # 13 weeks lie between, and the receipt stays in 2022/23
    assert dates(officer) == PUBLISHED  # asking changed nothing

    told = officer.does(
        f"milestone forecast {ONE} 5 --when 2022-10 --because 'Objections by the parish council'"
        " --follow --on 2022-07-01"
    ).out
    assert (
        "8. KCC completes land sale to developer (steele-avenue/part-1) was moved to Oct 2022"
        in (told)
    )
    moved = {5: "2022-10", 6: "Oct 2022", 8: "Oct 2022", 9: "Nov 2022"}
    assert dates(officer, "--as-of 2022-07-01") == PUBLISHED | moved
    start = programme(officer, "--as-of 2022-07-01")[9]
    assert start["because"] == "Milestone 8 moved: Objections by the parish council"
    assert {line["baseline"] for line in programme(officer).values()} == {*PUBLISHED.values()}


def the_scheme_is_postponed(officer: Officer) -> None:
    """January 2023: every date of Part 1 goes grey, and its reason is told with it."""
    officer.does(
        f"hold {ONE} --because 'Postponed: financial challenges' --review-on 2023-07-20"
        " --on 2023-01-20"
    )
    held = programme(officer, "--as-of 2023-02-01")
    assert {held[no]["colour"] for no in (2, 3, 4, 5, 7, 8, 9, 10)} == {"grey"}
    assert held[8]["why"] == "The case is on hold: Postponed: financial challenges"
    review = [
        item for item in officer.does("agenda --as-of 2023-07-01 --json").json
        if item["matter"] == "review"
    ]  # fmt: skip
    assert [item["on"] for item in review] == ["2023-07-20"]


def consent_is_resolved(officer: Officer) -> None:
    """May 2024: the consent is met; what hangs on it stands too early until it is forecast anew."""
    officer.does(f"resume {ONE} --because 'The scheme is taken up again' --on 2024-05-16")
    officer.does(
        f"milestone forecast {ONE} 4 --when 2023 --because 'Application DA/23/00145/FUL of 2023'"
        " --on 2024-05-16"
    )
    officer.does(
        f"milestone forecast {ONE} 5 --when 'May 2024' --follow --on 2024-05-16"
        " --because 'Resolved to grant, 16 May 2024'"
    )
    officer.does(f"milestone meet {ONE} 5 --on 2024-05-16")
    now = programme(officer, "--as-of 2024-05-16")
    assert (now[5]["met"], now[5]["slip_months"]) == (True, 22)
    assert (now[8]["when"], now[9]["when"]) == ("May 2024", "Jun 2024")
    assert now[8]["why"] == "The receipt slips from 2022/23 to 2024/25."


def the_building_is_now_for_2027(officer: Officer) -> None:
    """December 2025: the borough council is to be the developer."""
    officer.does(
        f"milestone forecast {ONE} 10 --when 'before the end of 2027' --on 2025-12-04"
        " --because 'Dartford Borough Council agrees to be the developer'"
    )


def test_what_really_happened_is_recorded_step_by_step_over_an_untouched_baseline(
    officer: Officer,
) -> None:
    the_scheme_is_postponed(officer)
    consent_is_resolved(officer)
    the_building_is_now_for_2027(officer)

    today = programme(officer, "--as-of 2025-12-04")
    assert {no: line["baseline"] for no, line in today.items()} == PUBLISHED
    building = today[10]
    assert (building["when"], building["latest_on"]) == ("before the end of 2027", "2027-12-31")
    assert (building["slip_months"], building["colour"]) == (51, "red")
    assert building["why"] == "It is 51 months later than first set."
    assert building["because"] == "Dartford Borough Council agrees to be the developer"

    # Every earlier day still answers as it did.
    assert dates(officer, "--as-of 2021-12-01") == PUBLISHED
    assert dates(officer, "--as-of 2024-05-15") == PUBLISHED
    changed = officer.does(
        f"milestones {WHOLE} --changed-since 2025-01-01 --as-of 2025-12-04 --json"
    )
    assert [line["no"] for line in changed.json] == [10]
    acts = [entry["act"] for entry in officer.does(f"history {ONE} --json").json]
    assert acts[-6:] == [
        "hold", "resume", "milestone forecast", "milestone forecast", "milestone met",
        "milestone forecast",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"milestone link {ONE} 4 --after 9", "4 → 5 → 8 → 9 → 4"),
        (
            f"milestone forecast {ONE} 5 --when 'May 2022' --because Hope",
            "it comes after milestone 4, which allows 30 June 2022 at the earliest",
        ),
        (
            f"milestone add {ONE} --name 'practical completion' --when 2024",
            "has a milestone “Practical completion” already: 10",
        ),
    ],
)
def test_what_can_t_be_right_is_refused_by_name(officer: Officer, line: str, said: str) -> None:
    assert said in officer.is_refused(line)


@pytest.mark.parametrize(
    ("when", "said"),
    [("31 June 2022", "June 2022 has 30 days"), ("Jul 22", "it may be a day or a year")],
)
def test_what_is_no_date_is_wrong_usage(officer: Officer, when: str, said: str) -> None:
    answer = officer.line("milestone", "add", ONE, "--name", "Keys", "--when", when)
    assert answer.status == 2
    assert said in " ".join(answer.err.replace("│", " ").split())
    assert dates(officer) == PUBLISHED
