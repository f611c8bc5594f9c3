"""Which sums of a table may be published without giving away what belongs to a single case.

A sum of fewer cases than the set number is held back, and so are as many others as it takes that
nothing about such sums follows from those that are published. Published sums are equations in the
smallest sums of the table; they are solved exactly, as an attentive reader might.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

C = TypeVar("C", bound=Hashable)
A = TypeVar("A", bound=Hashable)


def held_back(cells: Mapping[C, Collection[A]], cases: Mapping[A, int], fewest: int) -> set[C]:
    """The cells of a table that are not published.

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


def _telling(
    published: Mapping[C, Collection[A]], enough: Sequence[A], few: Sequence[A]
) -> list[C]:
    """Published sums from which something about small sums follows; none where nothing does.

    By elimination: what is left of an equation when all the larger sums are taken out of it. Each
    equation carries with it how much of which published sum has gone into it.
    """
    atoms = (*enough, *few)
    rows = [
        [Fraction(atom in parts) for atom in atoms] + [Fraction(cell == each) for each in published]
        for cell, parts in published.items()
    ]
    for column in range(len(enough)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows = [
            [value - row[column] / pivot[column] * of for value, of in zip(row, pivot, strict=True)]
            if row[column]
            else row
            for row in rows
        ]
    left = next((row for row in rows if any(row[: len(atoms)])), [])
    return [cell for cell, share in zip(published, left[len(atoms) :], strict=False) if share]
