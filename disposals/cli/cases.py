"""Commands about a case as a whole: list, show, next, history, open, hold, resume."""

from datetime import date
from typing import Annotated, Any

import typer

from disposals.casework import cases as casework
from disposals.casework import opening
from disposals.cli import case_view, output
from disposals.cli.audience import For
from disposals.cli.desk import AsOf, Because, By, Json, On, Ref, a_day, at_desk, read_day
from disposals.cli.happened import happened
from disposals.cli.recording import act, done
from disposals.disclosure import cases
from disposals.disclosure.fields import Audience
from disposals.words import counted, day, plainly

app = typer.Typer()


@app.command(name="list")
def list_(
    ctx: typer.Context,
    stage: Annotated[str | None, typer.Option(help="Only at this stage.")] = None,
    officer: Annotated[str | None, typer.Option(help="Only this officer's.")] = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Only with a milestone overdue.")
    ] = False,
    audience: For = Audience.OFFICER,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """The disposals of the register, a line each."""
    with at_desk(ctx, on=as_of) as desk:
        lines = cases.listing(
            desk.register, audience=audience, on=desk.on, stage=stage, officer=officer,
            overdue=overdue,
        )  # fmt: skip
    if as_json:
        output.emit(lines)
        return
    if not lines:
        output.say("No disposal matches." if stage or officer or overdue else _none_yet(as_of))
        return
    columns = ["reference", "stage", "next milestone", "name"]
    output.table(
        counted(len(lines), "disposal"),
        [column.capitalize() for column in columns],
        [
            (
                line["reference"],
                plainly(line["stage"]) + (" (on hold)" if line.get("on_hold_since") else ""),
                _milestone(line),
                line["name"],
            )
            for line in lines
        ],
    )


@app.command()
def show(
    ctx: typer.Context,
    ref: Ref,
    audience: For = Audience.OFFICER,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """One disposal: where it stands, its sites and parts, its evidence, its milestones."""
    with at_desk(ctx, on=as_of) as desk:
        case = cases.whole_case(desk.register, ref, audience=audience, on=desk.on)
    if as_json:
        output.emit(case)
        return
    case_view.show(case)


@app.command(name="next")
def next_(
    ctx: typer.Context,
    ref: Ref,
    as_of: Annotated[
        date | None,
        typer.Option(
            "--as-of", "--on", metavar="DATE", parser=read_day,
            help="The day asked about. Without it, today.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """What stops this case: every gate of its next move that is not met, with its remedy."""
    with at_desk(ctx, on=as_of) as desk:
        outlooks = cases.outlook(desk.register, ref, on=desk.on)
    if as_json:
        told = [
            {
                "reference": each.reference,
                "from": each.stage,
                "to": each.to_stage,
                "on_hold": each.held,
                "gates": output.gates_as_json(each.report, each.reference) if each.report else [],
            }
            for each in outlooks
        ]
        output.emit({"next": told})
        return
    for each in outlooks:
        if each.report is None or each.to_stage is None:
            output.say(f"{each.reference} is {plainly(each.stage)}; nothing follows.", bold=True)
            continue
        stopping = len(each.report.stopping)
        state = (
            f"{stopping} of {counted(len(each.report.findings), 'gate')} not met"
            if stopping
            else "every gate is met"
        )
        output.say(
            f"{each.reference}: from {plainly(each.stage)} to {plainly(each.to_stage)}, {state}.",
            bold=True,
        )
        if each.held:
            output.say(f"    On hold: {each.held}", fg="yellow")
        output.report(each.report, each.reference, met=True)
        if not stopping and not each.held:
            output.say(f"    disposals advance {each.reference}")
        if each.may_split:
            output.say(f"    To sell it in parts: disposals advance {each.reference} --to in_parts")


@app.command()
def history(
    ctx: typer.Context,
    ref: Ref,
    audience: For = Audience.OFFICER,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """What happened to a case: every act with who, when, why, and the gates as they stood."""
    with at_desk(ctx, on=as_of) as desk:
        entries = cases.history(desk.register, ref, audience=audience)
    if as_json:
        output.emit(entries)
        return
    output.table(
        f"History of {ref}",
        ["No", "On", "Act", "Stage", "By", "Why"],
        [
            (
                str(entry.get("no", "")),
                day(entry["on"]),
                happened(entry),
                _stages_of(entry),
                entry.get("by") or "",
                entry.get("because") or "",
            )
            for entry in entries
        ],
    )


@app.command(name="open")
def open_(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="A new reference, such as mill-lane.")],
    name: Annotated[str, typer.Option(help="What the disposal is called.")],
    site: Annotated[list[str], typer.Option("--site", help="Each site it takes in.")],
    workflow: Annotated[str, typer.Option(help="The workflow it runs on.")] = "open-market-sale",
    officer: Annotated[str | None, typer.Option(help="The officer in charge.")] = None,
    stage: Annotated[
        str | None, typer.Option(help="For a case under way: the stage at which it is taken on.")
    ] = None,
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Open a disposal of one or several sites."""
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        opening.open_case(
            desk.register, ref, desk.stamp, name=name,
            holds=[opening.Share(each) for each in site], workflow=workflow, officer=officer,
            stage=stage, because=because,
        )  # fmt: skip
        done(desk, ref, "opening", as_json=as_json)


@app.command()
def hold(
    ctx: typer.Context,
    ref: Ref,
    because: Because = None,
    review_on: Annotated[date | None, a_day("When to look at it again.")] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Put a case on hold; it keeps its stage."""
    act(
        ctx, ref, "hold",
        lambda desk, seen: casework.hold(
            desk.register, ref, desk.stamp, seen=seen, because=because, review_on=review_on
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@app.command()
def resume(
    ctx: typer.Context,
    ref: Ref,
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Take up a case that was on hold."""
    act(
        ctx, ref, "resumption",
        lambda desk, seen: casework.resume(
            desk.register, ref, desk.stamp, seen=seen, because=because
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


def _none_yet(as_of: date | None) -> str:
    if as_of is not None:
        return f"The register held no disposal on {day(as_of)}."
    return (
        "The register holds no disposal yet. Open one: "
        "`disposals open REF --name NAME --site SITE`; "
        "`disposals site add SITE --name NAME` records the land first."
    )


def _milestone(line: dict[str, Any]) -> str:
    late = line["overdue"]
    if late:
        return f"overdue: {late[0]}" + (f" and {len(late) - 1} more" if len(late) > 1 else "")
    return line["next_milestone"] or ""


def _stages_of(entry: dict[str, Any]) -> str:
    came, now = entry["from_stage"], entry["to_stage"]
    return plainly(now) if came in {None, now} else f"{plainly(came)} → {plainly(now)}"
