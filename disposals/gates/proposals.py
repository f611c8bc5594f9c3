"""The decision that gates ask about, and who put it forward."""

from disposals.casefile import CaseFile
from disposals.records.decisions import Decision
from workflows.gates import Answer, by, unmet


def in_question(file: CaseFile) -> Decision | None:
    """The newest decision on a case that is not withdrawn. Reads Decision."""
    standing = [each for each in file.of(Decision) if each.withdrawn_on is None]
    return standing[-1] if standing else None


def no_decision() -> Answer:
    """What every gate on a decision says where there is none."""
    return unmet("No executive decision is recorded.", remedy=by("decision add"))


def is_own_proposal(decision: Decision) -> bool:
    """Whether whoever takes a decision put it forward."""
    proposer = (decision.proposed_by or "").casefold().split()
    return proposer == decision.taker.casefold().split()
