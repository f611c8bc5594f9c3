"""Commands of a decision's scrutiny: committees, private meetings, call-in. Part of `decision`."""

from datetime import date
from typing import Annotated

import typer

from disposals.casework import call_in, committees
from disposals.cli.carrying import Number, on_every_case
from disposals.cli.desk import Because, By, Desk, Json, On, a_day

Committee = Annotated[
    str | None, typer.Option(help="The committee. Without it, the one that the proposal names.")
]
MeetingOn = Annotated[
    date | None,
    a_day("The day of the meeting.", "--meeting-on"),
]


def enters(decision: typer.Typer) -> None:
    """Enter the commands of scrutiny among those of `decision`."""
    decision.command("publish-report")(publish_report)
    decision.command("consider")(consider)
    decision.command("private")(private)
    decision.command("call-in")(called_in)
    decision.command("confirm")(confirm)


def publish_report(
    ctx: typer.Context,
    number: Number,
    committee: Committee = None,
    meeting_on: MeetingOn = None,
    late_because: Annotated[
        str | None, typer.Option(help="Why the chair takes the report as urgent, if it is late.")
    ] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record that agenda and report for a committee were published on the day given by --on."""

    def published(desk: Desk, seen: dict[str, int]) -> None:
        committees.publish_report(
            desk.register, number, desk.stamp,
            seen=seen, committee=committee, meeting_on=meeting_on, late_because=late_because,
        )  # fmt: skip

    on_every_case(ctx, number, "report published", published, on=on, by=by, as_json=as_json)


def consider(
    ctx: typer.Context,
    number: Number,
    recommendation: Annotated[
        str, typer.Option(help="endorsed, “endorsed as amended”, “not endorsed” or deferred.")
    ] = "endorsed",
    committee: Committee = None,
    amended: Annotated[str | None, typer.Option(help="The words in which it endorsed it.")] = None,
    abstentions: Annotated[int | None, typer.Option(min=0, help="How many abstained.")] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record what a committee made of a proposed decision on the day given by --on."""

    def considered(desk: Desk, seen: dict[str, int]) -> None:
        committees.consider(
            desk.register, number, desk.stamp,
            seen=seen, recommendation=recommendation, committee=committee, amended=amended,
            abstentions=abstentions,
        )  # fmt: skip

    on_every_case(ctx, number, recommendation, considered, on=on, by=by, as_json=as_json)


def private(
    ctx: typer.Context,
    number: Number,
    meeting_on: MeetingOn = None,
    second: Annotated[bool, typer.Option("--second", help="It is the second notice.")] = False,
    agreed_by: Annotated[
        str | None, typer.Option(help="Who agreed that it is urgent, so that none is given.")
    ] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record notice, given on the day of --on, of a private meeting that takes a decision."""

    def noticed(desk: Desk, seen: dict[str, int]) -> None:
        committees.meet_in_private(
            desk.register, number, desk.stamp,
            seen=seen, meeting_on=meeting_on, second=second, agreed_by=agreed_by,
        )  # fmt: skip

    which = "second notice of a private meeting" if second else "private meeting"
    on_every_case(ctx, number, which, noticed, on=on, by=by, as_json=as_json)


def called_in(
    ctx: typer.Context,
    number: Number,
    called_in_by: Annotated[
        str | None, typer.Option(help="The committee or the members who call it in.")
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Option(help="What came of it: upheld, “referred back”, “to Council” or withdrawn."),
    ] = None,
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record that a decision was called in on the day given by --on; or, later, the outcome."""
    if (called_in_by is None) == (outcome is None):
        raise typer.BadParameter("say who calls it in with --called-in-by, or the --outcome")

    def called(desk: Desk, seen: dict[str, int]) -> None:
        if outcome is not None:
            call_in.settle(desk.register, number, desk.stamp, seen=seen, outcome=outcome)
            return
        call_in.call_in(
            desk.register, number, desk.stamp,
            seen=seen, called_in_by=called_in_by or "", because=because,
        )  # fmt: skip

    what = "call-in" if outcome is None else f"call-in {outcome}"
    on_every_case(ctx, number, what, called, on=on, by=by, as_json=as_json)


def confirm(
    ctx: typer.Context, number: Number, by: By = None, on: On = None, as_json: Json = False
) -> None:
    """Record that its taker confirmed a decision after a call-in, on the day given by --on."""

    def confirmed(desk: Desk, seen: dict[str, int]) -> None:
        call_in.confirm(desk.register, number, desk.stamp, seen=seen)

    on_every_case(ctx, number, "decision confirmed", confirmed, on=on, by=by, as_json=as_json)
