"""The command for the work programme of the committees, and for the forthcoming decisions."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from disposals.cli import output
from disposals.cli.audience import For
from disposals.cli.desk import AsOf, Json, a_day, at_desk
from disposals.cli.files import ending_in
from disposals.disclosure.fields import Audience
from disposals.words import counted, day, listed

app = typer.Typer()


class Form(StrEnum):
    """What the programme may be written as."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    ICS = "ics"


@app.command()
def programme(
    ctx: typer.Context,
    committee: Annotated[str | None, typer.Option(help="A part of its name.")] = None,
    forthcoming: Annotated[
        bool, typer.Option("--forthcoming", help="The forthcoming executive decisions instead.")
    ] = False,
    since: Annotated[date | None, a_day("Also meetings since.")] = None,
    form: Annotated[
        Form | None, typer.Option("--format", help="Write it as a file of this form.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            parser=ending_in(".pdf", ".docx", ".html", ".ics"),
            help="The file, in .pdf, .docx, .html or .ics; without it, named by --format.",
        ),
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
        say_programme(lines)


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


def say_programme(sittings: Iterable[Any]) -> None:
    """Print meetings with what comes to each."""
    for each in sittings:
        output.say(f"{day(each.held_on)}: {each.committee}{state(each)}", bold=True)
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


def state(sitting: Any) -> str:
    """Whether a meeting is cancelled or its day may change, in words to follow its name."""
    if sitting.is_cancelled:
        return f", cancelled: {sitting.because}"
    return " (date under review)" if sitting.is_under_review else ""
