"""What could be worked out from what is shown, and what is withheld too so that it can't be.

Two questions on one elimination. Of entries (`withheld_too`): sums hold among values, and no
withheld value may follow from those shown. Of a published table (`held_back`): its cells add up
smaller sums, and nothing may follow about sums that come from few cases. What is shown is solved as
equations, in exact fractions, as an attentive reader might.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

C = TypeVar("C", bound=Hashable)
A = TypeVar("A", bound=Hashable)


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

    A total goes while fewer terms than the smallest group stand behind it, and as long as any
    withheld value could be solved for from all the sums together.

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
    for row in _reduced(rows, len(unknown)):
        places = [place for place, weight in enumerate(row) if weight]
        if len(places) == 1:
            solved.add(unknown[places[0]])
    return frozenset(solved)


def held_back(cells: Mapping[C, Collection[A]], cases: Mapping[A, int], fewest: int) -> set[C]:
    """The cells of a table that are not published: sums of few cases, and what would tell them.

    A sum of no case gives nothing away. A case may be in several of the smallest sums, with a
    price paid in stages; so a group of sums counts as few where each of them is.

    Args:
        cells: every cell with the smallest sums that it adds up.
        cases: by smallest sum, how many cases it comes from.
        fewest: a sum of fewer cases is not published.
    """
    few = [atom for atom, number in cases.items() if 0 < number < fewest]
    enough = [atom for atom, number in cases.items() if number >= fewest]
    number = {cell: sum(cases[atom] for atom in atoms) for cell, atoms in cells.items()}
    few_alone = {
        cell
        for cell, atoms in cells.items()
        if number[cell] and all(cases[atom] < fewest for atom in atoms)
    }
    held = set(few_alone)

    def told() -> list[C]:
        shown = {cell: atoms for cell, atoms in cells.items() if number[cell] and cell not in held}
        return _telling(shown, enough, few)

    while used := told():
        held.add(min(used, key=lambda cell: (number[cell], len(cells[cell]))))
    for cell in sorted(held - few_alone, key=lambda cell: -number[cell]):
        held.remove(cell)  # what was held back first may be needless after what came later
        if told():
            held.add(cell)
    return held


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


def _telling(
    published: Mapping[C, Collection[A]], enough: Sequence[A], few: Sequence[A]
) -> list[C]:
    """Published sums from which something about small sums follows; none where nothing does.

    What is left of an equation when all the larger sums are taken out of it. Each equation carries
    with it how much of which published sum has gone into it.
    """
    atoms = (*enough, *few)
    rows = [
        [Fraction(atom in parts) for atom in atoms] + [Fraction(cell == each) for each in published]
        for cell, parts in published.items()
    ]
    left = (
        row
        for row in _reduced(rows, len(enough))
        if any(row[len(enough) : len(atoms)]) and not any(row[: len(enough)])
    )
    shares = next(left, [])[len(atoms) :]
    return [cell for cell, share in zip(published, shares, strict=False) if share]


def _reduced(rows: list[list[Fraction]], places: int) -> list[list[Fraction]]:
    """The rows in reduced echelon form (Gauss–Jordan) as far as their first places go."""
    done = 0
    for place in range(places):
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
