"""Gate reports to move a case on: every gate of a move answered, met unless told otherwise."""

from workflows.definition import Move
from workflows.gates import Finding, GateReport, Verdict, by


def answered(move: Move, **verdicts: Verdict) -> GateReport:
    """A report in which every gate is met but for those named (dots and hyphens as underscores)."""
    return GateReport(
        move.name,
        tuple(
            Finding(
                gate, "Asked?", move.severity(gate),
                verdicts.get(gate.replace(".", "_").replace("-", "_"), Verdict.MET),
                "Because.", "rule", "officer", by("bid prefer"), may_be_waived=True,
            )
            for gate in move.gates
        ),
    )  # fmt: skip
