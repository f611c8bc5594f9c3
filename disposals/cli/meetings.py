"""Commands for committee meetings."""

from datetime import date
from typing import Annotated, Any

import typer

from disposals.casework import meetings as casework
from disposals.cli import output
from disposals.cli.desk import AsOf, Because, By, Json, On, a_day, at_desk
from disposals.cli.work_programme import say_programme, state
from disposals.disclosure.fields import Audience
from disposals.words import counted, day

meeting = typer.Typer(help="Plan committee meetings, and what comes to them.")
Number = Annotated[int, typer.Argument(metavar="NO", help="The meeting's number.")]
Item = Annotated[int, typer.Argument(metavar="ITEM", help="The item's number.")]


@meeting.command()
def add(
    ctx: typer.Context,
    committee: Annotated[str, typer.Argument(help="The committee, by its full name.")],
    held_on: Annotated[date, a_day("The day of the meeting.", "--held-on")],
    under_review: Annotated[
        bool, typer.Option("--under-review", help="The day may still change.")
    ] = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Plan a meeting."""
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        number = casework.plan(
            desk.register, committee, held_on, desk.stamp, is_under_review=under_review
        )
    _said(f"Meeting {number}: {committee}, {day(held_on)}.", {"no": number}, as_json=as_json)


@meeting.command()
def move(
    ctx: typer.Context,
    no: Number,
    to: Annotated[date, a_day("Its new day.", "--to")],
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Move a meeting to another day, with the reason; what is put down for it goes with it."""
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        casework.move(desk.register, no, to, desk.stamp, because=because)
    _said(f"Meeting {no} is moved to {day(to)}.", {"no": no}, as_json=as_json)


@meeting.command()
def cancel(
    ctx: typer.Context,
    no: Number,
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Cancel a meeting, with the reason; what is put down for it waits for another one."""
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        casework.cancel(desk.register, no, desk.stamp, because=because)
    _said(f"Meeting {no} is cancelled.", {"no": no}, as_json=as_json)


@meeting.command()
def item(
    ctx: typer.Context,
    no: Number,
    title: Annotated[str, typer.Argument(help="As it stands on the programme.")],
    disposal: Annotated[
        str | None, typer.Option(metavar="REF", help="The disposal it is about.")
    ] = None,
    kind: Annotated[str, typer.Option(help="What the committee is to do.")] = "decision",
    added_by: Annotated[str | None, typer.Option(help="Who asked for it, if not you.")] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Put an item down for a meeting. The programme is published: its title is open."""
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        number = casework.put_down(
            desk.register, no, title, desk.stamp, kind=kind, ref=disposal, added_by=added_by
        )
    _said(f"Item {number}, “{title}”, for meeting {no}.", {"no": number}, as_json=as_json)


@meeting.command()
def defer(
    ctx: typer.Context,
    item_no: Item,
    to: Annotated[int, typer.Option("--to", metavar="NO", help="The other meeting's number.")],
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Put an item down for another meeting, with the reason."""
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        casework.defer(desk.register, item_no, to, desk.stamp, because=because)
    _said(f"Item {item_no} is deferred to meeting {to}.", {"no": item_no}, as_json=as_json)


@meeting.command()
def drop(
    ctx: typer.Context,
    item_no: Item,
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Take an item off the programme, with the reason."""
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        casework.take_off(desk.register, item_no, desk.stamp, because=because)
    _said(f"Item {item_no} is off the programme.", {"no": item_no}, as_json=as_json)


@meeting.command("list")
def listing(
    ctx: typer.Context,
    committee: Annotated[str | None, typer.Option(help="A part of its name.")] = None,
    since: Annotated[date | None, a_day("Also those since.")] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """The meetings to come, with how many items each has."""
    from disposals.disclosure.meetings import work_programme

    with at_desk(ctx, on=as_of) as desk:
        sittings = work_programme(
            desk.register, audience=Audience.OFFICER, on=desk.on, committee=committee, since=since
        )
    if as_json:
        output.emit(sittings)
        return
    if not sittings:
        output.say("No meeting is planned.")
        return
    output.table(
        counted(len(sittings), "meeting"),
        ["No", "Day", "Committee", "Agenda set", "Papers by", "Items"],
        [
            (
                str(each.no), day(each.held_on), each.committee + state(each),
                day(each.agenda_set_on), day(each.papers_by), str(len(each.items)),
            )
            for each in sittings
        ],
    )  # fmt: skip


@meeting.command()
def show(ctx: typer.Context, no: Number, as_of: AsOf = None, as_json: Json = False) -> None:
    """One meeting, past ones too, with what comes to it and where that was put down before."""
    from disposals.disclosure.meetings import sitting

    with at_desk(ctx, on=as_of) as desk:
        found = sitting(desk.register, no, on=desk.on)
    if as_json:
        output.emit(found)
    else:
        say_programme([found])


def _said(text: str, value: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        output.emit(value)
    else:
        output.say(text)
