"""What could be worked out from what is shown: sums whose terms are partly withheld.

A total is withheld too while fewer terms than the smallest group stand behind it, and as long as
any withheld value could be solved for from all the sums together.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and its terms, by the keys of their values; all are public knowledge as a relation.

    Attributes:
        total: the key of the total, or None where it is known to all, as the 100 % of weights.
    """

    total: Hashable | None
    terms: tuple[Hashable, ...]


def withheld_too(
    values: Mapping[Hashable, int], shown: Iterable[Hashable], sums: Sequence[Sum], smallest: int
) -> frozenset[Hashable]:
    """What of the shown values has to be withheld so that no withheld one can be worked out.

    Args:
        values: every value of the sums by its key; amounts that are not negative.
        smallest: a total is shown only if none or at least so many of its terms are withheld.
    """
    visible = {key for key in shown if key in values}
    before = frozenset(visible)
    # A total hides more than a term does, so it goes first; every round withholds one value more.
    while (leak := _first_leak(values, visible, sums, smallest)) is not None:
        visible.discard(leak)
    return before - visible


def solvable(visible: Iterable[Hashable], sums: Sequence[Sum]) -> frozenset[Hashable]:
    """The values that follow from the visible ones by the sums alone, whatever they amount to."""
    known = set(visible)
    unknown = list(dict.fromkeys(key for each in sums for key in _keys(each) if key not in known))
    rows = [[Fraction(_weight(each, key)) for key in unknown] for each in sums]
    solved = set()
    for row in _reduced(rows):
        places = [place for place, weight in enumerate(row) if weight]
        if len(places) == 1:
            solved.add(unknown[places[0]])
    return frozenset(solved)


def _first_leak(
    values: Mapping[Hashable, int], visible: set[Hashable], sums: Sequence[Sum], smallest: int
) -> Hashable | None:
    """A visible value that gives a withheld one away, if there is any."""
    for each in sums:
        hidden = [key for key in each.terms if key not in visible]
        if hidden and each.total in visible:
            rest = values[each.total] - sum(values[key] for key in each.terms if key in visible)
            if len(hidden) < smallest or rest == 0:  # of nothing, every share is nothing
                return each.total
    given_away = solvable(visible, sums) - solvable((), sums)  # some follow from nothing at all
    if not given_away:
        return None
    near = sorted(sums, key=lambda each: given_away.isdisjoint(_keys(each)))
    return next(key for each in near for key in _keys(each) if key in visible)


def _keys(each: Sum) -> tuple[Hashable, ...]:
    return each.terms if each.total is None else (each.total, *each.terms)


def _weight(each: Sum, key: Hashable) -> int:
    return each.terms.count(key) - (key == each.total and each.total is not None)


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """The rows in reduced echelon form (Gauss–Jordan): one that holds one number solves it."""
    done = 0
    for place in range(len(rows[0]) if rows else 0):
        pivot = next((n for n in range(done, len(rows)) if rows[n][place]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        head = rows[done][place]
        rows[done] = [value / head for value in rows[done]]
        for n, row in enumerate(rows):
            if n != done and row[place]:
                factor = row[place]
                rows[n] = [a - factor * b for a, b in zip(row, rows[done], strict=True)]
        done += 1
    return rows
