"""The options appraisal with its figures, for officers alone: present values, points, reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from disposals.appraisal import Rates, flat, present_value, quality, rates, whole_pence
from disposals.finding import counting, find_case
from disposals.payments import Payment
from disposals.policy import Policy
from disposals.records.judgements import OptionFigure
from disposals.records.options import Option
from disposals.records.scoring import Criterion, Score
from disposals.register import Register
from disposals.vocabulary import Flow, Scored
from disposals.words import listed

_MONTHS = 12
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Appraised:
    """One option with its figures, in pence; None where it has none.

    Attributes:
        costs, receipts: as they stand, undiscounted.
        present_value: receipts less costs, each discounted to its year.
        quality: weighted points, of 100.
    """

    no: str
    title: str
    is_recommended: bool
    is_do_nothing: bool
    parts: str | None
    costs: int
    receipts: int
    present_value: int | None
    quality: Decimal | None
    benefits: str | None
    risks: str | None
    reasons_for: str | None
    reasons_against: str | None


@dataclass(frozen=True, slots=True)
class OptionsAppraisal:
    """The options of a case, by number.

    Attributes:
        rate: of the first years, in percent a year.
        notes: what is missing or remarkable, as sentences.
    """

    reference: str
    on: date
    rate: Decimal
    options: tuple[Appraised, ...]
    notes: tuple[str, ...]


def options_appraisal(
    register: Register, ref: str, *, on: date, rate_percent: Decimal | None = None
) -> OptionsAppraisal:
    """Appraise the options of a case by net present value and by weighted criteria.

    Args:
        rate_percent: one rate for all years instead of the policy's (Green Book).

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        case = find_case(session, ref)
        at = rates(Policy(case.authority, on)) if rate_percent is None else flat(rate_percent)
        options = counting(session, Option, case)
        figures = counting(session, OptionFigure, case)
        criteria = [
            row for row in counting(session, Criterion, case) if row.scored is Scored.OPTION
        ]
        scores = [row for row in counting(session, Score, case) if row.scored is Scored.OPTION]
    weights = {row.title: row.weight_percent for row in criteria}
    most = {row.title: row.most_points for row in criteria}
    appraised = tuple(
        _appraised(
            option,
            [figure for figure in figures if figure.option_no == option.no],
            quality(
                {row.criterion: row.points for row in scores if row.subject == option.no},
                weights,
                most,
            ),
            at,
        )
        for option in sorted(options, key=lambda option: option.no)
    )
    notes = tuple(_notes(appraised, weights))
    return OptionsAppraisal(ref, on, at.first * _WHOLE, appraised, notes)


def _appraised(
    option: Option, figures: list[OptionFigure], points: Decimal | None, at: Rates
) -> Appraised:
    signed = [
        Payment(
            Decimal(row.amount_pence if row.flow is Flow.RECEIPT else -row.amount_pence),
            row.year * _MONTHS,
        )
        for row in figures
    ]
    return Appraised(
        no=option.no,
        title=option.title,
        is_recommended=option.is_recommended,
        is_do_nothing=option.is_do_nothing,
        parts=option.parts,
        costs=sum(row.amount_pence for row in figures if row.flow is Flow.COST),
        receipts=sum(row.amount_pence for row in figures if row.flow is Flow.RECEIPT),
        present_value=whole_pence(present_value(signed, at)) if figures else None,
        quality=points,
        benefits=option.benefits,
        risks=option.risks,
        reasons_for=option.reasons_for,
        reasons_against=option.reasons_against,
    )


def _notes(options: tuple[Appraised, ...], weights: dict[str, int]) -> Iterable[str]:
    if not any(option.is_do_nothing for option in options):
        yield "Keeping the land is not among the options: `disposals option add --do-nothing`."
    silent = [option.no for option in options if option.present_value is None]
    if silent:
        yield f"No figures are recorded for option {listed(silent)}: `disposals option figure`."
    valued = [option for option in options if option.present_value is not None]
    best = max(valued, key=lambda option: option.present_value or 0, default=None)
    chosen = [option for option in options if option.is_recommended]
    if best and chosen and best.no != chosen[0].no:
        yield f"Option {best.no} has the highest present value; {chosen[0].no} is recommended."
    if weights and sum(weights.values()) != _WHOLE:
        yield f"The weights of the criteria come to {sum(weights.values())}, not {_WHOLE}."
    unexplained = [
        option.no for option in options if not option.is_recommended and not option.reasons_against
    ]
    if unexplained:
        yield f"Option {listed(unexplained)} is rejected without reasons."
