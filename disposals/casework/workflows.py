"""Workflows of the register's own, and taking a case over to another version of its workflow."""

from dataclasses import asdict, dataclass

from disposals import gates
from disposals.casework.acts import Stamp, acting
from disposals.casework.cases import on_hold, refuse_if_ended
from disposals.casework.meanwhile import refuse_backdated, refuse_unseen
from disposals.casework.validating import required, validated
from disposals.errors import AlreadyRecorded, NoRule, NotAllowed
from disposals.finding import find_case
from disposals.looking_back import MIGRATED
from disposals.policy import Kind, Policy
from disposals.readiness import definition_of, find_definition, own_texts
from disposals.records.cases import Disposal, OwnWorkflow
from disposals.register import Register
from disposals.words import day, listed, plainly
from workflows.definition import Definition, available, checked
from workflows.gates import Severity
from workflows.migration import Plan, plan


@dataclass(frozen=True, slots=True)
class Added:
    """A workflow that the register now keeps.

    Attributes:
        is_new: false where it was there already, letter for letter.
        law_not_asked: gates of law that stop none of its moves.
    """

    definition: Definition
    is_new: bool
    law_not_asked: tuple[str, ...]


def add(register: Register, text: str, file_name: str, stamp: Stamp) -> Added:
    """Keep a workflow definition of the council's own in the register.

    Args:
        text: the TOML file as it was given.
        file_name: for the refusals.

    Raises:
        BadDefinition: it is not well formed or names a gate that there is not; names file and key.
        AlreadyRecorded: this version of it comes with the program, or is kept with another text.
    """
    definition = checked(text, file_name, known_gates=gates.KNOWN)
    named = f"{definition.name}, version {definition.version}"
    key = (definition.name, definition.version)
    with register.write() as session:
        kept = own_texts(session)
        if key in kept and kept[key] != text.strip():  # a record keeps no blanks at the ends
            raise AlreadyRecorded(
                f"{file_name}: {named}, is in this register already with another text, and a "
                f"version is never altered. Give yours the next one: {_next(kept, key[0])}."
            )
        if key not in kept and key in available():
            raise AlreadyRecorded(
                f"{file_name}: {named}, comes with the program. Give yours a name of its own, or "
                f"the next version: {_next(kept, key[0])}."
            )
        if key not in kept:
            session.add(
                validated(
                    OwnWorkflow,
                    {
                        "name": definition.name,
                        "version": definition.version,
                        "text": text,
                        "recorded_by": stamp.by,
                        "recorded_at": stamp.at,
                    },
                )
            )
    law = _law_not_asked(definition, Policy(register.authority, stamp.on))
    return Added(definition, key not in kept, law)


def migrate(
    register: Register,
    ref: str,
    stamp: Stamp,
    *,
    seen: int,
    version: int,
    because: str | None,
    dry_run: bool = False,
) -> Plan:
    """Take a case over to another version of its workflow; where it stands and what it has stay.

    A part is a case of its own, and goes over on its own.

    Args:
        dry_run: say what would change, and write nothing.

    Raises:
        NoSuchWorkflow: there is no such version.
        NotAllowed: the case is at an end or on hold, stands on that version already, or can't
            stand where it does in that version; or the version has not taken effect, or leaves
            out a gate of law.
        ChangedMeanwhile: the case has moved on since the user saw it.
        BadFact: no reason is given.
    """
    if dry_run:
        with register.read() as session:
            case = find_case(session, ref)
            refuse_unseen(session, case, seen)
            return _plan(
                case,
                definition_of(session, case),
                find_definition(session, case.workflow, version),
                stamp,
            )
    reason = required(because, "take a case over to another version of its workflow")
    with (
        register.write() as session,
        acting(session, ref, MIGRATED, stamp, seen=seen, because=reason) as act,
    ):
        refuse_backdated(session, act.case, stamp.on)
        made = _plan(
            act.case,
            definition_of(session, act.case),
            find_definition(session, act.case.workflow, version),
            stamp,
        )
        act.facts.append(asdict(made))
        act.marks = {"workflow_version": version}
        return made


def _plan(case: Disposal, old: Definition, new: Definition, stamp: Stamp) -> Plan:
    refuse_if_ended(case)
    if held := on_hold(case):
        raise NotAllowed(f"{case.ref} is {held}. Take it up first: `disposals resume {case.ref}`.")
    named = f"{new.name}, version {new.version}"
    if new.version == old.version:
        raise NotAllowed(f"{case.ref} runs on {named}, already.")
    if new.effective_from > stamp.on:
        raise NotAllowed(
            f"{named}, takes effect on {day(new.effective_from)}; {case.ref} can't go over to it "
            f"on {day(stamp.on)}."
        )
    stages = [stage.name for stage in new.stages if not new.is_end(stage.name)]
    if case.stage not in stages:
        raise NotAllowed(
            f"{case.ref} stands at {plainly(case.stage)}, where no case can stand in {named}. It "
            f"has {listed(map(plainly, stages))}. Move the case to one of these first, on the "
            f"version it runs on: `disposals next {case.ref}`."
        )
    made = plan(old, new, case.stage)
    policy = Policy(case.authority, stamp.on)
    lost = [
        change.gate
        for change in made.gates
        if change.was is Severity.BLOCK
        and change.now is not Severity.BLOCK
        and _is_law(change.gate, policy)
    ]
    if lost:
        raise NotAllowed(
            f"{named}, does not ask {listed(dict.fromkeys(lost))}, which {case.ref} has to meet "
            "where it is. That is law, and law is not left behind by going over to another version."
        )
    return made


def _next(kept: dict[tuple[str, int], str], name: str) -> int:
    return 1 + max(number for each, number in (*kept, *available()) if each == name)


def _law_not_asked(definition: Definition, policy: Policy) -> tuple[str, ...]:
    asked = {gate for move in definition.moves for gate in move.blocks}
    return tuple(gate for gate in sorted(gates.KNOWN - asked) if _is_law(gate, policy))


def _is_law(gate: str, policy: Policy) -> bool:
    try:
        return policy.rule(gates.find(gate).rule).kind is Kind.LAW
    except NoRule:  # not in force on that day
        return False
