"""Waiving a gate: an act of its own, on a named authority; law is never waived."""

from datetime import date

from disposals import gates
from disposals.casework.acts import Stamp, acting
from disposals.casework.cases import refuse_if_ended
from disposals.casework.validating import required
from disposals.errors import BadFact, NotAllowed
from disposals.policy import Kind as RuleKind
from disposals.policy import Policy
from disposals.readiness import definition_of
from disposals.records.cases import Waiver
from disposals.register import Register
from disposals.words import day


def waive(
    register: Register,
    ref: str,
    gate: str,
    stamp: Stamp,
    *,
    seen: int,
    authority: str,
    because: str | None,
    until: date | None = None,
) -> None:
    """Pass a gate over for this case, on a named authority and with a reason.

    Raises:
        BadFact: no such gate in the case's workflow, no authority, or an end that is past.
        NotAllowed: the gate is law, which nobody here can waive, or an approval that the workflow
            does not let anyone pass over.
    """
    reason = required(because, "waive a gate")
    if until is not None and until < stamp.on:
        raise BadFact(f"A waiver until {day(until)} would be over on {day(stamp.on)}.")
    with (
        register.write(ref) as session,
        acting(session, ref, "waive", stamp, seen=seen, because=reason) as act,
    ):
        refuse_if_ended(act.case)
        definition = definition_of(session, act.case)
        asked = {gate_id for move in definition.moves for gate_id in move.gates}
        if gate not in asked:
            raise BadFact(
                f"“{gate}” is not a gate of {act.case.workflow}. `disposals next {ref}` names "
                "those that stop this case."
            )
        found = gates.find(gate, gates.of_approvals(definition))
        rule = found.rule_under(Policy(act.case.authority, stamp.on))
        if not found.waivable:
            raise NotAllowed(
                f"{gate} can't be waived: {act.case.workflow} does not let anyone pass it over "
                f"({rule.source}). It is the {found.owner}'s to give."
            )
        if rule.kind is RuleKind.LAW:
            raise NotAllowed(
                f"{gate} can't be waived: it is law ({rule.source}). It is cleared by evidence: "
                f"`disposals next {ref}` says which."
            )
        act.record(
            Waiver, {"gate": gate, "authority": authority, "because": reason, "until": until}
        )
