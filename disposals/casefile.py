"""What is recorded about one case on one day: all that a gate may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from disposals.policy import Policy
from disposals.records.base import Evidence
from disposals.records.cases import Disposal
from sites.record import Record

K = TypeVar("K", bound=Record)
E = TypeVar("E", bound=Evidence)


class NotDeclared(LookupError):
    """A gate asked for a kind of record that its `reads` or `across` does not name."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case as its evidence stands on a day. Frozen: judging changes nothing.

    Attributes:
        on: the day on which the case is judged.
        policy: the rules in force on that day.
        evidence: by kind, the rows that count for this case, oldest first. What is recorded on
            the whole counts for a part unless the part has its own.
        throughout: by kind, the rows of the whole and of all its parts together.
    """

    disposal: Disposal
    on: date
    policy: Policy
    evidence: Mapping[type[Record], Sequence[Record]]
    throughout: Mapping[type[Record], Sequence[Record]] = field(default_factory=dict)

    def of(self, kind: type[K]) -> tuple[K, ...]:
        """The rows of a kind that count for this case, oldest first.

        Raises:
            NotDeclared: the gate's `reads` does not name the kind.
        """
        return _rows(self.evidence, kind, "reads")

    def latest(self, kind: type[K]) -> K | None:
        """The newest row of a kind, or None."""
        rows = self.of(kind)
        return rows[-1] if rows else None

    def across(self, kind: type[K]) -> tuple[K, ...]:
        """The rows of a kind on the whole and all its parts: what the law measures on the whole.

        Raises:
            NotDeclared: the gate's `across` does not name the kind.
        """
        return _rows(self.throughout, kind, "across")


def _rows(
    held: Mapping[type[Record], Sequence[Record]], kind: type[K], named: str
) -> tuple[K, ...]:
    if kind not in held:
        message = f"{kind.__name__} is not among the kinds that the gate's `{named}` names"
        raise NotDeclared(message)
    return tuple(row for row in held[kind] if isinstance(row, kind))


def in_force(rows: Sequence[E]) -> list[E]:
    """The rows that no later row replaces, oldest first."""
    replaced = {row.replaces for row in rows if row.replaces is not None}
    return [row for row in rows if row.id not in replaced]


def counting_for(kind: type[Evidence], own: Sequence[Any], whole: Sequence[Any]) -> list[Any]:
    """A part's own rows, and those of the whole that the part has nothing of its own to answer.

    Args:
        kind: its `keyed_by` says when two rows are about the same thing.
        own: rows in force recorded on the part.
        whole: rows in force recorded on the whole.
    """
    if not kind.keyed_by:
        return list(own or whole)

    def key(row: Evidence) -> tuple[object, ...]:
        return tuple(getattr(row, name) for name in kind.keyed_by)

    answered = {key(row) for row in own}
    return [row for row in whole if key(row) not in answered] + list(own)
