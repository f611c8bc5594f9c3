"""A made-up portfolio: as many disposals as asked, each with ten milestones and what its stage has.

Everything is spread by a fixed rule, so that two runs measure the same register. Every officer has
a hundred disposals; of the milestones whose time has passed one in a hundred is not met.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from disposals.records.base import Evidence
from disposals.records.bids import Bid, Valuation
from disposals.records.cases import Disposal, HistoryEntry, Holding
from disposals.records.completion import Contract, Receipt
from disposals.records.programme import Milestone, MilestoneDate, MilestoneLink
from disposals.records.terms import HeadsOfTerms
from disposals.register import Register, create_register
from disposals.vocabulary import DateKind, Interest, Mark, Standing
from sites.records import Site
from tests.conftest import AT

TODAY = date(2021, 9, 30)
MILESTONES = 10
OF_ONE_OFFICER = 100
_DAY = timedelta(days=1)
_STAGES = (
    "surplus_declaration", "options_appraisal", "marketing", "bid_shortlist", "heads_of_terms",
    "completion", "completed",
)  # fmt: skip
_STEPS = (
    "Surplus declared", "Options appraised", "Campaign opens", "Offers close", "Shortlist made",
    "Heads of terms agreed", "Decision taken", "Contracts exchanged", "Consent granted",
    "Land sale completes",
)  # fmt: skip
_AT_ONCE = 20_000

Row = dict[str, Any]


def portfolio(path: Path, disposals: int) -> Path:
    """Make a register of so many disposals at a path."""

    def fill(register: Register) -> None:
        with register.write() as session:
            for kind, rows in tables(range(disposals)):
                keep(session, kind, rows)

    create_register(path, authority="kent", at=AT, fill=fill)
    return path


def keep(session: Session, kind: type[Any], rows: Iterable[Row]) -> None:
    """Write rows of one table, a batch at a time."""
    rest = iter(rows)
    while some := list(islice(rest, _AT_ONCE)):
        session.connection().execute(insert(kind), some)


def tables(numbers: range) -> Iterator[tuple[type[Any], Iterator[Row]]]:
    """Every table with its rows, in the order in which the register takes them."""
    who = {"recorded_by": "Officer", "recorded_at": AT}
    yield Site, ({"ref": ref(no), "name": f"Land {no}", **who} for no in numbers)
    yield HistoryEntry, (entry for no in numbers for entry in _history(no))
    yield Disposal, (_disposal(no) for no in numbers)
    yield (
        Holding,
        (
            {"disposal_ref": ref(no), "site_ref": ref(no), "interest": Interest.FREEHOLD}
            for no in numbers
        ),
    )
    yield (
        Milestone,
        (
            _row(
                no, no=k + 1, name=_STEPS[k], mark=Mark.COMPLETION if k == MILESTONES - 1 else None
            )
            for no in numbers
            for k in range(MILESTONES)
        ),
    )
    yield MilestoneDate, (row for no in numbers for row in _dates(no))
    yield MilestoneLink, (_row(no, milestone_no=10, after_no=9) for no in numbers)
    yield Valuation, (
        _row(no, valuer="Valuer", value_pence=_pence(no), valued_on=TODAY - no % 250 * _DAY,
             basis="unrestricted")
        for no in _from("marketing", numbers)
    )  # fmt: skip
    yield (
        Bid,
        (
            _row(no, bidder="Bidder", price_pence=_pence(no), standing=Standing.PREFERRED)
            for no in _from("bid_shortlist", numbers)
        ),
    )
    yield (
        HeadsOfTerms,
        (
            _row(no, buyer="Bidder", price_pence=_pence(no), agreed_on=_opened(no) + 180 * _DAY)
            for no in _from("heads_of_terms", numbers)
        ),
    )
    yield Contract, (
        _row(no, buyer="Bidder", price_pence=_pence(no), exchanged_on=_opened(no) + 225 * _DAY,
             is_conditional=False)
        for no in _from("completion", numbers)
    )  # fmt: skip
    yield (
        Receipt,
        (
            _row(no, amount_pence=_pence(no), received_on=_opened(no) + 270 * _DAY)
            for no in _from("completed", numbers)
        ),
    )


def _from(stage: str, numbers: range) -> Iterator[int]:
    """The disposals that stand at a stage or have passed it."""
    first = _STAGES.index(stage)
    return (no for no in numbers if no % len(_STAGES) >= first)


def _disposal(no: int) -> Row:
    return {
        "ref": ref(no), "name": f"Land {no}", "authority": "kent", "workflow": "open-market-sale",
        "officer": f"Officer {no // OF_ONE_OFFICER}", "workflow_version": 2,
        "stage": _stage(no), "opened_on": _opened(no), "version": no % len(_STAGES) + 1,
    }  # fmt: skip


def _history(no: int) -> Iterator[Row]:
    """The opening, and a move for every stage that the case has passed."""
    for step in range(no % len(_STAGES) + 1):
        yield {
            "disposal_ref": ref(no), "no": step + 1, "act": "advance" if step else "open",
            "by": "Officer", "on": _opened(no) + 45 * step * _DAY, "at": AT,
            "from_stage": _STAGES[step - 1] if step else None, "to_stage": _STAGES[step],
        }  # fmt: skip


def _dates(no: int) -> Iterator[Row]:
    """Baselines 60 days apart; every fifth forecast a month later; met where their time is past."""
    for k in range(MILESTONES):
        planned = _opened(no) + 60 * (k + 1) * _DAY
        yield _date(no, k + 1, DateKind.BASELINE, planned)
        if (no + k) % 5 == 0:
            planned += 30 * _DAY
            yield _date(no, k + 1, DateKind.FORECAST, planned)
        if planned < TODAY and (no * MILESTONES + k) % 100:
            yield _date(no, k + 1, DateKind.ACTUAL, planned)


def _date(no: int, milestone_no: int, kind: DateKind, on: date) -> Row:
    return _row(
        no, milestone_no=milestone_no, kind=kind, earliest_on=on, latest_on=on,
        as_written=on.isoformat(),
    )  # fmt: skip


def _row(no: int, /, **facts: Any) -> Row:
    """A row of evidence on a disposal."""
    by_default = {
        name: field.default
        for name, field in Evidence.model_fields.items()
        if name in {"disclosure", "is_illustrative"}
    }
    return {
        **by_default, "disposal_ref": ref(no), "recorded_on": _opened(no), "recorded_at": AT,
        "recorded_by": "Officer", **facts,
    }  # fmt: skip


def ref(no: int) -> str:
    """The reference of a disposal, and of its site."""
    return f"land-{no:06}"


def _stage(no: int) -> str:
    return _STAGES[no % len(_STAGES)]


def _opened(no: int) -> date:
    return TODAY - (300 + no * 7 % 600) * _DAY


def _pence(no: int) -> int:
    return (200_000 + no * 7_919 % 3_000_000) * 100
