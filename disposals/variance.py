"""What has changed in the forecast of receipts since a day, case by case, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from disposals.appraisal import whole_pence
from disposals.draws import month_of, quarter_of
from disposals.forecast import Period
from disposals.receipts import Line, Silent
from disposals.words import counted, money, plainly


@dataclass(frozen=True, slots=True)
class Change:
    """A case that changed the forecast; sums in pence.

    Attributes:
        unadjusted, risk_adjusted: by financial year, by how much; years that changed alone.
        because: why, as sentences without their stops.
    """

    reference: str
    name: str
    unadjusted: Mapping[str, int]
    risk_adjusted: Mapping[str, int]
    because: tuple[str, ...]


def change(before: Line | None, now: Line) -> Change | None:
    """What a case changed in the forecast; None where it changed nothing.

    Args:
        before: None where it was not open.
    """
    was, is_now = _by_year(before), _by_year(now)
    years = sorted(was.keys() | is_now.keys())
    none = (0, 0)
    unadjusted = {y: is_now.get(y, none)[0] - was.get(y, none)[0] for y in years}
    adjusted = {y: is_now.get(y, none)[1] - was.get(y, none)[1] for y in years}
    if not any(unadjusted.values()) and not any(adjusted.values()):
        return None
    return Change(
        now.reference, now.name,
        {str(year): pence for year, pence in unadjusted.items() if pence},
        {str(year): pence for year, pence in adjusted.items() if pence},
        tuple(_reasons(before, now)) or ("what it rests on was recorded anew",),
    )  # fmt: skip


def _by_year(line: Line | None) -> dict[Period, tuple[int, int]]:
    """By financial year, the sum and what it comes to by its likelihood."""
    sums: dict[Period, tuple[int, int]] = {}
    for month, pence, received in line.months() if line else ():
        year = Period.of_quarter(quarter_of(month)).year
        adjusted = pence if received or line is None else whole_pence(line.risk_adjusted(pence))
        before = sums.get(year, (0, 0))
        sums[year] = before[0] + pence, before[1] + adjusted
    return sums


def _counts(line: Line | None) -> bool:
    return line is not None and any(True for _ in line.months())


def _reasons(before: Line | None, now: Line) -> Iterator[str]:
    if before is None:
        yield "new"
        return
    if not _counts(now):
        yield str(now.silent)
        return
    if not _counts(before):
        yield f"counts from now on: before, {before.silent}"
        return
    yield from _date(before, now)
    if before.amount != now.amount:
        yield (
            f"{money(before.amount)} by {before.basis} is now {money(now.amount)} by {now.basis}"
        )
    if before.stage != now.stage:
        yield f"moved from {plainly(before.stage)} to {plainly(now.stage)}"
    if before.held != now.held:
        yield f"put on hold: {now.held}" if now.held else "taken up again"
    yield from _conditions(dict(before.percents), dict(now.percents))


def _date(before: Line, now: Line) -> Iterator[str]:
    if before.window is None or now.window is None:
        return
    months = month_of(now.window[1]) - month_of(before.window[1])
    if now.is_completed and not before.is_completed:
        yield f"completed on {now.when}"
    elif now.is_overdue and months:
        yield f"overdue since {now.when}"
        return
    if months:
        way = "slipped" if months > 0 else "brought forward"
        years = [str(_year(each.window[1])) for each in (before, now) if each.window]
        into = (
            f", from {years[0]} to {years[1]}" if years[0] != years[1] else f", within {years[1]}"
        )
        yield f"{way} by {counted(abs(months), 'month')}{into}"


def _year(on: date) -> Period:
    return Period.of_quarter(quarter_of(month_of(on))).year


def _conditions(before: Mapping[str, int], now: Mapping[str, int]) -> Iterator[str]:
    """What was decided of what it hangs on; the first entry is the stage, told elsewhere."""
    was, is_now = list(before.items())[1:], dict(list(now.items())[1:])
    for title, percent in was:
        if title not in is_now:
            yield f"no longer open: {title}"
        elif is_now[title] != percent:
            yield f"{title}: {percent} % is now {is_now[title]} %"
    for title in is_now.keys() - dict(was).keys():
        yield f"hangs on: {title}"


SILENT_SAYS = {
    Silent.NO_SUM: "no sum is known (no receipt, contract, agreed terms, bid or valuation)",
    Silent.NO_DATE: "no completion is forecast (no milestone is marked as completion)",
    Silent.VOID: "what the completion hangs on failed",
}
