"""For any sums and any choice of what is open, no withheld value can be worked out."""

from collections.abc import Hashable
from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from disposals.disclosure.inference import Sum, solvable, withheld_too

KEYS = "abcdefgh"
MOST = 2


@st.composite
def published(draw: st.DrawFn) -> tuple[dict[Hashable, int], set[Hashable], list[Sum]]:
    """Amounts, some of them open, and sums that hold among them: trees and sums that overlap."""
    values: dict[Hashable, int] = {
        key: draw(st.integers(0, MOST)) for key in KEYS[: draw(st.integers(2, 6))]
    }
    sums = []
    for number in range(draw(st.integers(1, 4))):
        terms = draw(st.lists(st.sampled_from(sorted(values, key=str)), min_size=1, unique=True))
        total = f"total {number}"
        values[total] = sum(values[term] for term in terms)
        sums.append(Sum(total, tuple(terms)))
    shown: set[Hashable] = draw(st.sets(st.sampled_from(sorted(values, key=str))))
    return values, shown, sums


@given(published(), st.integers(1, 3))
def test_no_withheld_value_can_be_solved_for(
    told: tuple[dict[Hashable, int], set[Hashable], list[Sum]], smallest: int
) -> None:
    values, shown, sums = told
    left = shown - withheld_too(values, shown, sums, smallest)
    assert solvable(left, sums) <= solvable((), sums)


@given(published())
def test_trying_every_amount_finds_more_than_one_that_fits(
    told: tuple[dict[Hashable, int], set[Hashable], list[Sum]],
) -> None:
    """The same by another hand: a withheld value is never the only one that fits what is shown.

    Amounts are tried from nothing to a bound that nobody who reads knows, so that a bound of our
    own gives nothing away.
    """
    values, shown, sums = told
    left = shown - withheld_too(values, shown, sums, 2)
    terms = sorted({key for each in sums for key in each.terms}, key=str)
    hidden = [key for key in terms if key not in left]
    assume(len(hidden) <= 3)
    fits: dict[Hashable, set[int]] = {key: set() for key in hidden}
    for guess in product(range(MOST * len(terms) + 1), repeat=len(hidden)):
        tried = {**values, **dict(zip(hidden, guess, strict=True))}
        if all(
            tried[each.total] == sum(tried[key] for key in each.terms)
            for each in sums
            if each.total in left
        ):
            for key, value in zip(hidden, guess, strict=True):
                fits[key].add(value)
    assert all(len(found) > 1 for found in fits.values())


@given(published())
def test_where_all_is_open_all_stays_open(
    told: tuple[dict[Hashable, int], set[Hashable], list[Sum]],
) -> None:
    values, _, sums = told
    assert withheld_too(values, values, sums, 3) == frozenset()


def test_a_total_over_two_withheld_terms_is_withheld_and_over_three_is_not() -> None:
    values: dict[Hashable, int] = {"a": 1, "b": 2, "c": 3, "ab": 3, "abc": 6}
    two, three = Sum("ab", ("a", "b")), Sum("abc", ("a", "b", "c"))
    assert withheld_too(values, {"ab"}, [two], 3) == {"ab"}
    assert withheld_too(values, {"abc"}, [three], 3) == frozenset()


def test_two_sums_of_three_that_give_the_odd_one_away_do_not_both_stay() -> None:
    values: dict[Hashable, int] = {"a": 1, "b": 2, "c": 3, "d": 4, "abc": 6, "abcd": 10}
    sums = [Sum("abc", ("a", "b", "c")), Sum("abcd", ("a", "b", "c", "d"))]
    assert len(withheld_too(values, {"abc", "abcd"}, sums, 3)) == 1


def test_the_last_weight_follows_from_a_hundred_percent() -> None:
    values: dict[Hashable, int] = {"price": 60, "quality": 30, "pace": 10}
    weights = Sum(None, ("price", "quality", "pace"))
    assert len(withheld_too(values, {"price", "quality"}, [weights], 3)) == 1


def test_of_a_total_of_nothing_every_share_is_known() -> None:
    values: dict[Hashable, int] = {"a": 0, "b": 0, "c": 0, "abc": 0}
    assert withheld_too(values, {"abc"}, [Sum("abc", ("a", "b", "c"))], 3) == {"abc"}
