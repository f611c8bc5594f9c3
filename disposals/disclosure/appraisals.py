"""The options appraisal with its figures, as an audience may see it: values, points, reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from disposals.appraisal import Rates, factor, flat, present_value, quality, rates, whole_pence
from disposals.disclosure.fields import Audience, fields_of
from disposals.finding import counting, find_case
from disposals.payments import Payment
from disposals.policy import Policy
from disposals.records.base import Evidence
from disposals.records.judgements import OptionFigure
from disposals.records.options import Option
from disposals.records.scoring import Criterion, Score
from disposals.register import Register
from disposals.vocabulary import Flow, Scored
from disposals.words import listed

_MONTHS = 12
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """A cost (less than nothing) or a receipt of an option, in pence.

    Attributes:
        year: years from now; 0 is at once.
        factor: what a pound of that year is worth today.
    """

    what: str
    year: int
    amount: int
    factor: Decimal


@dataclass(frozen=True, slots=True)
class Points:
    """The points that an option was given for a criterion, and why."""

    criterion: str
    points: int
    because: str | None


@dataclass(frozen=True, slots=True)
class Weight:
    """A criterion and its weight, of 100."""

    title: str
    percent: int
    most_points: int


@dataclass(frozen=True, slots=True)
class Appraised:
    """One option with its figures, in pence; None where it has none, or not for this audience.

    Attributes:
        costs, receipts: as they stand, undiscounted.
        present_value: receipts less costs, each discounted to its year.
        quality: weighted points, of 100.
        figures: what the sums are of, by year; none where the audience may not see all of them.
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
    figures: tuple[Figure, ...] = ()
    points: tuple[Points, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionsAppraisal:
    """The options of a case, by number.

    Attributes:
        rate: of the first years, in percent a year.
        notes: what is missing or remarkable, as sentences; for officers alone, else empty.
        is_part_withheld: something of it is not for this audience.
    """

    reference: str
    on: date
    rate: Decimal
    options: tuple[Appraised, ...]
    notes: tuple[str, ...]
    criteria: tuple[Weight, ...] = ()
    is_part_withheld: bool = False


def options_appraisal(
    register: Register,
    ref: str,
    *,
    audience: Audience,
    on: date,
    rate_percent: Decimal | None = None,
) -> OptionsAppraisal:
    """Appraise the options of a case by net present value and by weighted criteria.

    Args:
        rate_percent: one rate for all years instead of the policy's (Green Book).

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.asked(on).read() as session:
        case = find_case(session, ref)
        at = rates(Policy(case.authority, on)) if rate_percent is None else flat(rate_percent)
        options = _Seen(counting(session, Option, case), audience)
        figures = _Seen(counting(session, OptionFigure, case), audience)
        criteria = _Seen(
            [row for row in counting(session, Criterion, case) if row.scored is Scored.OPTION],
            audience,
        )
        scores = _Seen(
            [row for row in counting(session, Score, case) if row.scored is Scored.OPTION],
            audience,
        )
    appraised = tuple(
        _appraised(option, figures, criteria, scores, at)
        for option in sorted(options.rows, key=lambda option: str(option["no"]))
    )
    weights = tuple(
        Weight(row["title"], row["weight_percent"], row["most_points"]) for row in criteria.rows
    )
    is_for_officers = audience is Audience.OFFICER
    return OptionsAppraisal(
        reference=ref,
        on=on,
        rate=at.first * _WHOLE,
        options=appraised,
        notes=tuple(_notes(appraised, weights)) if is_for_officers else (),
        criteria=weights,
        is_part_withheld=bool(
            options.kept or figures.kept or criteria.kept or scores.kept
            or any("risks" not in option for option in options.rows)
        ),
    )  # fmt: skip


class _Seen:
    """Rows of one kind as an audience may see them, and those of which it may not see all."""

    def __init__(self, rows: Sequence[Evidence], audience: Audience) -> None:
        told = [(row, fields_of(row, audience)) for row in rows]
        wanted = _WANTED.get(str(rows[0].__tablename__), frozenset()) if rows else frozenset()
        self.rows: list[Mapping[str, Any]] = [each for _, each in told if wanted <= each.keys()]
        self.kept: list[Any] = [row for row, each in told if not wanted <= each.keys()]


# Without these a row says nothing, and a sum that lacks it says something wrong.
_WANTED = {
    "option": frozenset({"no", "title", "is_recommended", "is_do_nothing"}),
    "option_figure": frozenset({"option_no", "flow", "what", "amount_pence", "year"}),
    "criterion": frozenset({"title", "weight_percent", "most_points"}),
    "score": frozenset({"subject", "criterion", "points"}),
}


def _appraised(
    option: Mapping[str, Any], figures: _Seen, criteria: _Seen, scores: _Seen, at: Rates
) -> Appraised:
    no = option["no"]
    is_whole = all(row.option_no != no for row in figures.kept)
    own = [_figure(row, at) for row in figures.rows if row["option_no"] == no and is_whole]
    own.sort(key=lambda figure: (figure.year, figure.what))
    points = [row for row in scores.rows if row["subject"] == no]
    signed = [Payment(Decimal(each.amount), each.year * _MONTHS) for each in own]
    return Appraised(
        no=no,
        title=option["title"],
        is_recommended=option["is_recommended"],
        is_do_nothing=option["is_do_nothing"],
        parts=option.get("parts"),
        costs=-sum(each.amount for each in own if each.amount < 0),
        receipts=sum(each.amount for each in own if each.amount > 0),
        present_value=whole_pence(present_value(signed, at)) if own else None,
        quality=None
        if criteria.kept
        else quality(
            {row["criterion"]: row["points"] for row in points},
            {row["title"]: row["weight_percent"] for row in criteria.rows},
            {row["title"]: row["most_points"] for row in criteria.rows},
        ),
        benefits=option.get("benefits"),
        risks=option.get("risks"),
        reasons_for=option.get("reasons_for"),
        reasons_against=option.get("reasons_against"),
        figures=tuple(own),
        points=tuple(Points(row["criterion"], row["points"], row.get("because")) for row in points),
    )


def _figure(row: Mapping[str, Any], at: Rates) -> Figure:
    sign = 1 if row["flow"] is Flow.RECEIPT else -1
    return Figure(
        row["what"], row["year"], sign * row["amount_pence"], factor(row["year"] * _MONTHS, at)
    )


def _notes(options: tuple[Appraised, ...], weights: Sequence[Weight]) -> Iterable[str]:
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
    whole = sum(each.percent for each in weights)
    if weights and whole != _WHOLE:
        yield f"The weights of the criteria come to {whole}, not {_WHOLE}."
    unexplained = [
        option.no for option in options if not option.is_recommended and not option.reasons_against
    ]
    if unexplained:
        yield f"Option {listed(unexplained)} is rejected without reasons."
