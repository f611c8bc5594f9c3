"""A calendar that two other programs read alike, and that another import only updates."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disposals.disclosure.calendar import Certainty, Event
from disposals.errors import BadFact
from disposals.exports.calendar import write_calendar
from tests.conftest import Said

Line = Callable[..., Said]
EVENT = Event(
    uid="kent.mill-lane.1@disposals", sequence=0, summary="Mill Lane: Sale, £1m; “gone”",
    starts=date(2022, 7, 1), ends=date(2022, 7, 31), certainty=Certainty.TENTATIVE,
    description="when: Jul 2022\nsource: 6.2, 9.1", changed_at=datetime(2021, 9, 30, 9, tzinfo=UTC),
    is_public=True,
)  # fmt: skip
Read = dict[str, dict[str, Any]]


def by_icalendar(path: Path) -> Read:
    calendar: Any = icalendar.Calendar.from_ical(path.read_bytes())
    return {
        str(event["UID"]): {
            "sequence": int(event["SEQUENCE"]), "summary": str(event["SUMMARY"]),
            "starts": event["DTSTART"].dt, "ends": event["DTEND"].dt,
            "status": str(event["STATUS"]), "description": str(event.get("DESCRIPTION", "")),
        }
        for event in calendar.walk("VEVENT")
    }  # fmt: skip


def by_vobject(path: Path) -> Read:
    calendar = vobject.readOne(path.read_bytes().decode())
    return {
        event.uid.value: {
            "sequence": int(event.sequence.value), "summary": event.summary.value,
            "starts": event.dtstart.value, "ends": event.dtend.value,
            "status": event.status.value,
            "description": event.description.value if "description" in event.contents else "",
        }
        for event in calendar.contents.get("vevent", [])
    }  # fmt: skip


READERS = (by_icalendar, by_vobject)


def imported(held: Read, file: Read) -> Read:
    """What a calendar program holds after an import: the higher sequence of each name stands."""
    newer = {
        uid: event
        for uid, event in file.items()
        if uid not in held or event["sequence"] >= held[uid]["sequence"]
    }
    return held | newer


def written(tmp_path: Path, *events: Event, **asked: Any) -> Path:
    path = tmp_path / "out.ics"
    assert write_calendar(path, events, name="Disposals", **asked) == len(events)
    return path


@pytest.mark.parametrize("read", READERS)
def test_two_programs_read_the_same_days_and_words(
    tmp_path: Path, read: Callable[[Path], Read]
) -> None:
    told = read(written(tmp_path, EVENT))[EVENT.uid]
    assert (told["starts"], told["ends"]) == (date(2022, 7, 1), date(2022, 8, 1))
    assert told["summary"] == EVENT.summary
    assert told["description"] == EVENT.description
    assert told["status"] == "TENTATIVE"


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("on", [date(2022, 3, 27), date(2022, 10, 30), date(2024, 2, 29)])
def test_a_day_on_which_the_clocks_change_stays_that_one_day(
    tmp_path: Path, read: Callable[[Path], Read], on: date
) -> None:
    told = read(written(tmp_path, replace(EVENT, starts=on, ends=on)))[EVENT.uid]
    assert (told["starts"], told["ends"]) == (on, on + timedelta(days=1))
    assert not isinstance(told["starts"], datetime)


@pytest.mark.parametrize("read", READERS)
def test_another_import_updates_and_cancels_and_never_doubles(
    tmp_path: Path, read: Callable[[Path], Read]
) -> None:
    other = replace(EVENT, uid="kent.mill-lane.2@disposals")
    held = imported({}, read(written(tmp_path, EVENT, other)))
    slipped = replace(EVENT, sequence=1, starts=date(2022, 10, 1), ends=date(2022, 10, 31))
    void = replace(other, sequence=1, certainty=Certainty.CANCELLED)
    held = imported(held, read(written(tmp_path, slipped, void)))
    assert len(held) == 2
    assert held[EVENT.uid]["starts"] == date(2022, 10, 1)
    assert held[other.uid]["status"] == "CANCELLED"
    again = imported(held, read(written(tmp_path, slipped, void)))
    assert again == held


def test_the_file_is_as_the_standard_wants_it(tmp_path: Path) -> None:
    long = replace(EVENT, summary="Né à Faversham: £" * 30)
    content = written(tmp_path, long).read_bytes()
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    for line in (b"VERSION:2.0", b"METHOD:PUBLISH", b"TRANSP:TRANSPARENT", b"CLASS:PUBLIC",
                 b"DTSTART;VALUE=DATE:20220701", b"DTSTAMP:20210930T090000Z"):  # fmt: skip
        assert line in content
    assert by_vobject(tmp_path / "out.ics")[EVENT.uid]["summary"] == long.summary


def test_the_same_events_give_the_same_bytes(tmp_path: Path) -> None:
    assert written(tmp_path, EVENT).read_bytes() == written(tmp_path, EVENT).read_bytes()


def test_a_reminder_comes_before_the_last_day_at_nine(tmp_path: Path) -> None:
    content = written(tmp_path, EVENT, alarm_days=3).read_bytes()
    calendar: Any = icalendar.Calendar.from_ical(content)
    (alarm,) = calendar.walk("VALARM")
    reminded = datetime(2022, 7, 1) + alarm["TRIGGER"].dt  # noqa: DTZ001 (an all-day event)
    assert reminded == datetime(2022, 7, 28, 9)  # noqa: DTZ001
    cancelled = replace(EVENT, certainty=Certainty.CANCELLED)
    assert b"VALARM" not in written(tmp_path, cancelled, alarm_days=3).read_bytes()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1))
def test_any_words_come_back(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, replace(EVENT, summary=f"x{text}x"))
    assert by_icalendar(path)[EVENT.uid]["summary"] == f"x{text}x"


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFact, match=r"it ends in \.ics"):
        write_calendar(tmp_path / "out.txt", [EVENT], name="x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("kent")
def test_a_slip_and_a_failed_condition_raise_the_number_of_the_entry(
    disposals: Line, tmp_path: Path
) -> None:
    out = tmp_path / "out.ics"

    def exported() -> Read:
        said = disposals("export", "calendar", "steele-avenue", "-o", str(out))
        assert said.status == 0, said.err
        return by_icalendar(out)

    fifth, sixth = (f"kent.steele-avenue.part-{no}@disposals" for no in ("1.5", "2.6"))
    before = exported()
    assert len(before) == 10
    assert before[fifth]["sequence"] == 0
    disposals(
        "milestone", "forecast", "steele-avenue/part-1", "5", "--when", "Oct 2022", "--because",
        "Objections", "--follow",
    )  # fmt: skip
    disposals(
        "milestone", "condition", "steele-avenue/part-2", "--outcome", "failed", "--because", "x",
        "--title", "Outline planning consent for residential development on the Part 2 site",
    )  # fmt: skip
    after = imported(before, exported())
    assert len(after) == 10
    assert (after[fifth]["sequence"], after[fifth]["starts"]) == (1, date(2022, 10, 1))
    assert (after[sixth]["sequence"], after[sixth]["status"]) == (2, "CANCELLED")
    assert not re.search(r"Objections", out.read_text(encoding="utf-8"))  # a reason is exempt
