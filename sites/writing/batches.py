"""What a layer is made of: fields, and batches of features, so that no layer is ever held whole."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

A = TypeVar("A")
B = TypeVar("B")
_AHEAD = 2  # machines have two cores at least; more batches at once would only fill the memory


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a layer.

    Attributes:
        kind: str, int, float, bool or date; any value may be None.
        short: its name in a Shapefile, whose tables take ten letters.
    """

    name: str
    kind: type
    short: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Some features of a layer, by columns that are all of one length.

    Attributes:
        shapes: WKB, little-endian, EPSG:27700; None for a feature without a shape.
        columns: by the names of fields.
    """

    ids: Sequence[str]
    shapes: Sequence[bytes | None]
    columns: Mapping[str, Sequence[Any]]

    def chosen(self, rows: Sequence[int]) -> "Batch":
        """Some of its features, by their places."""
        return Batch(
            [self.ids[row] for row in rows],
            [self.shapes[row] for row in rows],
            {name: [values[row] for row in rows] for name, values in self.columns.items()},
        )


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer to be written.

    Attributes:
        batches: gives them from the first on, each time that it is called.
    """

    name: str
    fields: Sequence[Field]
    batches: Callable[[], Iterator[Batch]]


def worked_ahead(work: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
    """The results of some work in the order of its items, of which a few are in hand at once.

    What is not asked for any more is not worked on.
    """
    with ThreadPoolExecutor(_AHEAD) as pool:
        waiting: deque[Future[B]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(work, item))
                if len(waiting) > _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)
