"""Which sums of a table may be published without giving away what belongs to a single case.

A sum of fewer cases than the set number is held back; and so are others beside it, where it could
be worked out from them and their total.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

C = TypeVar("C", bound=Hashable)


def held_back(
    cases: Mapping[C, int], totals: Iterable[tuple[C, Sequence[C]]], fewest: int
) -> set[C]:
    """The cells of a table that are not published.

    A cell of no case gives nothing away.

    Args:
        cases: by cell, how many cases its sum comes from.
        totals: every cell that is the sum of others, with these.
        fewest: a sum of fewer cases is not published.
    """
    sums = list(totals)
    held = {cell for cell, number in cases.items() if 0 < number < fewest}
    while more := next(_more(cases, sums, held, fewest), None):
        held.add(more)
    return held


def _more(
    cases: Mapping[C, int], sums: Iterable[tuple[C, Sequence[C]]], held: set[C], fewest: int
) -> Iterator[C]:
    """What has to be held back next: along a total, what is held back would be its difference."""
    for total, parts in sums:
        line = [cell for cell in (*parts, total) if cases[cell]]
        hidden = [cell for cell in line if cell in held]
        if not hidden or _safe(cases, hidden, total, fewest):
            continue
        yield min(
            (cell for cell in line if cell not in held),
            key=lambda cell: (cell == total, cases[cell]),
        )


def _safe(cases: Mapping[C, int], hidden: Sequence[C], total: C, fewest: int) -> bool:
    """Whether what is held back along a total is enough.

    A case may be in several cells, with a price paid in parts; so their numbers are not added.
    """
    if total in hidden:
        return len(hidden) > 1
    return len(hidden) > 1 and max(cases[cell] for cell in hidden) >= fewest
