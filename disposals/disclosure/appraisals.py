"""The options appraisal with its figures, as an audience may see it: values, points, reasons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from disposals.appraisal import Rates, factor, flat, present_value, quality, rates, whole_pence
from disposals.disclosure.fields import Audience
from disposals.disclosure.rows import Shown, counting_shown, withheld_of
from disposals.finding import find_case
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
        options = counting_shown(session, Option, case, audience, WANTED_OF_OPTION)
        figures = counting_shown(session, OptionFigure, case, audience, _WANTED_OF_FIGURE)
        criteria = counting_shown(session, Criterion, case, audience, _WANTED_OF_CRITERION)
        scores = counting_shown(session, Score, case, audience, _WANTED_OF_SCORE)
    appraised = tuple(
        _appraised(option, figures, criteria, scores, at)
        for option in sorted(options.rows, key=lambda option: option.no)
    )
    weights = tuple(
        Weight(row.title, row.weight_percent, row.most_points)
        for row in criteria.rows
        if row.scored is Scored.OPTION
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
            options.lacks()
            or figures.lacks()
            or criteria.lacks(_is_of_options)
            or scores.lacks(_is_of_options)
            or any(withheld_of(option) for option in options.rows)
        ),
    )


# Without these a row says nothing, and a sum that lacks it says something wrong.
WANTED_OF_OPTION = frozenset({"no", "title", "is_recommended", "is_do_nothing"})
_WANTED_OF_FIGURE = frozenset({"option_no", "flow", "what", "amount_pence", "year"})
_WANTED_OF_CRITERION = frozenset({"scored", "title", "weight_percent", "most_points"})
_WANTED_OF_SCORE = frozenset({"scored", "subject", "criterion", "points"})


def _is_of_options(row: Criterion | Score) -> bool:
    return row.scored is Scored.OPTION


def _appraised(
    option: Option,
    figures: Shown[OptionFigure],
    criteria: Shown[Criterion],
    scores: Shown[Score],
    at: Rates,
) -> Appraised:
    is_whole = not figures.lacks(lambda row: row.option_no == option.no)
    own = [_figure(row, at) for row in figures.rows if row.option_no == option.no and is_whole]
    own.sort(key=lambda figure: (figure.year, figure.what))
    points = [row for row in scores.rows if _is_of_options(row) and row.subject == option.no]
    weighed = [row for row in criteria.rows if _is_of_options(row)]
    has_quality = not criteria.lacks(_is_of_options) and not scores.lacks(
        lambda row: _is_of_options(row) and row.subject == option.no
    )
    signed = [Payment(Decimal(each.amount), each.year * _MONTHS) for each in own]
    return Appraised(
        no=option.no,
        title=option.title,
        is_recommended=option.is_recommended,
        is_do_nothing=option.is_do_nothing,
        parts=option.parts,
        costs=-sum(each.amount for each in own if each.amount < 0),
        receipts=sum(each.amount for each in own if each.amount > 0),
        present_value=whole_pence(present_value(signed, at)) if own else None,
        quality=quality(
            {row.criterion: row.points for row in points},
            {row.title: row.weight_percent for row in weighed},
            {row.title: row.most_points for row in weighed},
        )
        if has_quality
        else None,
        benefits=option.benefits,
        risks=option.risks,
        reasons_for=option.reasons_for,
        reasons_against=option.reasons_against,
        figures=tuple(own),
        points=tuple(Points(row.criterion, row.points, row.because) for row in points),
    )


def _figure(row: OptionFigure, at: Rates) -> Figure:
    sign = 1 if row.flow is Flow.RECEIPT else -1
    return Figure(row.what, row.year, sign * row.amount_pence, factor(row.year * _MONTHS, at))


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
