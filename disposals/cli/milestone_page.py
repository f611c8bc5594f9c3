"""The command that shows one milestone in full."""

from typing import Annotated, Any

import typer

from disposals.cli import output
from disposals.cli.desk import AsOf, Json, Ref, at_desk
from disposals.words import counted, day


def show(
    ctx: typer.Context,
    ref: Ref,
    no: Annotated[int, typer.Argument(metavar="NO", help="The milestone's number.")],
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """One milestone in full: every date it ever had, with the reason, and what hangs on what."""
    from disposals.disclosure.milestone import milestone

    with at_desk(ctx, on=as_of) as desk:
        page = milestone(desk.register, ref, no)
    if as_json:
        output.emit(page)
        return
    output.table(
        f"{page.no}. {page.name} ({page.reference})" + (", void" if page.is_void else ""),
        ["Date", "Kind", "Slip", "Recorded", "By", "Why"],
        [
            (
                each.when, each.kind,
                counted(each.slip_months, "month") if each.slip_months else "",
                day(each.recorded_on), each.recorded_by, each.because or "",
            )
            for each in page.dates
        ],
    )  # fmt: skip
    if page.only_if:
        output.say(f"It hangs on: {page.only_if} ({page.outcome or 'open'}).")
    if page.met_by:
        output.say(f"It is met by the evidence: {page.met_by}.")
    for tie in page.comes_after:
        output.say(f"It comes after {_tied(tie)}.")
    for tie in page.followed_by:
        output.say(f"It is followed by {_tied(tie)}.")


def _tied(tie: Any) -> str:
    lag = "" if tie.lag.startswith("0 ") else f", by {tie.lag}"
    return f"{tie.no}. {tie.name} ({tie.reference}){lag}"
