"""The gates of the approvals that a workflow names: asked, owned and sourced as its file says."""

from collections.abc import Callable

from disposals.casefile import CaseFile
from disposals.gates import Gate
from disposals.policy import Kind, Rule
from disposals.records.decisions import Approval
from disposals.words import day
from workflows.definition import Definition, NamedApproval
from workflows.gates import Answer, by, met, unmet

_REMEDY = "approval give"


def gates_of(definition: Definition) -> dict[str, Gate]:
    """A gate for each approval that a workflow names, by id."""
    return {approval.gate: _gate(approval) for approval in definition.approvals}


def _gate(approval: NamedApproval) -> Gate:
    return Gate(
        id=approval.gate,
        asks=approval.asks,
        rule=approval.gate,
        owner=approval.owner,
        remedy=_REMEDY,
        reads=(Approval,),
        across=(),
        answer=_asking_for(approval),
        # Whoever wrote the workflow had the rule before them.
        stated=Rule(approval.gate, Kind.CONSTITUTION, approval.source, verified=True),
        waivable=approval.waivable,
    )


def _asking_for(approval: NamedApproval) -> Callable[[CaseFile], Answer]:
    def answer(file: CaseFile) -> Answer:
        given = [each for each in file.of(Approval) if each.name == approval.name]
        standing = [
            each for each in given if each.lapsed_on is None and each.approved_on <= file.on
        ]
        if standing:
            latest = max(standing, key=lambda each: each.approved_on)
            return met(f"{latest.approver} approved on {day(latest.approved_on)}.")
        remedy = by(_REMEDY, name=approval.name, approver=approval.owner)
        lapsed = [each for each in given if each.lapsed_on is not None]
        if lapsed:
            return unmet(
                f"The approval of {day(lapsed[-1].approved_on)} lapsed when the case went back.",
                remedy=remedy,
            )
        if given:
            return unmet(f"It is dated {day(given[-1].approved_on)}.", remedy=remedy)
        return unmet(f"No approval by the {approval.owner} is recorded.", remedy=remedy)

    return answer
