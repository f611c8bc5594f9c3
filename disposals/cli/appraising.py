"""Commands that compare: bids on one footing, options by value and quality."""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from disposals.cli import output
from disposals.cli.desk import AsOf, Json, Ref, at_desk
from disposals.disclosure.appraisals import options_appraisal
from disposals.disclosure.evaluation import Offer, evaluation
from disposals.disclosure.fields import Audience
from disposals.words import money

_MOST_PERCENT = 100


def _rate(written: str) -> Decimal:
    try:
        rate = Decimal(written.strip().removesuffix("%"))
    except InvalidOperation:
        raise typer.BadParameter(f"“{written}” is not a rate. Write 3.5.") from None
    if not 0 <= rate <= _MOST_PERCENT:
        raise typer.BadParameter(f"“{written}” is not between 0 and {_MOST_PERCENT} percent.")
    return rate


Rate = Annotated[
    Decimal | None,
    typer.Option(
        "--rate", metavar="PERCENT", parser=_rate,
        help="One discount rate for all years. Without it, the Green Book's of the policy.",
    ),
]  # fmt: skip

Chart = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Draw it as well: FILE ends in .pdf, .svg or .png."),
]


def evaluate(
    ctx: typer.Context,
    ref: Ref,
    campaign: Annotated[int | None, typer.Option(min=1, help="The running one without.")] = None,
    rate: Rate = None,
    chart: Chart = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Put the bids on one footing: present value, risk, quality; other merits stand beside."""
    with at_desk(ctx, on=as_of) as desk:
        told = evaluation(
            desk.register, ref, audience=Audience.OFFICER, on=desk.on, rate_percent=rate,
            campaign=campaign,
        )  # fmt: skip
    if chart is not None:
        from disposals.exports.charts import draw_evaluation

        draw_evaluation(chart, told)
    if as_json:
        output.emit(told)
        return
    output.table(
        f"{ref}: bids of campaign {told.campaign} at {told.rate.normalize():f} % a year (exempt)",
        ["Bidder", "Standing", "Price", "Consideration", "Today", "Depends on", "Risk-adjusted",
         "Quality", "Per point", "Beside money, never added"],
        [_row(offer) for offer in told.offers],
    )  # fmt: skip
    for offer in told.offers:
        if offer.sensitivity:
            steps = "; ".join(
                f"{step:+d} points {money(value)}" if step else f"as judged {money(value)}"
                for step, value in offer.sensitivity.items()
            )
            output.say(f"  {offer.bidder}, if the likelihoods were different: {steps}.")
    for note in told.notes:
        output.say(f"  ! {note}", fg="yellow")


def appraise(
    ctx: typer.Context,
    ref: Ref,
    rate: Rate = None,
    chart: Chart = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Compare the options: costs, receipts, net present value, weighted criteria, reasons."""
    with at_desk(ctx, on=as_of) as desk:
        told = options_appraisal(
            desk.register, ref, audience=Audience.OFFICER, on=desk.on, rate_percent=rate
        )
    if chart is not None:
        from disposals.exports.charts import draw_appraisal

        draw_appraisal(chart, told)
    if as_json:
        output.emit(told)
        return
    output.table(
        f"{ref}: options at {told.rate.normalize():f} % a year (exempt)",
        ["Option", "What", "Costs", "Receipts", "Present value", "Quality", "For", "Against"],
        [
            (
                f"{option.no} *" if option.is_recommended else option.no,
                option.title,
                money(option.costs),
                money(option.receipts),
                _sum(option.present_value),
                _points(option.quality),
                "; ".join(filter(None, (option.reasons_for, option.benefits))),
                "; ".join(filter(None, (option.reasons_against, option.risks))),
            )
            for option in told.options
        ],
    )
    if any(option.is_recommended for option in told.options):
        output.say("  * recommended")
    for note in told.notes:
        output.say(f"  ! {note}", fg="yellow")


def _row(offer: Offer) -> tuple[str, ...]:
    if offer.is_sealed:
        return (offer.bidder, "sealed until the opening", *[""] * 8)
    late = ", late" if offer.is_late else ""
    strange = "" if offer.is_compliant else ", not compliant"
    hurdles = ", ".join(
        f"{name} {percent} %" if percent is not None else f"{name} ?"
        for name, percent in offer.hurdles.items()
    )
    merits = "; ".join(
        f"{name.removesuffix('_pence').replace('_', ' ')}: "
        + (money(value) if name.endswith("_pence") and isinstance(value, int) else str(value))
        for name, value in offer.merits.items()
    )
    return (
        offer.bidder, f"{offer.standing}{late}{strange}", _sum(offer.price),
        _sum(offer.consideration), _sum(offer.present_value), hurdles, _sum(offer.risk_adjusted),
        _points(offer.quality), _sum(offer.price_per_point), merits,
    )  # fmt: skip


def _sum(pence: int | None) -> str:
    return "" if pence is None else money(pence)


def _points(quality: Decimal | None) -> str:
    return "" if quality is None else f"{quality:.1f}"
