"""A calendar file that two other programs read alike, and remind of at the same hour."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disposals.disclosure.calendar import Certainty, Event
from disposals.errors import BadFact
from disposals.exports.calendar import write_calendar
from tests.calendars import READERS, Read, by_icalendar, by_vobject, imported

EVENT = Event(
    uid="kent.mill-lane.1@disposals", sequence=0, summary="Mill Lane: Sale, £1m; “gone”",
    starts=date(2022, 7, 1), ends=date(2022, 7, 31), certainty=Certainty.TENTATIVE,
    description="when: Jul 2022\nsource: 6.2, 9.1", changed_at=datetime(2021, 9, 30, 9, tzinfo=UTC),
    is_public=True,
)  # fmt: skip


def reminders_by_icalendar(path: Path) -> list[datetime]:
    calendar: Any = icalendar.Calendar.from_ical(path.read_bytes())
    return [alarm["TRIGGER"].dt for alarm in calendar.walk("VALARM")]


def reminders_by_vobject(path: Path) -> list[datetime]:
    calendar = vobject.readOne(path.read_bytes().decode())
    return [
        alarm.trigger.value
        for event in calendar.contents["vevent"]
        for alarm in event.contents.get("valarm", [])
    ]


REMINDERS = (reminders_by_icalendar, reminders_by_vobject)


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


@pytest.mark.parametrize("remind", REMINDERS)
@pytest.mark.parametrize(
    ("ends", "utc"),
    [
        (date(2022, 1, 19), (2022, 1, 16, 9)),  # winter: Greenwich
        (date(2022, 7, 31), (2022, 7, 28, 8)),  # summer
        (date(2022, 3, 29), (2022, 3, 26, 9)),  # the clocks go forward between the two
        (date(2022, 3, 30), (2022, 3, 27, 8)),  # ... and on the day of the reminder
        (date(2022, 11, 1), (2022, 10, 29, 8)),  # ... and back
        (date(2022, 11, 2), (2022, 10, 30, 9)),
    ],
)
def test_a_reminder_comes_at_nine_in_the_morning_whatever_the_clocks_do(
    tmp_path: Path,
    remind: Callable[[Path], list[datetime]],
    ends: date,
    utc: tuple[int, int, int, int],
) -> None:
    event = replace(EVENT, starts=ends.replace(day=1), ends=ends)
    (reminded,) = remind(written(tmp_path, event, alarm_days=3))
    assert reminded == datetime(*utc, tzinfo=UTC)
    assert reminded.astimezone(ZoneInfo("Europe/London")).hour == 9
    assert b"TRIGGER;VALUE=DATE-TIME:" in (tmp_path / "out.ics").read_bytes()


def test_what_has_come_about_or_was_cancelled_reminds_nobody(tmp_path: Path) -> None:
    over = replace(EVENT, is_ahead=False)
    assert b"VALARM" not in written(tmp_path, over, alarm_days=3).read_bytes()
    assert b"VALARM" not in written(tmp_path, EVENT).read_bytes()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1))
def test_any_words_come_back(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, replace(EVENT, summary=f"x{text}x"))
    assert by_icalendar(path)[EVENT.uid]["summary"] == f"x{text}x"


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFact, match=r"it ends in \.ics"):
        write_calendar(tmp_path / "out.txt", [EVENT], name="x")
    assert list(tmp_path.iterdir()) == []
