"""The tables of an option appraisal."""

from collections.abc import Sequence

from disposals.disclosure.appraisals import Appraised, OptionsAppraisal
from disposals.exports.paper import Cell, Table
from disposals.exports.papers.exempt import pounds_said


def described(options: Sequence[Appraised]) -> Table:
    """What each option is, what it brings and what may go wrong; the last two if any are told."""
    if not any(option.benefits or option.risks for option in options):
        rows = tuple((Cell(_no(option)), Cell(option.title)) for option in options)
        return Table(("Option", "What would be done"), rows, (1, 4))
    return Table(
        ("Option", "Benefits", "Risks"),
        tuple(
            (Cell(f"{_no(option)}. {option.title}"), Cell(option.benefits or "–"),
             Cell(option.risks or "–"))
            for option in options
        ),
        (4, 3, 3),
    )  # fmt: skip


def sums(options: Sequence[Appraised]) -> Table:
    """Costs, receipts and present value, and what is gained over keeping the land."""
    kept = next((option.present_value for option in options if option.is_do_nothing), None)
    return Table(
        ("Option", "Costs", "Receipts", "Present value", "More than keeping"),
        tuple(_sums(option, kept) for option in options),
        (5, 4, 4, 4, 4), figures=(1, 2, 3, 4),
    )  # fmt: skip


def _sums(option: Appraised, kept: int | None) -> tuple[Cell, ...]:
    value = option.present_value
    if value is None:
        return (Cell(_no(option)), *(Cell("–"),) * 4)
    more = None if kept is None or option.is_do_nothing else value - kept
    told = (option.costs, option.receipts, value, more)
    return (Cell(_no(option)), *(Cell(pounds_said(each)) for each in told))


def weighed(told: OptionsAppraisal) -> Table:
    """Each criterion with its weight and the points of every option; quality in the last row."""
    points = {
        (option.no, each.criterion): each.points
        for option in told.options
        for each in option.points
    }
    rows = [
        (
            Cell(each.title),
            Cell(f"{each.percent} %"),
            *(
                Cell(_of(points.get((option.no, each.title)), each.most_points))
                for option in told.options
            ),
        )
        for each in told.criteria
    ]
    total = sum(each.percent for each in told.criteria)
    qualities = (
        Cell("–" if option.quality is None else f"{option.quality:.1f}") for option in told.options
    )
    rows.append((Cell("Quality, of 100"), Cell(f"{total} %"), *qualities))
    columns = len(told.options)
    return Table(
        ("Criterion", "Weight", *(option.no for option in told.options)),
        tuple(rows), (5, 2, *(2,) * columns), figures=tuple(range(1, columns + 2)),
    )  # fmt: skip


def _of(points: int | None, most: int) -> str:
    return "–" if points is None else f"{points} of {most}"


def points_given(options: Sequence[Appraised]) -> Table:
    """Why each option has the points that it has."""
    return Table(
        ("Option", "Criterion", "Points", "Why"),
        tuple(
            (Cell(option.no), Cell(each.criterion), Cell(str(each.points)),
             Cell(each.because or "–"))
            for option in options
            for each in option.points
        ),
        (2, 4, 2, 8), figures=(2,),
    )  # fmt: skip


def cash_flows(option: Appraised) -> Table:
    """Every cost and receipt of an option with what it is worth today; the sum in the last row."""
    rows = [
        (
            Cell(str(each.year)), Cell(each.what), Cell(pounds_said(each.amount)),
            Cell(f"{each.factor:.4f}"), Cell(pounds_said(round(each.amount * each.factor))),
        )
        for each in option.figures
    ]  # fmt: skip
    rows.append(
        (
            Cell("All"), Cell("Net"), Cell(pounds_said(option.receipts - option.costs)), Cell(""),
            Cell(pounds_said(option.present_value)),
        )
    )  # fmt: skip
    return Table(
        ("Year", "What", "Amount", "Factor", "Present value"), tuple(rows), (2, 6, 4, 3, 4),
        figures=(2, 3, 4),
    )  # fmt: skip


def _no(option: Appraised) -> str:
    marks = [
        mark
        for mark, stands in (
            ("recommended", option.is_recommended),
            ("keep the land", option.is_do_nothing),
        )
        if stands
    ]
    return f"{option.no} ({', '.join(marks)})" if marks else option.no
