"""Whatever happens to a case, its calendar is imported again and stands as the register does."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.calendars import READERS, Read, by_icalendar, imported
from tests.conftest import Said

Line = Callable[..., Said]
ONE, TWO, WHOLE = "steele-avenue/part-1", "steele-avenue/part-2", "steele-avenue"
CONDITION = "Outline planning consent for residential development on the Part 2 site"
COMMITTEE = "Policy and Resources Cabinet Committee"
pytestmark = pytest.mark.usefixtures("kent")


def uid(no: str) -> str:
    return f"kent.steele-avenue.{no}@disposals"


@pytest.fixture
def exported(disposals: Line, tmp_path: Path) -> Callable[..., Path]:
    def export(*asked: str) -> Path:
        out = tmp_path / "out.ics"
        said = disposals("export", "calendar", *asked, "-o", str(out))
        assert said.status == 0, said.err
        return out

    return export


ACTS: list[tuple[tuple[str, ...], str, str, int]] = [
    (("milestone", "forecast", ONE, "5", "--when", "Oct 2022", "--because", "x", "--follow"),
     "part-1.5", "TENTATIVE", 4),
    (("milestone", "forecast", ONE, "5", "--when", "14 October 2022", "--because", "x",
      "--follow"), "part-1.5", "CONFIRMED", 4),
    (("milestone", "meet", WHOLE, "1"), "1", "CONFIRMED", 1),
    (("milestone", "condition", TWO, "--outcome", "failed", "--because", "x", "--title",
      CONDITION), "part-2.6", "CANCELLED", 1),
    (("milestone", "link", TWO, "6", "--after", "7"), "part-2.6", "TENTATIVE", 1),
    (("withdraw", TWO, "--because", "no planning consent"), "part-2.6", "CANCELLED", 1),
]  # fmt: skip


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(("act", "no", "status", "changed"), ACTS, ids=lambda each: str(each)[:50])
def test_another_import_after_an_act_holds_what_the_register_holds(
    disposals: Line,
    exported: Callable[..., Path],
    read: Callable[[Path], Read],
    act: tuple[str, ...],
    no: str,
    status: str,
    changed: int,
) -> None:
    before = read(exported(WHOLE))
    assert disposals(*act).status == 0
    file = read(exported(WHOLE))
    assert imported(before, file) == file
    assert file[uid(no)]["status"] == status
    newer = {each for each in file if file[each]["sequence"] > before[each]["sequence"]}
    assert uid(no) in newer
    assert len(newer) == changed
    assert imported(file, read(exported(WHOLE))) == file


def test_what_a_failed_condition_voids_is_live_again_when_its_link_is_undone(
    disposals: Line, exported: Callable[..., Path]
) -> None:
    disposals("milestone", "link", ONE, "9", "--after", "6")
    held = by_icalendar(exported(WHOLE))
    for act, status in (
        (("milestone", "condition", TWO, "--outcome", "failed", "--because", "x", "--title",
          CONDITION), "CANCELLED"),
        (("milestone", "unlink", ONE, "9", "--after", "6"), "TENTATIVE"),
    ):  # fmt: skip
        assert disposals(*act).status == 0
        file = by_icalendar(exported(WHOLE))
        assert file[uid("part-1.9")]["status"] == status
        held = imported(held, file)
        assert held == file


def test_a_part_alone_knows_what_the_other_part_voids(
    disposals: Line, exported: Callable[..., Path]
) -> None:
    disposals("milestone", "link", ONE, "9", "--after", "6")
    disposals(
        "milestone", "condition", TWO, "--outcome", "failed", "--because", "x", "--title", CONDITION
    )
    file = by_icalendar(exported(ONE))
    assert uid("part-2.6") not in file
    assert file[uid("part-1.9")]["status"] == "CANCELLED"
    lines = {line["no"]: line for line in disposals("milestones", ONE, "--json").json}
    assert lines[9]["is_void"]


def test_a_withdrawn_case_keeps_what_was_met_and_the_other_part(
    disposals: Line, exported: Callable[..., Path]
) -> None:
    disposals("milestone", "meet", ONE, "2", "--on", "2021-10-04")
    disposals("withdraw", ONE, "--because", "The CCG has no funds", "--on", "2021-10-05")
    file = by_icalendar(exported(WHOLE))
    assert file[uid("part-1.2")]["status"] == "CONFIRMED"
    assert file[uid("part-1.3")]["status"] == "CANCELLED"
    assert file[uid("part-2.6")]["status"] == "TENTATIVE"
    assert "funds" not in exported(WHOLE).read_text(encoding="utf-8")


def test_a_committee_sees_the_days_on_which_it_considers_decisions(
    disposals: Line, exported: Callable[..., Path]
) -> None:
    held = by_icalendar(exported("--committee", "policy and resources"))
    days = {told["starts"] for uid, told in held.items() if "decision" in uid}
    assert days == {date(2021, 9, 22), date(2021, 11, 9)}
    name = uid("decision.21-00100.considered")
    assert held[name]["summary"] == (
        f"{COMMITTEE}: decision 21/00100, Land south of Steele Avenue, Greenhithe"
    )
    entry = disposals("decision", "list", WHOLE, "--json").json[0]["entry"]
    moved = disposals("decision", "edit", WHOLE, entry, "--set", "considered-on=2022-01-19",
                      "--because", "moved to January")  # fmt: skip
    assert moved.status == 0, moved.err
    file = by_icalendar(exported("--committee", COMMITTEE))
    assert imported(held, file) == file
    assert (file[name]["starts"], file[name]["sequence"]) == (date(2022, 1, 19), 1)
    assert name in by_icalendar(exported(WHOLE))


def test_an_officer_and_a_committee_that_nobody_knows_are_refused(
    disposals: Line, tmp_path: Path
) -> None:
    out = tmp_path / "out.ics"
    line = ("export", "calendar", "-o", str(out))
    said = disposals(*line, "--officer", "Surveyor", "--audience", "officer")
    assert said.status == 1
    assert "hands of “Surveyor”. There are: Disposals Surveyor." in said.err
    assert "There are" not in disposals(*line, "--officer", "Surveyor").err
    said = disposals(*line, "--committee", "Planning")
    assert said.status == 1
    assert f"No committee is called “Planning”. There are: {COMMITTEE}." in said.err
    assert not out.exists()


def test_a_meeting_keeps_its_entry_when_it_is_moved_or_cancelled(
    disposals: Line, exported: Callable[..., Path]
) -> None:
    held = by_icalendar(exported("--committee", COMMITTEE))
    march = held["kent.meeting.3@disposals"]
    assert (march["starts"], march["status"]) == (date(2022, 3, 23), "TENTATIVE")
    on = ("--on", "2021-10-07")
    disposals("meeting", "item", "3", "Disposal of Wayfarers Care Home", *on)
    disposals("meeting", "move", "3", "--to", "2022-03-30", "--because", "Purdah", *on)
    disposals("meeting", "cancel", "4", "--because", "No business", *on)
    file = by_icalendar(exported("--committee", COMMITTEE, "--as-of", "2021-10-07"))
    assert imported(held, file) == file
    moved, cancelled = (file[f"kent.meeting.{no}@disposals"] for no in (3, 4))
    assert (moved["starts"], moved["status"]) == (date(2022, 3, 30), "CONFIRMED")
    assert moved["sequence"] == 2, "an item was put down, and the day was moved"
    assert cancelled["status"] == "CANCELLED"
    assert "kent.meeting.3@disposals" not in by_icalendar(exported(WHOLE))


def test_the_work_programme_is_a_calendar_too(
    disposals: Line, exported: Callable[..., Path], tmp_path: Path
) -> None:
    out = tmp_path / "programme.ics"
    assert disposals("programme", "-o", str(out)).status == 0
    assert by_icalendar(out) == by_icalendar(exported("--committee", COMMITTEE))
    assert disposals("programme", "--forthcoming", "-o", str(out)).status == 2


def test_officers_read_the_reason_of_a_slip_and_the_public_does_not(
    disposals: Line, exported: Callable[..., Path]
) -> None:
    disposals("milestone", "forecast", ONE, "5", "--when", "Oct 2022", "--because", "Objections",
              "--follow")  # fmt: skip
    assert "Objections" not in exported(WHOLE).read_text(encoding="utf-8")
    assert "Objections" in exported(WHOLE, "--audience", "officer").read_text(encoding="utf-8")
