"""Ordinary cases are judged together as they are judged one by one."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from disposals import facts
from disposals.alike import alike
from disposals.draws import month_of
from disposals.facts import Facts
from disposals.forecast import Kind, Sum
from disposals.policy import Policy
from disposals.prospects import Batch, Case, Hanging
from disposals.receipts import Line, Silent, judged, weights
from disposals.vocabulary import DateKind, Standing

TODAY = date(2021, 9, 30)
TABLE = weights(Policy("kent", TODAY))
ON_THE_WAY = (
    "surplus_declaration", "marketing", "bid_shortlist", "heads_of_terms", "completion",
    "completed",
)  # fmt: skip
KINDS = (  # in the order of the fields of Facts
    facts.Receipt, facts.Contract, facts.Terms, facts.Bid, facts.Campaign, facts.Likelihood,
    facts.Valuation, facts.Condition, facts.Deed, facts.HoldingCost,
)  # fmt: skip
DAYS = st.sampled_from([-400, -100, -31, -1, 0, 1, 40, 500]).map(lambda n: TODAY + timedelta(n))
PENCE = st.sampled_from([500_000_00, 750_000_50])
NONE = st.none()
NO = st.just(value=False)


def rows(kind: Any, *, is_odd: bool) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    """Rows of a kind without their reference; as most of them are, unless odd."""

    def odd(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return NONE | values if is_odd else NONE

    price = st.sampled_from([10_000_00, 10_000_01]) | PENCE if is_odd else PENCE
    fields: dict[Any, tuple[st.SearchStrategy[Any], ...]] = {
        facts.Receipt: (price, st.sampled_from(["balance", "overage"][: 1 + is_odd]), DAYS),
        facts.Contract: (DAYS, price, odd(PENCE), odd(DAYS)),
        facts.Terms: (
            st.just(1), price, odd(st.just("50% now; 50% after 12 months")), odd(PENCE),
            odd(st.just(12)),
        ),
        facts.Bid: (
            st.integers(1, 2), st.just("Ash"), st.sampled_from([Standing.PREFERRED.value] * 3
            + [Standing.SHORTLISTED.value]), price | odd(PENCE), NONE, odd(PENCE), NONE,
            odd(PENCE), st.booleans() if is_odd else NO, NO, NO,
        ),
        facts.Campaign: (st.integers(1, 2), NONE | DAYS),
        facts.Likelihood: (st.just(1), st.just("Ash"), st.just("planning"), st.just(55)),
        facts.Valuation: (price,),
        facts.Condition: (st.just("Planning"), NONE, NONE),
        facts.Deed: (DAYS,),
        facts.HoldingCost: (st.just(300_00), DAYS, NONE),
    }  # fmt: skip
    return st.lists(st.tuples(*fields[kind]), min_size=1, max_size=1 + is_odd)


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    """Some cases in the order of references, every third of them odd."""
    cases, completions, hanging = [], {}, {}
    found: dict[Any, list[tuple[Any, ...]]] = {kind: [] for kind in KINDS}
    for no in range(draw(st.integers(1, 6))):
        ref, is_odd = f"land-{no}", draw(st.integers(0, 2)) == 1
        held = draw(NONE | DAYS) if is_odd else None
        whole = draw(NONE | st.just("land")) if is_odd else None
        stage = draw(
            st.sampled_from((*ON_THE_WAY, "withdrawn", "in_parts")[: None if is_odd else 6])
        )
        cases.append(Case(ref, ref, whole, stage, held, "Waiting" if held else None))
        is_met, latest = draw(st.booleans()), draw(DAYS)
        if is_met or is_odd or latest >= TODAY:
            kind = DateKind.ACTUAL if is_met else DateKind.FORECAST
            latest = min(latest, TODAY) if is_met else latest
            early = latest - timedelta(draw(st.sampled_from([0, 30])))
            completions[ref] = facts.Completion(ref, kind.value, early, latest, "then")
        if is_odd and draw(st.booleans()):
            hanging[ref] = Hanging(("Outline consent",), is_void=draw(st.booleans()))
        usual = (facts.Receipt, facts.Contract, facts.Terms, facts.Bid, facts.Campaign,
                 facts.Valuation)  # fmt: skip
        for each in draw(st.sets(st.sampled_from(KINDS if is_odd else usual), max_size=4)):
            found[each] += [(ref, *row) for row in draw(rows(each, is_odd=is_odd))]
    return Batch(cases, completions, hanging, found)


def one_by_one(told: Facts) -> tuple[Sum | None, Silent | None]:
    """What `judged` says of a case, as the sum that an ordinary case brings."""
    line = judged(told, TABLE, TODAY)
    (*sums,) = _sums(line)
    assert not line.costs
    assert not line.deposit
    assert not line.is_unread
    assert not line.is_overdue
    assert line.held is None
    assert len(sums) <= 1
    return (sums[0] if sums else None), line.silent


def _sums(line: Line) -> Iterator[Sum]:
    window = None if line.is_completed else line.window
    for month, pence, is_in in line.months():
        kind = Kind.RECEIVED if is_in else Kind.SECURED if line.is_secured else Kind.TO_COME
        yield Sum(month, kind, line.percents, pence, window)


@settings(deadline=None, max_examples=300)
@given(batches())
def test_an_ordinary_case_is_judged_as_it_would_be_by_itself(batch: Batch) -> None:
    found = alike(batch, TABLE, TODAY)
    each = [one_by_one(told) for told in batch.facts() if told.reference in found.references]
    assert found.sums == [told for told, _ in each if told is not None]
    silent = [why for told, why in each if told is None]
    assert silent == [Silent.NO_SUM] * found.without_sum


def test_most_cases_are_ordinary() -> None:
    found_rows: dict[Any, list[tuple[Any, ...]]] = {kind: [] for kind in KINDS}
    found_rows[facts.Bid] = [
        ("a", 1, "Ash", "shortlisted", 70_000_00, None, None, None, None, 0, 0, 0),
        ("b", 1, "Ash", "preferred", 60_000_00, None, None, None, None, 0, 0, 0),
        ("b", 1, "Beech", "reserve", None, None, None, None, None, 0, 0, 0),
    ]
    july = TODAY.replace(year=2022, month=7)
    ends = {ref: facts.Completion(ref, "baseline", july, july, "Jul 2022") for ref in "abc"}
    cases = [Case(ref, ref, None, "bid_shortlist", None, None) for ref in "abc"]
    batch = Batch(cases, ends, {}, found_rows)
    found = alike(batch, TABLE, TODAY)
    assert found.references == {"b", "c"}  # a has offers that have to be weighed
    likely = ("bid shortlist", TABLE.stages["bid-shortlist"])
    assert found.sums == [Sum(month_of(july), Kind.TO_COME, (likely,), 60_000_00, (july, july))]
    assert found.without_sum == 1
    assert alike(batch, TABLE, TODAY, but={"b"}).references == {"c"}
