"""What is held back so that no sum gives a single case away."""

from collections.abc import Mapping

from disposals.disclosure.inference import held_back

QUARTERS = ("Q1", "Q2", "Q3", "Q4")


def held(*cases: int, fewest: int = 5) -> set[str]:
    """What is held back of four quarters and their year."""
    cells: Mapping[str, tuple[str, ...]] = {each: (each,) for each in QUARTERS} | {"year": QUARTERS}
    return held_back(cells, dict(zip(QUARTERS, cases, strict=True)), fewest)


def test_sums_of_no_case_or_of_enough_are_published() -> None:
    assert held(0, 5, 6, 0) == set()


def test_the_last_sum_but_one_is_held_back_too_for_the_total_gives_it_away() -> None:
    assert held(1, 9, 7, 8) == {"Q1", "Q3"}


def test_two_that_are_few_need_a_third_that_is_not() -> None:
    assert held(1, 2, 7, 8) == {"Q1", "Q2", "Q3"}


def test_where_nothing_else_is_there_the_total_is_held_back() -> None:
    assert held(3, 0, 0, 0) == {"Q1", "year"}
    assert held(3, 3, 0, 0) == {"Q1", "Q2", "year"}


def test_what_follows_from_two_totals_together_is_seen() -> None:
    """Neither total is of few; their difference is the one case that only the second holds."""
    cells = {"first": ("a", "b"), "second": ("a", "b", "c")}
    assert held_back(cells, {"a": 3, "b": 9, "c": 1}, 5) == {"first"}
    assert held_back(cells, {"a": 3, "b": 9, "c": 6}, 5) == set()
