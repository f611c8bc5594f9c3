"""The programme of Steele Avenue: what hangs on what, what slips, and why."""

from collections.abc import Callable

import pytest

from tests.conftest import Said

Line = Callable[..., Said]
ONE, TWO, WHOLE = "steele-avenue/part-1", "steele-avenue/part-2", "steele-avenue"
CONDITION = "Outline planning consent for residential development on the Part 2 site"
pytestmark = pytest.mark.usefixtures("kent")


def dates(disposals: Line, *rest: str) -> dict[int, str]:
    lines = disposals("milestones", WHOLE, "--json", *rest).json
    return {line["no"]: line["when"] for line in lines}


PUBLISHED = {
    1: "Nov/Dec 2021", 2: "Feb 2022", 3: "Apr 2022", 4: "Jun 2022", 5: "Jul 2022", 6: "Jul 2022",
    7: "Jul 2022", 8: "Jul 2022", 9: "Aug 2022", 10: "Sep 2023",
}  # fmt: skip


def test_the_ten_milestones_give_back_the_published_dates(disposals: Line) -> None:
    assert dates(disposals) == PUBLISHED


def test_a_consent_a_month_after_its_application_is_questioned(disposals: Line) -> None:
    said = disposals("milestones", WHOLE)
    assert "? Milestone 5 comes 60 days at most after milestone 4" in said.out
    assert "13 weeks for a major application" in said.out
    later = disposals("milestones", WHOLE, "--if", "planning-consent=Oct 2022", "--json").json
    assert later["questions"] == []


def test_what_if_says_what_would_move_and_changes_nothing(disposals: Line) -> None:
    told = disposals("milestones", WHOLE, "--if", "planning-consent=2022-10", "--json").json
    assert [(move["no"], move["before"], move["after"]) for move in told["moves"]] == [
        (6, "Jul 2022", "Oct 2022"), (8, "Jul 2022", "Oct 2022"), (9, "Aug 2022", "Nov 2022"),
    ]  # fmt: skip
    assert told["moves"][2]["because"] == "it comes after milestone 8"
    assert dates(disposals) == PUBLISHED
    part = disposals("milestones", ONE, "--if", "planning-consent=2022-10", "--json").json
    assert part == told  # the other part is told too, whichever is named
    late = disposals("milestones", WHOLE, "--if", "8=Apr 2023").out
    assert "? The receipt of steele-avenue/part-1 would move from 2022/23 to 2023/24." in late
    refused = disposals("milestones", WHOLE, "--if", "exchange=2022-10")
    assert refused.status == 1
    assert "has no milestone “exchange”" in refused.err
    assert disposals("milestones", WHOLE, "--if", "5").status == 2
    assert disposals("milestones", "--room").status == 2


def test_a_forecast_that_stands_for_its_reason_is_not_recorded_again(disposals: Line) -> None:
    line = ("milestone", "forecast", ONE, "5", "--when", "Oct 2022", "--because", "Consent is late")
    assert disposals(*line).status == 0
    said = disposals(*line)
    assert said.status == 1
    assert "already, for that very reason" in said.err
    assert "`--follow`" in said.err
    assert "was moved to Nov 2022" in disposals(*line, "--follow").out
    assert disposals(*line, "--follow").status == 1
    told = disposals("milestone", "show", ONE, "5", "--json").json
    assert [each["when"] for each in told["dates"]] == ["Jul 2022", "Oct 2022"]
    assert disposals(*line[:-1], "Consent is later still").status == 0


def test_a_slip_is_told_and_with_follow_moves_what_hangs_on_it_and_nothing_else(
    disposals: Line,
) -> None:
    line = ("milestone", "forecast", ONE, "5", "--when", "Oct 2022", "--because", "Objections")
    told = disposals(*line)
    assert "8. KCC completes land sale to developer (steele-avenue/part-1) stands too early" in (
        told.out
    )
    assert "repeat with --follow" in told.out
    assert dates(disposals) == PUBLISHED | {5: "Oct 2022"}
    said = disposals("milestones", WHOLE)
    assert (
        "? Milestone 8 stands before milestone 5, which allows 31 October 2022 at the" in said.out
    )

    assert "was moved to Nov 2022" in disposals(*line, "--follow").out
    moved = {5: "Oct 2022", 6: "Oct 2022", 8: "Oct 2022", 9: "Nov 2022"}
    assert dates(disposals) == PUBLISHED | moved
    lines = {each["no"]: each for each in disposals("milestones", WHOLE, "--json").json}
    assert lines[8]["baseline"] == "Jul 2022"
    assert lines[8]["slip_months"] == 3
    assert lines[8]["because"] == "Milestone 5 moved: Objections"
    assert (lines[8]["colour"], lines[8]["why"]) == (
        "amber",
        "It is 3 months later than first set.",
    )
    for ref in (ONE, TWO):
        assert disposals("history", ref, "--json").json[-1]["act"] == "milestone forecast"


def test_a_milestone_shows_every_date_it_ever_had_and_what_hangs_on_it(disposals: Line) -> None:
    for when, why in (("Oct 2022", "Objections"), ("Dec 2022", "Appeal")):
        disposals("milestone", "forecast", ONE, "5", "--when", when, "--because", why)
    page = disposals("milestone", "show", ONE, "5", "--json").json
    assert [(each["kind"], each["when"], each["because"]) for each in page["dates"]] == [
        ("baseline", "Jul 2022", None),
        ("forecast", "Oct 2022", "Objections"),
        ("forecast", "Dec 2022", "Appeal"),
    ]
    assert [each["slip_months"] for each in page["dates"]] == [0, 3, 5]
    assert [each["no"] for each in page["comes_after"]] == [4]
    assert sorted(each["no"] for each in page["followed_by"]) == [6, 8]
    said = disposals("milestone", "show", WHOLE, "9").out
    assert "It comes after 8. KCC completes land sale to developer" in said
    assert f"It hangs on: {CONDITION} (open)." in disposals("milestone", "show", TWO, "6").out
    refused = disposals("milestone", "show", ONE, "19")
    assert refused.status == 1
    assert "has no milestone 19. It has 1, 2, 3" in refused.err
    assert (
        "has no milestone 1. It has none."
        in disposals("milestone", "show", "sandling-road", "1").err
    )


def test_a_milestone_is_not_forecast_before_what_it_comes_after(disposals: Line) -> None:
    refused = disposals(
        "milestone", "forecast", ONE, "5", "--when", "May 2022", "--because", "Hope"
    )
    assert refused.status == 1
    assert "it comes after milestone 4, which allows 30 June 2022 at the earliest" in refused.err
    assert dates(disposals) == PUBLISHED


def test_the_room_before_completion_moves(disposals: Line) -> None:
    told = disposals("milestones", WHOLE, "--room", "--json").json
    assert [(each["no"], each["days"]) for each in told] == [(5, 0), (7, 0), (8, 0), (4, 31)]
    assert told[0]["path"] == [5, 8]
    said = disposals("milestones", WHOLE, "--room").out
    assert "To “KCC completes land sale to developer”, critical path 5 → 8:" in said
    assert "(assume no objections / appeal) (steele-avenue/part-1): critical." in said
    assert "District Valuer (steele-avenue/part-1): critical, on another chain." in said
    assert "4. Planning Application" in said
    assert "31 days of room." in said
    to_start = disposals("milestones", WHOLE, "--room", "--to", "9", "--json").json
    assert (to_start[0]["path"], to_start[0]["no"]) == ([5, 8, 9], 5)
    assert "has no milestone “19”" in disposals("milestones", WHOLE, "--room", "--to", "19").err
    assert disposals("milestones", WHOLE, "--to", "9").status == 2


def test_a_new_milestone_is_told_with_its_number(disposals: Line) -> None:
    said = disposals("milestone", "add", ONE, "--name", "Fence up", "--when", "Jul 2022")
    assert f"{ONE}: milestone 11, “Fence up”, Jul 2022, recorded" in said.out
    again = ("milestone", "add", ONE, "--name", "Gate up", "--when", "Jul 2022", "--json")
    assert disposals(*again).json["no"] == 12


def test_the_screen_holds_a_first_page_and_says_that_there_is_more(disposals: Line) -> None:
    late = ("milestones", "--overdue", "--as-of", "2023-09-01")
    every = disposals(*late, "--json").json
    assert len(every) > 2
    assert "there are more" not in disposals(*late).out  # fewer than a page
    first = disposals(*late, "--limit", "2").out
    assert "These are the first 2 by date, and there are more: --limit N or --all." in first
    assert disposals(*late, "--limit", "2", "--json").json == every[:2]
    assert disposals(*late, "--all", "--limit", "2").status == 2


def test_a_loop_and_a_link_to_nothing_are_refused_by_number(disposals: Line) -> None:
    loop = disposals("milestone", "link", ONE, "4", "--after", "9")
    assert loop.status == 1
    assert "A milestone would come after itself: 4 → 5 → 8 → 9 → 4" in loop.err
    assert (
        "has no milestone 19 to link"
        in disposals("milestone", "link", ONE, "4", "--after", "19").err
    )
    assert (
        "has no milestone 6 to link" in disposals("milestone", "link", ONE, "6", "--after", "4").err
    )  # it is Part 2's own
    assert disposals("milestone", "link", ONE, "9", "--after", "8", "--lag", "a bit").status == 2


def test_a_link_is_given_another_lag_and_is_undone(disposals: Line) -> None:
    ask = ("milestones", WHOLE, "--if", "8=Oct 2022", "--json")
    disposals("milestone", "link", ONE, "9", "--after", "8", "--lag", "3 months")
    assert disposals(*ask).json["moves"][0]["after"] == "Jan 2023"
    disposals("milestone", "unlink", ONE, "9", "--after", "8")
    assert disposals(*ask).json["moves"] == []
    refused = disposals("milestone", "unlink", ONE, "9", "--after", "8")
    assert "Milestone 9 of steele-avenue/part-1 is not linked to milestone 8." in refused.err


def test_a_condition_that_fails_voids_what_hangs_on_it_and_one_that_is_met_opens_it(
    disposals: Line,
) -> None:
    def sixth() -> dict[str, object]:
        (line,) = disposals("milestones", TWO, "--json").json
        return dict(line)

    assert sixth()["hangs_on"] == CONDITION
    decide = ("milestone", "condition", TWO, "--title", CONDITION)
    disposals(*decide, "--outcome", "failed", "--because", "Refused by the council")
    assert (sixth()["is_void"], sixth()["why"]) == (True, "Void: what it hangs on failed.")
    disposals(*decide, "--outcome", "met", "--because", "Allowed on appeal")
    assert (sixth()["is_void"], sixth()["hangs_on"]) == (False, None)
    refused = disposals(
        "milestone", "condition", TWO, "--title", "Rain", "--outcome", "met", "--because", "x"
    )
    assert f"There are: {CONDITION}." in refused.err


def test_two_milestones_of_one_name_or_for_one_thing_are_refused(disposals: Line) -> None:
    add = ("milestone", "add", ONE, "--when", "Jul 2022", "--name")
    assert (
        "has a milestone “Practical completion” already: 10"
        in disposals(*add, "practical Completion").err
    )
    assert (
        "Milestone 8 of steele-avenue/part-1 stands for completion already"
        in disposals(*add, "Money in", "--mark", "completion").err
    )
    assert disposals(*add, "Keys handed over").status == 0


def test_a_milestone_that_evidence_meets_is_met_by_it_and_by_nothing_else(disposals: Line) -> None:
    add = ("milestone", "add", ONE, "--when", "Oct 2021", "--name")
    assert disposals(*add, "Terms agreed", "--met-by", "terms.agreed").status == 0
    assert disposals(*add, "To heads of terms", "--met-by", "Heads of terms").status == 0
    refused = disposals(*add, "Nonsense", "--met-by", "terms.agred")
    assert "neither a gate" in refused.err
    refused = disposals("milestone", "meet", ONE, "11")
    assert "Milestone 11 is met by the evidence: terms.agreed. Nobody ticks it" in refused.err

    def state(no: int) -> tuple[bool, str]:
        lines = {
            each["no"]: each
            for each in disposals("milestones", ONE, "--json", "--as-of", "2021-10-20").json
        }
        return lines[no]["met"], lines[no]["when"]

    disposals("advance", ONE, "--on", "2021-10-04")
    assert state(12) == (True, "4 October 2021")
    terms = ("terms", "add", ONE, "--buyer", "Bidder B", "--price", "1275000")
    disposals(*terms, "--on", "2021-10-05")
    assert state(11) == (False, "Oct 2021")
    disposals("terms", "agree", ONE, "--version", "1", "--on", "2021-10-06")
    assert state(11) == (True, "6 October 2021")
    disposals(*terms, "--on", "2021-10-11")  # a new version, which nobody has agreed
    assert state(11) == (False, "Oct 2021")


STORY = (
    ("4", "Feb 2023", "The scheme was put off in January 2023: financial challenges"),
    ("5", "May 2024", "Resolved to grant, 16 May 2024"),
    ("10", "by the end of 2027", "Dartford Borough Council becomes developer"),
)


def test_what_really_happened_leaves_the_baseline_and_states_the_slip_in_months(
    disposals: Line,
) -> None:
    disposals("hold", ONE, "--because", "Postponed: financial challenges", "--on", "2023-01-20")
    assert disposals("milestones", ONE, "--as-of", "2023-02-01", "--json").json[0]["colour"] == (
        "grey"
    )
    disposals("resume", ONE, "--on", "2024-05-16")
    for no, when, why in STORY:
        said = disposals(
            "milestone", "forecast", ONE, no, "--when", when, "--because", why, "--follow",
            "--on", "2025-12-04",
        )  # fmt: skip
        assert said.status == 0, said.err
    lines = {
        each["no"]: each
        for each in disposals("milestones", ONE, "--as-of", "2025-12-05", "--json").json
    }
    assert (lines[10]["baseline"], lines[10]["when"]) == ("Sep 2023", "by the end of 2027")
    assert lines[10]["slip_months"] == 51
    assert lines[5]["slip_months"] == 22
    assert lines[8]["when"] == "May 2024"
    assert lines[8]["colour"] == "red"
    then = {
        each["no"]: each["when"]
        for each in disposals("milestones", ONE, "--as-of", "2021-12-01", "--json").json
    }
    assert then[10] == "Sep 2023"


def test_only_what_is_asked_for_is_shown_and_a_daily_job_is_told_by_the_status(
    disposals: Line,
) -> None:
    def numbers(*rest: str) -> list[int]:
        return [line["no"] for line in disposals("milestones", *rest, "--json").json]

    assert numbers(WHOLE, "--overdue", "--as-of", "2022-07-31") == [1, 2, 3, 4]
    assert numbers(WHOLE, "--overdue", "--as-of", "2022-08-01") == [1, 2, 3, 4, 5, 6, 7, 8]
    assert numbers(WHOLE, "--due", "31d", "--as-of", "2022-07-01") == [5, 6, 7, 8]
    assert numbers(WHOLE, "--limit", "2") == [1, 2]
    assert numbers("--officer", "Disposals Surveyor", "--stage", "options appraisal") == [6]
    disposals(
        "milestone", "forecast", ONE, "9", "--when", "Oct 2022", "--because", "Weather",
        "--on", "2021-11-01",
    )  # fmt: skip
    assert numbers("--changed-since", "2021-10-30", "--as-of", "2021-11-02") == [9]
    check = ("milestones", WHOLE, "--overdue", "--check", "--as-of")
    assert disposals(*check, "2021-12-31").status == 0
    assert disposals(*check, "2022-01-01").status == 1
    assert "There is no stage “sold”" in disposals("milestones", "--stage", "sold").err
    assert disposals("milestones", "--due", "soon").status == 2


def test_the_agenda_names_what_presses_first(disposals: Line) -> None:
    said = disposals("agenda", "--as-of", "2022-08-01")
    assert "things to see to, 1 August 2022 (exempt)" in said.out
    items = disposals("agenda", "--as-of", "2022-08-01", "--json").json
    assert items[0]["matter"] == "overdue"
    assert items[0]["reference"] == WHOLE
    assert {"overdue", "due", "blocked", "stands still"} <= {item["matter"] for item in items}
    assert disposals("agenda", "--officer", "Nobody").status == 1
