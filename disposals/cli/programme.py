"""Commands for milestones."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import typer

from disposals.casework import links
from disposals.casework import programme as casework
from disposals.cli import output
from disposals.cli.cases import For
from disposals.cli.desk import (
    AsOf,
    Because,
    By,
    Desk,
    Json,
    On,
    Open,
    OptionalRef,
    Ref,
    Source,
    at_desk,
    read_day,
)
from disposals.cli.milestone_page import show
from disposals.cli.moves import stage_named
from disposals.cli.recording import act, done
from disposals.cli.sheet import sheet, take
from disposals.disclosure import programme, slip
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions_of_family
from disposals.errors import BadFact
from disposals.milestones import when as read
from disposals.network import lag
from disposals.vocabulary import Mark, Outcome
from disposals.words import counted, day

app = typer.Typer()
_DIGITS = 10  # a longer number is the name of nothing


def _days(written: str) -> int:
    number = written.strip().lower().removesuffix("days").removesuffix("d").strip()
    if not number.isdecimal():
        raise typer.BadParameter(f"“{written}” is no number of days. Write 30d.")
    return int(number)


milestone = typer.Typer(
    help="Set a milestone, forecast it anew, say what it hangs on, record that it was met."
)
milestone.command()(show)
milestone.command()(sheet)
milestone.command()(take)
No = Annotated[int, typer.Argument(metavar="NO", help="The milestone's number.")]
When = Annotated[
    str, typer.Option("--when", help="As officers write it: Jul 2022, Nov/Dec 2021, 15 July 2022.")
]
After = Annotated[int, typer.Option("--after", metavar="NO", help="The one it comes after.")]


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
        int | None, typer.Option(min=1, help="No more than so many, the first by date.")
    ] = None,
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
    if (if_ or room) and ref is None:
        raise typer.BadParameter("say of which disposal: disposals milestones steele-avenue --room")
    narrowed = overdue or check or any(x is not None for x in (due, officer, stage, changed_since))
    if (if_ or room) and (narrowed or limit or audience is not Audience.OFFICER):
        raise typer.BadParameter("--if and --room tell officers of all milestones, with no filter")
    if to is not None and not room:
        raise typer.BadParameter("--to says to which milestone there is room: add --room")
    asked = programme.Asked(
        ref=ref, overdue=overdue, due_days=due, officer=officer,
        stage=stage_named(stage) if stage else None, changed_since=changed_since, limit=limit,
    )  # fmt: skip
    with at_desk(ctx, on=as_of) as desk:
        if if_ and ref is not None:
            _what_if(desk, ref, if_, as_json=as_json)
            return
        if room and ref is not None:
            _room(desk, ref, to, as_json=as_json)
            return
        lines = programme.milestones(desk.register, asked, audience=audience, on=desk.on)
        as_at = desk.on
        told = audience is Audience.OFFICER and bool(lines)
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


def _what_if(desk: Desk, ref: str, told: list[str], *, as_json: bool) -> None:
    changes = {}
    for each in told:
        name, equals, written = each.partition("=")
        if not equals:
            raise typer.BadParameter(f"“{each}” is not NO=DATE, such as 5=Oct 2022.")
        changes[name] = read(written)
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
            output.say(f"    {each.no}. {each.name} ({each.reference}): {room}.")


@milestone.command()
def add(
    ctx: typer.Context,
    ref: Ref,
    name: Annotated[str, typer.Option(help="What will have happened.")],
    when: When,
    owner: Annotated[str | None, typer.Option(help="Who brings it about.")] = None,
    mark: Annotated[Mark | None, typer.Option(help="What it stands for.")] = None,
    only_if: Annotated[
        str | None, typer.Option(metavar="CONDITION", help="The condition that it hangs on.")
    ] = None,
    met_by: Annotated[
        str | None,
        typer.Option(metavar="GATE", help="The gate or stage that meets it; nobody ticks it then."),
    ] = None,
    source: Source = None,
    is_open: Open = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Set a milestone with its baseline, which is never altered."""
    date_read = read(when)
    act(
        ctx, ref, f"milestone “{name}”, {when},",
        lambda desk, seen: casework.set_milestone(
            desk.register, ref, name, date_read, desk.stamp,
            seen=seen, owner=owner, mark=mark, only_if=only_if, met_by=met_by, source=source,
            is_open=is_open,
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@milestone.command()
def forecast(
    ctx: typer.Context,
    ref: Ref,
    no: Annotated[str, typer.Argument(metavar="NO", help="The milestone's number.")],
    when: When,
    because: Because = None,
    follow: Annotated[
        bool, typer.Option("--follow", help="Move what has to move with it as well.")
    ] = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Forecast a milestone anew, with the reason; the baseline stays. Says what moves with it."""
    date_read = read(when)
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        number = int(no) if no.isdecimal() and len(no) < _DIGITS else None
        if number is None:
            casework.refuse_fixed(desk.register, ref, no, on=desk.on)
        moves = casework.forecast(
            desk.register, ref, number, date_read, desk.stamp,
            seen=versions_of_family(desk.register, ref), because=because, follow=follow,
        )  # fmt: skip
        done(desk, ref, f"forecast of milestone {no}, {when},", as_json=as_json)
    if as_json:
        return
    verb = "was moved" if follow else "stands too early now and wants to move"
    for move in moves:
        output.say(
            f"    {move.key[1]}. {move.name} ({move.key[0]}) {verb} to {move.after}, for it comes "
            f"after milestone {move.because[1]}."
        )
    if moves and not follow:
        output.say("    To move them as well, repeat with --follow.")


@milestone.command()
def meet(
    ctx: typer.Context, ref: Ref, no: No, by: By = None, on: On = None, as_json: Json = False
) -> None:
    """Record that a milestone was met on the day given by --on."""
    act(
        ctx, ref, f"milestone {no} met",
        lambda desk, seen: casework.meet(
            desk.register, ref, no, desk.on, desk.stamp, seen=seen
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@milestone.command()
def link(
    ctx: typer.Context,
    ref: Ref,
    no: No,
    after: After,
    wait: Annotated[
        str, typer.Option("--lag", help="How long after it: 13 weeks, 10 working days, 1 month.")
    ] = "0 days",
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Let a milestone come after another one; no date is moved by it."""
    told = _lag(wait)
    act(
        ctx, ref, f"link of milestone {no} to milestone {after}",
        lambda desk, seen: links.link(
            desk.register, ref, no, after, told, desk.stamp, seen=seen
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


def _lag(written: str) -> Any:
    try:
        return lag(written)
    except BadFact as error:
        raise typer.BadParameter(str(error)) from None


@milestone.command()
def unlink(
    ctx: typer.Context,
    ref: Ref,
    no: No,
    after: After,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Undo a link; what it moved stays where it is."""
    act(
        ctx, ref, f"end of the link of milestone {no} to milestone {after}",
        lambda desk, seen: links.unlink(desk.register, ref, no, after, desk.stamp, seen=seen),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@milestone.command()
def condition(
    ctx: typer.Context,
    ref: Ref,
    title: Annotated[str, typer.Option(help="The condition, in the words of the milestone.")],
    outcome: Annotated[Outcome, typer.Option(help="What became of it.")],
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record what became of a condition: met, it opens what hangs on it; failed, it voids it."""
    act(
        ctx, ref, f"condition “{title}” {outcome}",
        lambda desk, seen: links.decide_condition(
            desk.register, ref, title, outcome, desk.on, desk.stamp, seen=seen, because=because
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip
