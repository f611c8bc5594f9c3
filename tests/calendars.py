"""Calendar files as two other programs read them, and what another import does to them."""

from pathlib import Path
from typing import Any

import icalendar
import vobject

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
    """What a calendar program holds after an import: of each name, the higher sequence.

    One that says something new under the same number, or under a lower one, is not taken up.
    """
    newer = {
        uid: event
        for uid, event in file.items()
        if uid not in held or event["sequence"] > held[uid]["sequence"]
    }
    return held | newer
