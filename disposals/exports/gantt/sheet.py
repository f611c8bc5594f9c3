"""What is on the sheet: a line for every milestone of a case, or for every case of the portfolio.

Every place on the line of time is a part of its length; words and places are decided here, ink in
gantt.typ.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from textwrap import shorten
from typing import Any

from disposals.disclosure.fields import Audience
from disposals.disclosure.gantt import Bar, Gantt, Row, State
from disposals.errors import BadFact
from disposals.exports.gantt.axis import Axis, axis_of, window
from disposals.vocabulary import Mark
from disposals.words import counted, day, listed, plainly

_ROOM = 62  # characters of the type on the axis that its width holds
_READING = "\u00a0*"  # the star never stands alone on a line
_MORE = "\u00a0…"
_NEXT = 52  # characters of the next milestone's name; the whole name is in the words of the line
COMPLETES = "Completes"
_MARKS = "A mark stands on the last day on which a milestone may come about, or on which it did."
KEY = {
    State.MET: "met",
    State.AHEAD: "ahead",
    State.CONDITIONAL: "hangs on a condition",
    State.OVERDUE: "overdue",
    State.VOID: "void",
}


@dataclass(frozen=True, slots=True)
class Item:
    """Something on the line of time, from start to end.

    Attributes:
        look: bar (an interval), mark (a day), baseline (the date first set), run (a whole case).
        state: how the milestone stands.
    """

    look: str
    start: float
    end: float
    state: str = ""
    is_critical: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet.

    Attributes:
        is_head: the name of a case above its milestones.
        under: smaller words below the label.
        said: the words of the columns to the right.
        alt: what the picture of the line says, where the columns do not say it.
    """

    label: str
    is_head: bool = False
    is_part: bool = False
    under: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    said: tuple[str, ...] = ()
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is on the sheet.

    Attributes:
        columns: the heads of the label and of the words to the right of the picture.
        said_mm: how wide those words are.
    """

    title: str
    subtitle: str
    marking: str
    on: date
    axis: Axis
    columns: tuple[str, ...]
    said_mm: tuple[int, ...]
    is_portfolio: bool
    lines: tuple[Line, ...]
    key: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]

    def as_told(self, *, paged: bool) -> dict[str, Any]:
        """What gantt.typ is told."""
        today = self.axis.today
        return {
            "title": self.title, "subtitle": self.subtitle, "marking": self.marking,
            "on": self.on.isoformat(), "paged": paged, "columns": self.columns,
            "said": self.said_mm, "is_portfolio": self.is_portfolio,
            "years": [asdict(span) for span in self.axis.years(_ROOM)],
            "ticks": [asdict(tick) for tick in self.axis.ticks(_ROOM)],
            "today": self.axis.start(today) if self.axis.holds(today, today) else None,
            "key": self.key, "notes": self.notes,
            "lines": [asdict(line) for line in self.lines],
        }  # fmt: skip


def sheet_of(told: Gantt, *, audience: Audience) -> Sheet:
    """Lay a programme out.

    Raises:
        BadFact: there is nothing to draw, or nothing where it is to be drawn.
    """
    bars = [bar for row in told.rows for bar in row.bars]
    axis = axis_for(told)
    lines = _of_case(told, axis) if told.ref else _of_portfolio(told, axis)
    return Sheet(
        title=told.rows[0].name if told.ref else "Programme of disposals",
        subtitle=" · ".join((subtitle_of(told), *told.of)),
        marking="For officers: not for publication" if audience is Audience.OFFICER else "",
        on=told.on,
        axis=axis,
        columns=("Milestone", "When", "How it stands") if told.ref else ("Case", "Next", COMPLETES),
        said_mm=(37, 36) if told.ref else (50, 28),
        is_portfolio=told.ref is None,
        lines=tuple(lines),
        key=(*_key(bars, is_portfolio=told.ref is None), *_today(axis)),
        notes=(*(_readings(bars) if told.ref else (_MARKS,)), *told.notes),
    )


def axis_for(told: Gantt) -> Axis:
    """A line of time that holds all that is drawn, and the day of the picture.

    Raises:
        BadFact: there is nothing to draw, or nothing where it is to be drawn.
    """
    bars = [bar for row in told.rows for bar in row.bars]
    if not bars:
        of = told.ref or "any case that was asked for"
        raise BadFact(
            f"No milestone of {of} is recorded that may be shown, so there is nothing to draw. Set "
            "one with `disposals milestone add`."
        )
    days = [on for bar in bars for on in (bar.earliest_on, bar.latest_on, *(bar.first_set or ()))]
    whole = axis_of(told.on, days)
    first, last = told.since or whole.first, told.until or whole.last
    if first > max(days) or last < min(days):
        raise BadFact(
            f"Nothing lies there to draw: the programme runs from {day(min(days))} to "
            f"{day(max(days))}."
        )
    return window(first, last, told.on)


def subtitle_of(told: Gantt) -> str:
    """Which day, and how much is shown."""
    bars = sum(len(row.bars) for row in told.rows)
    cases = "" if told.ref else f"{counted(len(told.rows), 'disposal')}, "
    return f"As at {day(told.on)} · {cases}{counted(bars, 'milestone')}"


def _of_case(told: Gantt, axis: Axis) -> Iterator[Line]:
    whole = {row.reference: row for row in told.rows}
    for row in told.rows:
        yield Line(label_of(row, whole, in_full=True), is_head=True, is_part=bool(row.part_of))
        for bar in row.bars:
            yield Line(
                label=f"{bar.no}. {bar.name}" + (_READING if bar.is_reading else ""),
                under=tuple(_hangs(bar)),
                items=tuple(_drawn(bar, axis)),
                said=(_when(bar), _stands(bar)),
            )


def _of_portfolio(told: Gantt, axis: Axis) -> Iterator[Line]:
    whole = {row.reference: row for row in told.rows}
    for row in told.rows:
        ahead = [bar for bar in row.bars if bar.state not in {State.MET, State.VOID}]
        items: list[Item] = []
        end = last_of(row)
        if run := run_of(row, axis):
            items.append(Item("run", axis.start(run[0]), axis.end(run[1])))
        if end is not None and end.state is not State.VOID:
            items += _baseline(end, axis)
        items += [
            Item("mark", axis.start(bar.latest_on), axis.end(bar.latest_on), bar.state.value)
            for bar in sorted(row.bars, key=lambda bar: list(KEY).index(bar.state))
            if axis.holds(bar.latest_on, bar.latest_on)
        ]
        yield Line(
            label=label_of(row, whole, in_full=False),
            is_part=row.part_of in whole,
            under=(f"{row.reference} · {plainly(row.stage)}{' · on hold' if row.held else ''}",),
            items=tuple(items),
            said=(
                _next(ahead[0]) if ahead else "–",
                completes(row, _when),
            ),
            alt="; ".join(f"{bar.name}: {_when(bar)}, {KEY[bar.state]}" for bar in row.bars),
        )


def label_of(row: Row, whole: Mapping[str, Row], *, in_full: bool) -> str:
    """What a case is called on its line: a part below its whole by its number alone."""
    if row.part_of in whole:
        return f"Part {row.part_no}"
    return f"{row.name} ({row.reference})" if in_full else row.name


def run_of(row: Row, axis: Axis) -> tuple[date, date] | None:
    """The days from the first milestone of a case to its last, where the line holds any."""
    if not row.bars:
        return None
    first, last = min(bar.earliest_on for bar in row.bars), row.bars[-1].latest_on
    return (first, last) if axis.holds(first, last) else None


def last_of(row: Row) -> Bar | None:
    """The milestone that ends a case: its completion where one is marked, else the last."""
    return completion_of(row) or (row.bars[-1] if row.bars else None)


def completion_of(row: Row) -> Bar | None:
    """The milestone that is marked as the completion of a case, if any is."""
    marked = [bar for bar in row.bars if bar.mark == Mark.COMPLETION]
    return marked[-1] if marked else None


def completes(row: Row, said: Callable[[Bar], str]) -> str:
    """When a case completes, where that is forecast; a whole does with its parts."""
    end = completion_of(row)
    if row.stage == "in_parts":
        return "with its parts"
    return "–" if end is None else "void" if end.state is State.VOID else said(end)


def _drawn(bar: Bar, axis: Axis) -> Iterator[Item]:
    yield from _baseline(bar, axis)
    if axis.holds(bar.earliest_on, bar.latest_on):
        look = "mark" if bar.earliest_on == bar.latest_on else "bar"
        yield Item(
            look, axis.start(bar.earliest_on), axis.end(bar.latest_on), bar.state.value,
            bool(bar.is_critical),
        )  # fmt: skip


def _baseline(bar: Bar, axis: Axis) -> Iterator[Item]:
    if bar.first_set and axis.holds(*bar.first_set):
        earliest, latest = bar.first_set
        yield Item("baseline", axis.start(earliest), axis.end(latest))


def _hangs(bar: Bar) -> Iterator[str]:
    if bar.after:
        yield f"After {listed(map(str, bar.after))}"
    if bar.hangs_on:
        yield f"Hangs on: {bar.hangs_on}"


def _when(bar: Bar) -> str:
    first = f", first set {bar.baseline}" if bar.first_set else ""
    return f"{_date(bar)}{first}"


def _date(bar: Bar) -> str:
    return day(bar.latest_on) if bar.earliest_on == bar.latest_on else bar.when


def _stands(bar: Bar) -> str:
    said = KEY[bar.state].capitalize()
    if bar.colour and bar.why:  # an officer reads the colour and the reason for it
        why = "It hangs on a condition." if bar.hangs_on and bar.hangs_on in bar.why else bar.why
        said = f"{bar.colour.capitalize()}: {why}"
    return f"Critical. {said}" if bar.is_critical else said


def _next(bar: Bar) -> str:
    said = " (overdue)" if bar.state is State.OVERDUE else ""
    return f"{_date(bar)}: {shorten(bar.name, _NEXT, placeholder=_MORE)}{said}"


def _key(bars: Iterable[Bar], *, is_portfolio: bool) -> Iterator[tuple[str, str]]:
    """What of the picture needs a word, as a look and its meaning."""
    held = list(bars)
    states = {bar.state for bar in held}
    yield from ((state.value, said) for state, said in KEY.items() if state in states)
    if any(bar.first_set for bar in held):
        yield "baseline", "first set"
    if any(bar.is_critical for bar in held) and not is_portfolio:
        yield "critical", "critical: completion moves with it"


def _today(axis: Axis) -> Iterator[tuple[str, str]]:
    if axis.holds(axis.today, axis.today):
        yield "today", "today"


def _readings(bars: Iterable[Bar]) -> Iterator[str]:
    if any(bar.is_reading for bar in bars):
        yield "* Our reading: the published papers do not tie this date to this milestone."
