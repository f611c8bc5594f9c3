"""Commands that set milestones, forecast them anew, and record what became of them."""

from typing import Annotated, Any

import typer

from disposals.casework import links
from disposals.casework import programme as casework
from disposals.cli import output
from disposals.cli.desk import Because, By, Json, On, Open, Ref, Source, at_desk, read_when
from disposals.cli.milestone_page import show
from disposals.cli.recording import act, done
from disposals.cli.sheet import sheet, take
from disposals.disclosure.seen import versions, versions_of_family
from disposals.errors import BadFact
from disposals.milestones import When
from disposals.network import lag
from disposals.vocabulary import Mark, Outcome

_DIGITS = 10  # a longer number is the name of nothing
milestone = typer.Typer(
    help="Set a milestone, forecast it anew, say what it hangs on, record that it was met."
)
milestone.command()(show)
milestone.command()(sheet)
milestone.command()(take)
No = Annotated[int, typer.Argument(metavar="NO", help="The milestone's number.")]

Dated = Annotated[
    When,
    typer.Option(
        "--when", metavar="WHEN", parser=read_when,
        help="As officers write it: Jul 2022, Nov/Dec 2021, 15 July 2022.",
    ),
]  # fmt: skip
After = Annotated[int, typer.Option("--after", metavar="NO", help="The one it comes after.")]


@milestone.command()
def add(
    ctx: typer.Context,
    ref: Ref,
    name: Annotated[str, typer.Option(help="What will have happened.")],
    when: Dated,
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
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        no = casework.set_milestone(
            desk.register, ref, name, when, desk.stamp, seen=versions(desk.register, ref)[ref],
            owner=owner, mark=mark, only_if=only_if, met_by=met_by, source=source, is_open=is_open,
        )  # fmt: skip
        done(desk, ref, f"milestone {no}, “{name}”, {when.as_written},", as_json=as_json, no=no)


@milestone.command()
def forecast(
    ctx: typer.Context,
    ref: Ref,
    no: Annotated[str, typer.Argument(metavar="NO", help="The milestone's number.")],
    when: Dated,
    because: Because = None,
    follow: Annotated[
        bool, typer.Option("--follow", help="Move what has to move with it as well.")
    ] = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Forecast a milestone anew, with the reason; the baseline stays. Says what moves with it."""
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        number = int(no) if no.isdecimal() and len(no) < _DIGITS else None
        if number is None:
            casework.refuse_fixed(desk.register, ref, no, on=desk.on)
        moves = casework.forecast(
            desk.register, ref, number, when, desk.stamp,
            seen=versions_of_family(desk.register, ref), because=because, follow=follow,
        )  # fmt: skip
        done(desk, ref, f"forecast of milestone {no}, {when.as_written},", as_json=as_json)
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
