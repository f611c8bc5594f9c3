"""The command that shows milestones: what is overdue or due, what would follow, what has room."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import typer

from disposals.cli import output
from disposals.cli.audience import For
from disposals.cli.desk import AsOf, Desk, Json, OptionalRef, at_desk, read_day, read_when
from disposals.disclosure import programme, slip
from disposals.disclosure.fields import Audience
from disposals.words import counted, day

app = typer.Typer()
_PAGE = 50  # lines on the screen, unless more are asked for


def _days(written: str) -> int:
    number = written.strip().lower().removesuffix("days").removesuffix("d").strip()
    if not number.isdecimal():
        raise typer.BadParameter(f"“{written}” is no number of days. Write 30d.")
    return int(number)


@app.command()
def milestones(
    ctx: typer.Context,
    ref: OptionalRef = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Only those whose time has passed.")
    ] = False,
    due: Annotated[
        int | None,
        typer.Option(metavar="DAYS", parser=_days, help="Only those due within so long: 30d."),
    ] = None,
    officer: Annotated[str | None, typer.Option(help="Only those of this officer's cases.")] = None,
    stage: Annotated[str | None, typer.Option(help="Only of cases at this stage.")] = None,
    changed_since: Annotated[
        date | None, typer.Option(metavar="DATE", parser=read_day, help="Only those changed since.")
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=1, help="No more than so many, the first by date; 50 on the screen."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="All that are overdue or due, also on the screen.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="End with status 1 if any is shown; for a daily job.")
    ] = False,
    if_: Annotated[
        list[str] | None,
        typer.Option(
            "--if",
            metavar="NO=DATE",
            help="What would follow: 5=Oct 2022, or planning-consent=2022-10. Changes nothing.",
        ),
    ] = None,
    room: Annotated[
        bool, typer.Option("--room", help="How far each may slip before completion moves.")
    ] = False,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="NO", help="With --room: before this one moves instead."),
    ] = None,
    audience: For = Audience.OFFICER,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """The milestones of a case and its parts, or of all cases: what is overdue or due first."""
    asked = programme.Asked(
        ref=ref, overdue=overdue, due_days=due, officer=officer,
        stage=stage, changed_since=changed_since, limit=limit,
    )  # fmt: skip
    if if_ or room:
        alone = asked == programme.Asked(ref=ref) and audience is Audience.OFFICER
        _ahead(ctx, ref, if_, to, as_of, as_json=as_json, alone=alone and not (check or every))
        return
    if to is not None:
        raise typer.BadParameter("--to says to which milestone there is room: add --room")
    if every and limit is not None:
        raise typer.BadParameter("--all or --limit, not both")
    if not (every or limit or as_json or ref) and (overdue or due is not None):
        asked = replace(asked, limit=_PAGE)
    with at_desk(ctx, on=as_of) as desk:
        found = programme.milestones(desk.register, asked, audience=audience, on=desk.on)
        as_at = desk.on
        lines, told = found.lines, audience is Audience.OFFICER and bool(found.lines)
        colours = programme.colours(desk.register, desk.on) if told else ""
        doubts = (
            slip.doubts(desk.register, ref, on=desk.on)
            if ref is not None and audience is Audience.OFFICER and not asked.is_narrow
            else ()
        )
    if as_json:
        output.emit(lines)
    elif not lines:
        output.say("No milestone is overdue." if overdue else "No such milestone is recorded.")
    else:
        _print(lines, as_at, doubts)
        if found.has_more:
            output.say(
                f"These are the first {len(lines)} by date, and there are more: --limit N or --all."
            )
        if colours:
            output.say(colours, dim=True)
    if check and lines:
        raise typer.Exit(1)


def _print(lines: list[dict[str, Any]], as_at: date, doubts: Sequence[str]) -> None:
    output.table(
        f"{counted(len(lines), 'milestone')}, as at {day(as_at)}",
        ["When", "State", "No", "Milestone", "Case", "How it stands"],
        [
            (
                line["when"] + (" *" if line["is_reading"] else ""),
                _state(line),
                str(line["no"] or ""),
                line["name"],
                line["reference"],
                f"{line['colour']}: {line['why']}" if "why" in line else "",
            )
            for line in lines
        ],
    )
    if any(line["is_reading"] for line in lines):
        output.say("* Our reading: the published papers do not tie this date to this milestone.")
    for doubt in doubts:
        output.say(f"? {doubt}", fg="yellow")


def _state(line: dict[str, Any]) -> str:
    if line.get("is_void"):
        return "void"
    if line["no"] is None:
        return "past" if line["is_overdue"] else "fixed"
    return "met" if line["met"] else "overdue" if line["is_overdue"] else "ahead"


def _ahead(
    ctx: typer.Context, ref: str | None, if_: list[str] | None, to: str | None, as_of: date | None,
    *, as_json: bool, alone: bool,
) -> None:  # fmt: skip
    """What would follow, or how much room there is."""
    if ref is None:
        raise typer.BadParameter("say of which disposal: disposals milestones steele-avenue --room")
    if not alone:
        raise typer.BadParameter("--if and --room tell officers of all milestones, with no filter")
    with at_desk(ctx, on=as_of) as desk:
        if if_:
            _what_if(desk, ref, if_, as_json=as_json)
        else:
            _room(desk, ref, to, as_json=as_json)


def _what_if(desk: Desk, ref: str, told: list[str], *, as_json: bool) -> None:
    changes = {}
    for each in told:
        name, equals, written = each.partition("=")
        if not equals:
            raise typer.BadParameter(f"“{each}” is not NO=DATE, such as 5=Oct 2022.")
        changes[name] = read_when(written)
    found = slip.what_if(desk.register, ref, changes, on=desk.on)
    if as_json:
        output.emit(found)
        return
    _say_moves(found.moves, "would move")
    for question in found.questions:
        output.say(f"? {question}", fg="yellow")


def _say_moves(moves: Any, verb: str) -> None:
    if not moves:
        output.say("Nothing else moves.")
    for move in moves:
        output.say(
            f"{move.no}. {move.name} ({move.reference}) {verb} from {move.before} to {move.after}, "
            f"for {move.because}."
        )


def _room(desk: Desk, ref: str, to: str | None, *, as_json: bool) -> None:
    found = slip.room(desk.register, ref, to=to)
    if as_json:
        output.emit(found)
        return
    if not found:
        output.say(
            f"Milestone {to} of {ref} is met or void."
            if to
            else f"No milestone of {ref} is marked as completion and ahead. Set one with "
            "`disposals milestone add --mark completion`, or name one with --to."
        )
    for target in dict.fromkeys(each.target for each in found):
        rooms = [each for each in found if each.target == target]
        chain = " → ".join(str(no) for no in rooms[0].path)
        output.say(f"To “{target}”, critical path {chain}:", bold=True)
        for each in rooms:
            room = f"{counted(each.days, 'day')} of room"
            if each.days <= 0:
                room = "critical" if each.days == 0 else f"too early by {-each.days} days"
                room += "" if each.no in each.path else ", on another chain"
            output.say(f"    {each.no}. {each.name} ({each.reference}): {room}.")
