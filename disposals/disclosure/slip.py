"""What hangs on what, for officers: what would move, how much room there is, what is doubtful."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from disposals.deadlines.fixed_days import FixedDay, called
from disposals.disclosure.fixed_days import fixed_days
from disposals.errors import NotAllowed, NotRecorded
from disposals.finding import find_case, parts_of
from disposals.milestones import When, shown
from disposals.network import Key, Link, critical_path, floats, moved, too_early
from disposals.policy import Policy
from disposals.rag import financial_year
from disposals.records.cases import Disposal
from disposals.register import Register
from disposals.timetable import Entry, Timetable, timetable, whole_of
from disposals.vocabulary import Mark
from disposals.words import counted, day, listed


@dataclass(frozen=True, slots=True)
class Room:
    """How much room a milestone leaves before another has to move; 0 days is critical.

    Attributes:
        target: the other one, in words.
        path: the numbers of a chain without room, at its end the target.
    """

    reference: str
    no: int
    name: str
    days: int
    target: str
    path: tuple[int, ...]


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


def room(register: Register, ref: str, *, to: str | None = None) -> list[Room]:
    """How much room each milestone leaves before a target moves, the least first.

    Args:
        to: the target by its number or mark; without it each completion, with which the receipt
            comes. Empty where none is marked so and still ahead.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotRecorded: it has no such milestone.
    """
    with register.read() as session:
        found = timetable(session, [case.ref for case in _family(session, ref)])
    if to is not None:
        targets = [_named(found, to, ref)]
    else:
        targets = [each for each in found.entries.values() if _is_receipt(each)]
    told = []
    for target in targets:
        if target.is_met or target.is_void:
            continue
        chain = critical_path(found.nodes(), found.links, target.key)
        path = tuple(no for _, no in chain)
        for key, days in floats(found.nodes(), found.links, target.key).items():
            name = found.entries[key].milestone.name
            told.append(Room(*key, name, days, target.milestone.name, path))
    return sorted(told, key=lambda each: (each.days, each.no))


def critical_in(found: Timetable) -> set[Key]:
    """The milestones that leave the completion of their case no room."""
    keys: dict[str, list[Key]] = {}
    for key in found.entries:
        keys.setdefault(whole_of(key[0]), []).append(key)
    links: dict[str, list[Link]] = {}
    for link in found.links:
        links.setdefault(whole_of(link.milestone[0]), []).append(link)
    nodes = {node.key: node for node in found.nodes()}
    critical: set[Key] = set()
    for family, own in keys.items():
        for target in own:
            is_completion = found.entries[target].milestone.mark is Mark.COMPLETION
            if is_completion and not nodes[target].is_fixed:
                days = floats([nodes[key] for key in own], links.get(family, ()), target)
                critical |= {key for key, each in days.items() if each <= 0}
    return critical


def what_if(register: Register, ref: str, changes: Mapping[str, When], *, on: date) -> Outcome:
    """What would follow if some milestones came about at other times; changes nothing.

    It is followed through the whole and all its parts, whichever of them is named.

    Args:
        changes: by number, or by what a milestone is marked as, such as “planning consent”.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotRecorded: it has no such milestone.
        NotAllowed: what is to move is fixed by a rule.
    """
    with register.read() as session:
        cases = _family(session, ref)
        found = timetable(session, [case.ref for case in cases])
        fixed = fixed_days(session, cases, on)
    for name in changes:
        _refuse_fixed(fixed, name)
    moving = {_named(found, name, ref).key: when for name, when in changes.items()}
    return Outcome(
        tuple(moves_in_words(found, moving)), tuple(questions(found, fixed, moving, on=on))
    )


def doubts(register: Register, ref: str, *, on: date) -> list[str]:
    """What an experienced officer would ask of the dates of a case, its whole and its parts.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        cases = _family(session, ref)
        found = timetable(session, [case.ref for case in cases])
        return list(questions(found, fixed_days(session, cases, on), {}, on=on))


def _family(session: Session, ref: str) -> list[Disposal]:
    """A case, its whole and all the parts: links may lead to any of them."""
    case = find_case(session, ref)
    whole = find_case(session, case.whole_ref or ref)
    return [whole, *parts_of(session, whole.ref)]


def _is_receipt(entry: Entry) -> bool:
    """Whether money comes with a milestone."""
    return entry.milestone.mark is Mark.COMPLETION


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


def questions(
    found: Timetable, fixed: Mapping[str, list[FixedDay]], changes: Mapping[Key, When], *, on: date
) -> Iterator[str]:
    """What an experienced officer would ask of the dates, as sentences.

    Args:
        fixed: by case, the days that nobody can drag.
        changes: milestones as they would come about; what they push is told elsewhere.
    """
    dates = {key: (each.now.earliest_on, each.now.latest_on) for key, each in found.entries.items()}
    told = {key: (each.earliest, each.latest) for key, each in changes.items()}
    pushed = moved(found.nodes(), found.links, told)
    dates |= told | {move.key: move.after for move in pushed}
    ahead = {
        key: entry for key, entry in found.entries.items() if not entry.is_met and not entry.is_void
    }
    yield from _too_soon_for_consent(ahead, dates)
    yield from _before_it_is_free(ahead, dates, fixed, on)
    for link, allowed in too_early(found.nodes(), found.links) if not changes else ():
        wait = f" and {link.lag}" if link.lag.number else ""
        yield (
            f"Milestone {link.milestone[1]} stands before milestone {link.after[1]}{wait}, which "
            f"{'allow' if wait else 'allows'} {shown(allowed, allowed)} at the earliest."
        )
    for key in changes.keys() | {move.key for move in pushed}:
        entry = found.entries[key]
        years = financial_year(entry.now.latest_on), financial_year(dates[key][1])
        if _is_receipt(entry) and years[0] != years[1]:
            yield f"The receipt of {key[0]} would move from {years[0]} to {years[1]}."


def _too_soon_for_consent(
    ahead: Mapping[Key, Entry], dates: Mapping[Key, tuple[date, date]]
) -> Iterator[str]:
    marked = {entry.milestone.mark: key for key, entry in ahead.items()}
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


def _before_it_is_free(
    ahead: Mapping[Key, Entry],
    dates: Mapping[Key, tuple[date, date]],
    fixed: Mapping[str, list[FixedDay]],
    on: date,
) -> Iterator[str]:
    """Exchange or completion that stands before the law lets the council bind itself."""
    for key, entry in ahead.items():
        if entry.milestone.mark in {Mark.EXCHANGE, Mark.COMPLETION}:
            for each in fixed.get(key[0], ()):
                if each.frees_on and each.frees_on > on and dates[key][1] < each.frees_on:
                    yield (
                        f"Milestone {key[1]} stands at {shown(*dates[key])}, before contracts may "
                        f"be exchanged: {each.name} on {day(each.on)} ({each.rule})."
                    )


def _refuse_fixed(fixed: Mapping[str, list[FixedDay]], name: str) -> None:
    if name.strip().isdecimal():
        return
    for days in fixed.values():
        found = called(days, name)
        if found is not None:
            raise NotAllowed(found.unmovable)


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
