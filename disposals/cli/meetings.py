"""Commands for committee meetings, and for the work programme that is made of them."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from disposals.casework import meetings as casework
from disposals.cli import output
from disposals.cli.audience import For
from disposals.cli.desk import AsOf, Because, By, Day, Json, On, at_desk
from disposals.disclosure.fields import Audience
from disposals.words import counted, day, listed

app = typer.Typer()
meeting = typer.Typer(help="Plan committee meetings, and what comes to them.")
Number = Annotated[int, typer.Argument(metavar="NO", help="The meeting's number.")]
Item = Annotated[int, typer.Argument(metavar="ITEM", help="The item's number.")]


class Form(StrEnum):
    """What the programme may be written as."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    ICS = "ics"


@meeting.command()
def add(
    ctx: typer.Context,
    committee: Annotated[str, typer.Argument(help="The committee, by its full name.")],
    held_on: Annotated[date, typer.Option("--held-on", metavar="DATE", parser=Day.parser)],
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
    to: Annotated[date, typer.Option("--to", metavar="DATE", parser=Day.parser)],
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
    since: Annotated[
        date | None, typer.Option(metavar="DATE", parser=Day.parser, help="Also those since.")
    ] = None,
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
                str(each.no), day(each.held_on), each.committee + _state(each),
                day(each.agenda_set_on), day(each.papers_by), str(len(each.items)),
            )
            for each in sittings
        ],
    )  # fmt: skip


@app.command()
def programme(
    ctx: typer.Context,
    committee: Annotated[str | None, typer.Option(help="A part of its name.")] = None,
    forthcoming: Annotated[
        bool, typer.Option("--forthcoming", help="The forthcoming executive decisions instead.")
    ] = False,
    since: Annotated[
        date | None, typer.Option(metavar="DATE", parser=Day.parser, help="Also meetings since.")
    ] = None,
    form: Annotated[
        Form | None, typer.Option("--format", help="Write it as a file of this form.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="The file; else named so.")
    ] = None,
    audience: For = Audience.PUBLIC,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """The committees' work programme, or the list of forthcoming executive decisions."""
    from disposals.disclosure import meetings as disclosure
    from disposals.disclosure.papers.stamped import stamped_now
    from disposals.policy import council

    name = "forthcoming-decisions" if forthcoming else "work-programme"
    path = out or (Path(f"{name}.{form}") if form else None)
    if path is not None and path.suffix.lower() == ".ics":
        _write_calendar(ctx, path, committee, audience, as_of, forthcoming=forthcoming)
        return
    with at_desk(ctx, on=as_of) as desk:
        seller = council(desk.register.authority)
        lines: list[Any] = (
            disclosure.forthcoming(desk.register, audience=audience, on=desk.on)
            if forthcoming
            else disclosure.work_programme(
                desk.register, audience=audience, on=desk.on, committee=committee, since=since
            )
        )
        stamp = stamped_now(desk.register) if path is not None else ""
    if path is not None:
        _write(
            path,
            lines,
            forthcoming=forthcoming,
            council=seller,
            on=desk.on,
            committee=committee,
            stamp=stamp,
        )
        output.say(f"{path} written, for the {audience}.")
    elif as_json:
        output.emit(lines)
    elif forthcoming:
        _say_forthcoming(lines)
    else:
        _say_programme(lines)


def _write(
    path: Path,
    lines: list[Any],
    *,
    forthcoming: bool,
    council: str,
    on: date,
    committee: str | None,
    stamp: str,
) -> None:
    from disposals.exports import meetings as exports

    if forthcoming:
        exports.write_forthcoming(path, lines, council=council, on=on, stamp=stamp)
    else:
        named = lines[0].committee if committee and lines else committee
        exports.write_programme(path, lines, council=council, committee=named, on=on, stamp=stamp)


def _write_calendar(
    ctx: typer.Context,
    path: Path,
    committee: str | None,
    audience: Audience,
    as_of: date | None,
    *,
    forthcoming: bool,
) -> None:
    """The meetings, and the days on which decisions are considered, as a calendar."""
    from disposals.disclosure.calendar import Asked, events
    from disposals.exports.calendar import write_calendar

    if forthcoming:
        raise typer.BadParameter("forthcoming decisions have no day of their own; leave out .ics")
    with at_desk(ctx, on=as_of) as desk:
        asked = Asked(committee=committee, is_programme=True)
        found = events(desk.register, asked, audience=audience, on=desk.on)
    number = write_calendar(path, found, name=f"Disposals: {committee or 'all committees'}")
    output.say(f"{counted(number, 'entry', 'entries')} written to {path}, for the {audience}.")


def _say_programme(sittings: Iterable[Any]) -> None:
    for each in sittings:
        output.say(f"{day(each.held_on)}: {each.committee}{_state(each)}", bold=True)
        for moved in each.moved_from:
            output.say(f"  Moved from {moved}.")
        output.say(
            f"  Agenda set on {day(each.agenda_set_on)}; papers published by "
            f"{day(each.papers_by)}.", dim=True,
        )  # fmt: skip
        for line in each.items:
            number = f"{line.no}. " if line.no else ""
            about = f" [{line.reference}]" if line.reference else ""
            added = f"; added by {line.added_by} on {day(line.added_on)}" if line.added_on else ""
            output.say(f"  {number}{line.title}{about} ({line.kind}{added})")
            for deferred in line.deferred_from:
                output.say(f"      Deferred from {deferred}.")
    if not sittings:
        output.say("No meeting is planned. Plan one with `disposals meeting add`.")


def _say_forthcoming(lines: Iterable[dict[str, Any]]) -> None:
    for line in lines:
        output.say(f"{line['number']}: {line['title']}", bold=True)
        before = day(line["not_before"]) if line.get("not_before") else "nobody can say"
        key = "Key decision" if line["is_key"] else "Decision"
        output.say(f"  {key} of the {line['taker']}; not before {before}.")
        if line.get("considered_by"):
            output.say(f"  Considered first by the {listed(line['considered_by'])}.")
        noticed = f"Notice published on {day(line['notice_on'])}" if line["notice_on"] else "Urgent"
        output.say(f"  {noticed}. {line['restriction']}.")
    if not lines:
        output.say("No decision is noticed that has not been taken.")


def _state(sitting: Any) -> str:
    if sitting.is_cancelled:
        return f", cancelled: {sitting.because}"
    return " (date under review)" if sitting.is_under_review else ""


def _said(text: str, value: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        output.emit(value)
    else:
        output.say(text)
