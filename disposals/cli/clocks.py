"""The command `clocks`: what runs on a case, why, and when each step may lawfully be done."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import typer

from disposals.cli import output
from disposals.cli.desk import AsOf, Json, OptionalRef, at_desk
from disposals.words import day, listed

app = typer.Typer()


@app.command()
def clocks(
    ctx: typer.Context, ref: OptionalRef = None, as_of: AsOf = None, as_json: Json = False
) -> None:
    """Every clock of a case explained, and the earliest lawful day of each step to come."""
    from disposals.disclosure import clocks as disclosure

    with at_desk(ctx, on=as_of) as desk:
        found = disclosure.clocks(desk.register, ref, on=desk.on)
    if as_json:
        told = [
            {
                "reference": case.reference,
                "as_of": desk.on,
                "clocks": [disclosure.as_told(clock) for clock in case.clocks],
                "lawful": [disclosure.lawful_as_told(step) for step in case.lawful],
            }
            for case in found
        ]
        output.emit(told)
        return
    if not found:
        output.say("No clock runs on any case.")
    printed: list[Any] = []
    for case in found:
        output.say(f"{case.reference}: clocks as at {day(desk.on)}", bold=True)
        own = [clock for clock in case.clocks if clock not in printed]
        if not case.clocks:
            output.say("  No clock runs.")
        elif len(own) < len(case.clocks):
            output.say("  What runs on the whole, as above." if not own else "  As above, and:")
        print_clocks(own, desk.on)
        print_lawful(case.lawful, desk.on)
        printed += own


def print_clocks(clocks: Iterable[Any], on: date) -> None:
    """Each clock with its days, its explanation and the rule behind it."""
    for clock in clocks:
        output.say(f"  {_capital(clock.name)}: {_days(clock)} {_standing(clock, on)}")
        output.say(f"      {clock.says}", dim=True)
        output.say(f"      {clock.rule.cited}", dim=True)
        if clock.doubt:
            output.say(f"      ! {clock.doubt}", fg="yellow")


def print_lawful(steps: Iterable[Any], on: date) -> None:
    """When each step to come may be done, and what decides the day."""
    told = list(steps)
    if told:
        output.say("  Earliest lawful days, as far as clocks go", bold=True)
    for step in told:
        for each in step.planned:
            output.say(f"    {_capital(step.step)}: {_planned(each, on)}")
        when = day(step.earliest_on) if step.earliest_on else "no day can be named"
        because = f"; waits for the {listed(step.waits_for)}" if step.waits_for else ""
        assumed = ", if all before it is done as early as it may be" if step.is_assumed else ""
        if not step.planned or step.waits_for:
            another = ", another day" if step.planned else ""
            output.say(f"    {_capital(step.step)}{another}: {when}{because}{assumed}.")
        if step.latest_on:
            late = "TOO LATE: " if step.is_too_late else ""
            what = listed(step.runs_out)
            output.say(
                f"      {late}{what} runs out on {day(step.latest_on)}.",
                fg="red" if late else None,
            )
        if step.doubt:
            output.say(f"      ! {step.doubt}", fg="yellow")


def _planned(meeting: Any, on: date) -> str:
    """What is said of a committee's meeting that is fixed."""
    told = f"{day(meeting.on)}, the {meeting.committee}"
    if meeting.on < on:
        return f"{told}: past, and what it made of it is not recorded."
    if meeting.late_because:
        return f"{told}: lawful, for its report is taken as urgent: {meeting.late_because}"
    if meeting.is_late:
        return f"{told}: TOO EARLY, for its papers had to be published by {day(meeting.papers_by)}."
    return f"{told}: lawful with its papers published by {day(meeting.papers_by)}."


def _days(clock: Any) -> str:
    if clock.ends_on is None:
        return f"since {day(clock.starts_on)}."
    if clock.starts_on == clock.ends_on:
        return f"{day(clock.starts_on)}."
    return f"{day(clock.starts_on)} to {day(clock.ends_on)}."


def _standing(clock: Any, on: date) -> str:
    if clock.is_assumed:
        return "Not begun; counted as if it began then."
    if clock.ends_on is not None and clock.ends_on < on:
        return "Over."
    if clock.holds and clock.step and clock.earliest_on:
        return f"{_capital(clock.step)} from {day(clock.earliest_on)}."
    if clock.step:
        return f"{_capital(clock.step)} {'after that' if clock.holds else 'by then'}."
    return "Running."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
