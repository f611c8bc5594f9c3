"""A case as an officer would tell it, for the catalogue of what each gate says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from disposals.casefile import CaseFile
from disposals.gates import judge
from disposals.records.cases import Waiver
from sites.record import Record
from tests.builders import a_case, seen_by
from workflows.gates import Finding
from workflows.model import Kind, Move


@dataclass(frozen=True, slots=True)
class Situation:
    """A case, and in a sentence how it stands."""

    title: str
    file: CaseFile


@dataclass(frozen=True, slots=True)
class Examples:
    """The situations that leave a gate open, and some that settle it."""

    opens: tuple[Situation, ...]
    settles: tuple[Situation, ...]


Room = Mapping[str, Examples]


def when(title: str, *records: Record, **case: Any) -> Situation:
    """A situation in which these records are all that the case holds."""
    return Situation(title, a_case(*records, **case))


def finding(gate: str, file: CaseFile) -> Finding:
    """What a move that asks only this gate finds, from the records that the gate declares."""
    move = Move("try", "Try", Kind.ONWARD, ("here",), "there", blocks=(gate,))
    seen = seen_by(gate, file)
    told = replace(seen, evidence={**seen.evidence, Waiver: file.of(Waiver)})
    (found,) = judge(move, told).findings
    return found
