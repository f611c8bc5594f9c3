"""What hangs on what, for officers: what would move, how much room there is, what is doubtful."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from disposals.disclosure.programme import family_of
from disposals.errors import NotRecorded
from disposals.milestones import When, shown
from disposals.network import Key, floats, moved, too_early
from disposals.policy import Policy
from disposals.register import Register
from disposals.timetable import Entry, Timetable, timetable
from disposals.vocabulary import Mark
from disposals.words import counted, listed

_RECEIPT = {Mark.COMPLETION}


@dataclass(frozen=True, slots=True)
class Room:
    """How much room a milestone leaves before completion has to move; 0 days is critical."""

    reference: str
    no: int
    name: str
    days: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A milestone that moves with another, in words."""

    reference: str
    no: int
    name: str
    before: str
    after: str
    because: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would follow if milestones moved; nothing is recorded."""

    moves: tuple[Moved, ...]
    questions: tuple[str, ...]


def room(register: Register, ref: str) -> list[Room]:
    """How much room each milestone leaves before completion moves, the least first.

    Empty where no milestone is marked as completion.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        found = timetable(session, family_of(session, ref))
    told = []
    for target, entry in found.entries.items():
        if entry.milestone.mark in _RECEIPT and not entry.is_met and not entry.is_void:
            days = floats(found.nodes(), found.links, target)
            told += [
                Room(*key, found.entries[key].milestone.name, each) for key, each in days.items()
            ]
    return sorted(told, key=lambda each: (each.days, each.no))


def what_if(register: Register, ref: str, changes: Mapping[str, When]) -> Outcome:
    """What would follow if some milestones came about at other times; changes nothing.

    Args:
        changes: by number, or by what a milestone is marked as, such as “planning consent”.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotRecorded: it has no such milestone.
    """
    with register.read() as session:
        found = timetable(session, family_of(session, ref))
    moving = {_named(found, name, ref).key: when for name, when in changes.items()}
    return Outcome(tuple(moves_in_words(found, moving)), tuple(questions(found, moving)))


def doubts(register: Register, ref: str) -> list[str]:
    """What an experienced officer would ask of the dates of a case and its parts.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        return list(questions(timetable(session, family_of(session, ref))))


def moves_in_words(found: Timetable, changes: Mapping[Key, When]) -> list[Moved]:
    """What moves if some milestones do, each with what pushes it."""
    told = {key: (each.earliest, each.latest) for key, each in changes.items()}
    return [
        Moved(
            *move.key,
            found.entries[move.key].milestone.name,
            found.entries[move.key].now.as_written,
            shown(*move.after),
            f"it comes after milestone {move.because[1]}",
        )
        for move in moved(found.nodes(), found.links, told)
    ]


def questions(found: Timetable, changes: Mapping[Key, When] | None = None) -> Iterable[str]:
    """What an experienced officer would ask of the dates, as sentences."""
    dates = {
        key: (entry.now.earliest_on, entry.now.latest_on) for key, entry in found.entries.items()
    }
    dates |= {key: (each.earliest, each.latest) for key, each in (changes or {}).items()}
    marked = {
        entry.milestone.mark: key
        for key, entry in found.entries.items()
        if not entry.is_met and not entry.is_void
    }
    application = marked.get(Mark.PLANNING_APPLICATION)
    consent = marked.get(Mark.PLANNING_CONSENT)
    if application and consent:
        rule = Policy("england", dates[consent][1]).rule("planning.major")
        most = (dates[consent][1] - dates[application][0]).days
        if most < rule.number * 7:
            yield (
                f"Milestone {consent[1]} comes {counted(most, 'day')} at most after milestone "
                f"{application[1]}: is that enough to determine the application? {rule.source}."
            )
    for link, allowed in too_early(found.nodes(), found.links) if not changes else ():
        yield (
            f"Milestone {link.milestone[1]} stands before milestone {link.after[1]} and "
            f"{link.lag} allow: {shown(allowed, allowed)}."
        )


def _named(found: Timetable, name: str, ref: str) -> Entry:
    plain = name.strip().lower().replace("-", " ")
    for entry in found.entries.values():
        if plain in {str(entry.milestone.no), str(entry.milestone.mark)}:
            return entry
    known = [f"{entry.milestone.no}" for entry in found.entries.values()]
    raise NotRecorded(
        f"{ref} has no milestone “{name}”. It has {listed(known) if known else 'none'}; those that "
        f"are marked may be called so, such as {Mark.PLANNING_CONSENT}."
    )
