"""Slipping one milestone moves what hangs on it, says why, and moves nothing else."""

from datetime import date

import pytest

from disposals.errors import BadFact
from disposals.milestones import shown, when
from disposals.network import (
    Key,
    Lag,
    Link,
    Move,
    Node,
    after_lag,
    critical_path,
    floats,
    lag,
    moved,
    refuse_loop,
    too_early,
)
from disposals.vocabulary import LagUnit

# Section 9 of the report of 9 November 2021, as read in the example register.
DATES = {
    1: "Nov/Dec 2021", 2: "Feb 2022", 3: "Apr 2022", 4: "Jun 2022", 5: "Jul 2022", 6: "Jul 2022",
    7: "Jul 2022", 8: "Jul 2022", 9: "Aug 2022", 10: "Sep 2023",
}  # fmt: skip
LINKS = ((5, 4, "0 days"), (6, 5, "0 days"), (8, 5, "0 days"), (8, 7, "0 days"), (9, 8, "1 month"))


def key(no: int) -> Key:
    return ("steele-avenue/part-2" if no == 6 else "steele-avenue/part-1", no)


def steele_avenue(*fixed: int) -> list[Node]:
    read = {no: when(words) for no, words in DATES.items()}
    return [Node(key(no), at.earliest, at.latest, no in fixed) for no, at in read.items()]


def links(*told: tuple[int, int, str]) -> list[Link]:
    return [Link(key(no), key(after), lag(wait)) for no, after, wait in told or LINKS]


def to(no: int, words: str) -> dict[Key, tuple[date, date]]:
    read = when(words)
    return {key(no): (read.earliest, read.latest)}


def words(moves: list[Move]) -> list[tuple[int, str, int]]:
    return [(move.key[1], shown(*move.after), move.because[1]) for move in moves]


def test_a_consent_in_october_moves_the_sale_the_start_and_part_2_and_nothing_else() -> None:
    assert words(moved(steele_avenue(), links(), to(5, "Oct 2022"))) == [
        (6, "Oct 2022", 5), (8, "Oct 2022", 5), (9, "Nov 2022", 8),
    ]  # fmt: skip


def test_the_order_in_which_links_are_told_does_not_matter() -> None:
    backwards = list(reversed(links()))
    moves = moved(reversed(steele_avenue()), backwards, to(5, "Oct 2022"))
    assert words(moves) == [(6, "Oct 2022", 5), (8, "Oct 2022", 5), (9, "Nov 2022", 8)]


def test_an_earlier_consent_pulls_nothing() -> None:
    assert moved(steele_avenue(), links(), to(5, "Jun 2022")) == []


def test_what_is_met_stays_where_it_was() -> None:
    assert words(moved(steele_avenue(8), links(), to(5, "Oct 2022"))) == [(6, "Oct 2022", 5)]


def test_a_follower_with_room_does_not_move() -> None:
    roomy = links((8, 5, "0 days"), (10, 8, "12 months"))
    assert words(moved(steele_avenue(), roomy, to(5, "Aug 2022"))) == [(8, "Aug 2022", 5)]
    assert words(moved(steele_avenue(), roomy, to(5, "Oct 2022"))) == [
        (8, "Oct 2022", 5), (10, "Oct 2023", 8),
    ]  # fmt: skip


def test_a_milestone_before_what_it_comes_after_is_told_with_the_day_that_would_do() -> None:
    ((link, allowed),) = too_early(steele_avenue(), links((5, 4, "13 weeks")))
    assert (link.milestone[1], link.after[1]) == (5, 4)
    assert allowed == date(2022, 9, 29)  # 13 weeks from the end of June
    assert too_early(steele_avenue(5), links((5, 4, "13 weeks"))) == []
    assert too_early(steele_avenue(), links()) == []


def test_a_loop_is_refused_by_its_numbers() -> None:
    refuse_loop(links())
    with pytest.raises(BadFact, match="A milestone would come after itself") as refused:
        refuse_loop(links(*LINKS, (4, 9, "0 days")))
    for no in ("4", "5", "8", "9"):
        assert no in str(refused.value)
    with pytest.raises(BadFact, match="5 → 5"):
        refuse_loop(links((5, 5, "0 days")))


def test_the_critical_path_is_what_has_no_room() -> None:
    room = floats(steele_avenue(), links(), key(9))
    assert {no[1]: days for no, days in room.items()} == {9: 0, 8: 0, 5: 0, 7: 0, 4: 31}
    path = critical_path(steele_avenue(), links(), key(9))
    assert [no for _, no in path] == [5, 8, 9]  # 4 has room


def test_an_early_valuation_has_room_until_the_sale_would_move() -> None:
    nodes = [
        Node(key(7), date(2022, 3, 1), date(2022, 3, 31)),
        Node(key(8), date(2022, 7, 1), date(2022, 7, 31)),
    ]
    (link,) = links((8, 7, "10 working days"))
    days = floats(nodes, [link], key(8))[key(7)]
    last = date.fromordinal(nodes[0].latest.toordinal() + days)
    assert moved(nodes, [link], {key(7): (nodes[0].earliest, last)}) == []
    later = date.fromordinal(last.toordinal() + 1)
    assert len(moved(nodes, [link], {key(7): (nodes[0].earliest, later)})) == 1


@pytest.mark.parametrize(
    ("on", "wait", "expected"),
    [
        (date(2022, 6, 1), "13 weeks", date(2022, 8, 31)),
        (date(2022, 1, 31), "1 month", date(2022, 2, 28)),
        (date(2022, 6, 30), "1 month", date(2022, 7, 30)),
        (date(2021, 12, 15), "2 months", date(2022, 2, 15)),
        (date(2022, 4, 14), "1 working day", date(2022, 4, 19)),  # over Easter
        (date(2022, 6, 1), "2 working days", date(2022, 6, 7)),  # over the Platinum Jubilee
        (date(2022, 7, 2), "0 working days", date(2022, 7, 2)),
        (date(2022, 7, 2), "0 days", date(2022, 7, 2)),
    ],
)
def test_a_lag_is_counted_as_its_unit_says(on: date, wait: str, expected: date) -> None:
    assert after_lag(on, lag(wait)) == expected


def test_a_month_after_the_end_of_june_is_the_end_of_july_where_months_are_meant() -> None:
    assert after_lag(date(2022, 6, 30), Lag(1, LagUnit.MONTHS), ends_month=True) == (
        date(2022, 7, 31)
    )


@pytest.mark.parametrize("written", ["", "soon", "-3 days", "three weeks", "1.5 months", "5 years"])
def test_a_lag_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(BadFact, match="Write 13 weeks, 10 working days or 2 months"):
        lag(written)


def test_a_lag_is_shown_as_it_is_written() -> None:
    for written in ("13 weeks", "1 month", "10 working days", "1 working day", "0 days"):
        assert str(lag(written)) == written
