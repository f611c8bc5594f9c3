"""Milestones as an iCalendar file (RFC 5545), which every common calendar program imports."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar
from icalendar import Event as Entry

from disposals import __version__
from disposals.disclosure.calendar import Event
from disposals.errors import BadFact
from sites.whole import is_stream
from sites.writing import whole_file

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NINE_O_CLOCK = time(9, tzinfo=ZoneInfo("Europe/London"))


def write_calendar(
    path: Path, events: Iterable[Event], *, name: str, alarm_days: int | None = None
) -> int:
    """Write a calendar, whole or not at all; says how many entries it holds.

    The same events give the same bytes. An event without a single day lies over all its days and
    is tentative; nothing makes anyone busy.

    Args:
        alarm_days: remind so many days before the last day of what is still ahead, at nine in the
            morning, in summer and in winter.

    Raises:
        BadFact: the file's name does not end in .ics.
        CannotWrite: the file can't be written; what was there before stays.
    """
    if path.suffix.lower() != ".ics" and not is_stream(path):
        raise BadFact(f"“{path}” is no name for a calendar: it ends in .ics.")
    calendar = Calendar()
    for key, value in (
        ("prodid", f"-//Disposals//Disposals {__version__}//EN"), ("version", "2.0"),
        ("method", "PUBLISH"), ("x-wr-calname", _plain(name)),
    ):  # fmt: skip
        calendar.add(key, value)
    number = 0
    for number, event in enumerate(events, start=1):  # noqa: B007 (it is told at the end)
        calendar.add_component(_entry(event, alarm_days))
    made = calendar.to_ical()
    with whole_file(path) as file:
        file.write(made)
    return number


def _entry(event: Event, alarm_days: int | None) -> Entry:
    entry = Entry()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("summary", _plain(event.summary))
    entry.add("dtstart", event.starts)
    entry.add("dtend", event.ends + timedelta(days=1))  # the day after the last, 3.6.1
    entry.add("dtstamp", _moment(event))
    entry.add("last-modified", _moment(event))
    entry.add("status", event.certainty.upper())
    entry.add("transp", "TRANSPARENT")
    entry.add("class", "PUBLIC" if event.is_public else "CONFIDENTIAL")
    entry.add("categories", ["Disposals"])
    if event.description:
        entry.add("description", _plain(event.description))
    if alarm_days is not None and event.is_ahead:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _plain(event.summary))
        # A moment and no time from the start: Outlook takes “nine hours after midnight” for nine
        # hours before it (MS-OXCICAL 2.1.3.1.1.20.62), and others add it across a clock change.
        reminds = datetime.combine(event.ends - timedelta(days=alarm_days), _NINE_O_CLOCK)
        alarm.add("trigger", reminds.astimezone(UTC), parameters={"VALUE": "DATE-TIME"})
        entry.add_component(alarm)
    return entry


def _moment(event: Event) -> datetime:
    return event.changed_at.replace(microsecond=0)


def _plain(text: str) -> str:
    """Text without the characters that RFC 5545 keeps out of it."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
