"""A programme on the terminal, in blocks or, where the terminal has none, in plain characters."""

import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil

from disposals.cli import output
from disposals.disclosure.gantt import Bar, Gantt, State
from disposals.exports.gantt.axis import Axis
from disposals.exports.gantt.sheet import (
    COMPLETES,
    KEY,
    axis_for,
    completes,
    label_of,
    run_of,
    subtitle_of,
)

_LEAST_CHART, _LEAST_LABEL = 24, 14
_COLOURS = {State.OVERDUE: "red", State.VOID: None, State.CONDITIONAL: "yellow"}


@dataclass(frozen=True, slots=True)
class Signs:
    """The characters for the states, for the date first set, a whole case, and today."""

    states: dict[State, str]
    baseline: str
    run: str
    today: str
    more: str


_S = tuple(State)  # met, ahead, conditional, overdue, void
BLOCKS = Signs(dict(zip(_S, "█▒?!×", strict=True)), "─", "─", "┊", "…")
PLAIN = Signs(dict(zip(_S, "#=?!x", strict=True)), "-", "-", "|", "~")


def show(told: Gantt) -> None:
    """Print a programme as wide as the terminal is, 80 columns where there is none."""
    signs = BLOCKS if _can_print("".join(BLOCKS.states.values()) + "─┊…") else PLAIN
    for text, state in drawn(told, shutil.get_terminal_size().columns, signs):
        output.say(text, fg=_COLOURS.get(state) if state else None, dim=state is State.VOID)
    for note in told.notes:
        output.say(note)


def drawn(told: Gantt, width: int, signs: Signs) -> Iterator[tuple[str, State | None]]:
    """The lines of a programme, none wider than the width, each with the state that it tells."""
    axis = axis_for(told)
    lines = list(_of_case(told) if told.ref else _of_portfolio(told, axis))
    after_head = "" if told.ref else COMPLETES
    after = max((len(line.after) for line in lines), default=0)
    after = max(after, len(after_head))
    label = max(len(line.label) for line in lines)
    label = max(min(label, width * 2 // 5), _LEAST_LABEL)
    if width - label - after - 2 < _LEAST_CHART:
        after = 0
    chart = max(width - label - 1 - (after + 1 if after else 0), 1)
    for said in (subtitle_of(told), " · ".join(told.of)):
        if said:
            yield _cut(said, width, signs), None
    for head, over in ((_years(axis, chart), ""), (_ticks(axis, chart), after_head)):
        if head.strip():
            yield f"{'':{label}} {head} {over if after else ''}".rstrip(), None
    for line in lines:
        if line.is_head:
            yield _cut(line.label, width, signs), None
            continue
        cells = _cells(line, axis, chart, signs)
        text = f"{_cut(line.label, label, signs):{label}} {cells}"
        yield (f"{text} {line.after}" if after else text).rstrip(), line.state
    yield from ((text, None) for text in _key(told, axis, width, signs))


@dataclass(frozen=True, slots=True)
class _Line:
    label: str
    bars: tuple[Bar, ...] = ()
    after: str = ""
    state: State | None = None
    is_head: bool = False
    is_case: bool = False
    run: tuple[date, date] | None = None


def _of_case(told: Gantt) -> Iterator[_Line]:
    whole = {row.reference: row for row in told.rows}
    for row in told.rows:
        yield _Line(label_of(row, whole, in_full=True), is_head=True)
        for bar in row.bars:
            critical = ">" if bar.is_critical else " "
            yield _Line(f"{critical}{bar.no:>2} {bar.name}", (bar,), _after(bar), bar.state)


def _of_portfolio(told: Gantt, axis: Axis) -> Iterator[_Line]:
    for row in told.rows:
        states = [bar.state for bar in row.bars]
        yield _Line(
            row.reference,
            row.bars,
            completes(row, _after),
            State.OVERDUE if State.OVERDUE in states else None,
            is_case=True,
            run=run_of(row, axis),
        )


def _after(bar: Bar) -> str:
    slip = f" {bar.slip_months:+}" if bar.slip_months else ""
    when = f"{bar.latest_on.day} {bar.latest_on:%b %Y}"
    return (when if bar.earliest_on == bar.latest_on else bar.when) + slip


def _cells(line: _Line, axis: Axis, chart: int, signs: Signs) -> str:
    cells = [" "] * chart

    def fill(start: float, end: float, sign: str) -> None:
        first = min(int(start * chart), chart - 1)
        for at in range(first, max(first + 1, min(ceil(end * chart), chart))):
            cells[at] = sign

    if line.run:
        fill(axis.start(line.run[0]), axis.end(line.run[1]), signs.run)
    for bar in () if line.is_case else line.bars:
        if bar.first_set and axis.holds(*bar.first_set):
            fill(axis.start(bar.first_set[0]), axis.end(bar.first_set[1]), signs.baseline)
    if axis.holds(axis.today, axis.today):
        fill(axis.start(axis.today), axis.start(axis.today), signs.today)
    for bar in sorted(line.bars, key=lambda bar: _S.index(bar.state)):
        first = bar.latest_on if line.is_case else bar.earliest_on
        if not axis.holds(first, bar.latest_on):
            continue
        left = axis.start(first)
        is_day = line.is_case or bar.earliest_on == bar.latest_on
        fill(left, left if is_day else axis.end(bar.latest_on), signs.states[bar.state])
    return "".join(cells)


def _years(axis: Axis, chart: int) -> str:
    return _written(((year.label, year.start) for year in axis.years(chart)), chart)


def _ticks(axis: Axis, chart: int) -> str:
    return _written(((tick.label, tick.at) for tick in axis.ticks(chart)), chart)


def _written(labels: Iterable[tuple[str, float]], chart: int) -> str:
    cells = [" "] * chart
    for label, at in labels:
        for n, letter in enumerate(label, start=int(at * chart)):
            if n < chart:
                cells[n] = letter
    return "".join(cells)


def _key(told: Gantt, axis: Axis, width: int, signs: Signs) -> Iterator[str]:
    bars = [bar for row in told.rows for bar in row.bars]
    states = {bar.state for bar in bars}
    said = [f"{signs.states[state]} {word}" for state, word in KEY.items() if state in states]
    if told.ref and any(bar.first_set for bar in bars):
        said.append(f"{signs.baseline} first set")
    if told.ref and any(bar.is_critical for bar in bars):
        said.append("> critical")
    if any(bar.slip_months for bar in bars):
        said.append("+1: months later than first set")
    line = ""
    if axis.holds(axis.today, axis.today):
        said.append(f"{signs.today} today")
    for each in said:
        if line and len(line) + 3 + len(each) > width:
            yield line
            line = ""
        line = f"{line}   {each}" if line else each
    yield line


def _cut(text: str, width: int, signs: Signs) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + signs.more


def _can_print(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
