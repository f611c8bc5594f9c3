"""Judgement: one function per gate, from a case file to an answer; every gate answers at once.

A gate's id names its room: `bids.preferred` is in `bids.py`. (The few that are
elsewhere are named below.) The contents below list every gate
there is, so that a move loads only the rooms that its own gates are in.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType

from disposals.casefile import CaseFile
from disposals.policy import Kind, Policy, Rule
from disposals.records.base import Evidence
from disposals.records.cases import Waiver
from sites.record import Record
from workflows.definition import Definition, Move
from workflows.gates import Answer, Finding, GateReport, Remedy, Verdict, by, waived

CONTENTS: dict[str, tuple[str, ...]] = {
    "surplus": ("declared", "authority", "circulated", "local-member-informed"),
    "options": (
        "appraised",
        "do-nothing-appraised",
        "rejected-with-reasons",
        "parts-named",
        "split-accepted",
        "direct-sale-justified",
    ),
    "land": (
        "crichel-down",
        "holding-power",
        "open-space",
        "community-value",
        "school",
        "housing",
        "allotment",
        "highway",
        "trust",
        "title",
        "consents-before-marketing",
        "dissolution-direction",
    ),
    "sites": ("vacant-possession", "parts-make-up-site"),
    "marketing": ("agent-appointed", "closed"),
    "offers": ("late-rule", "opened", "late-decided", "scored"),
    "bids": (
        "received",
        "shortlisted",
        "preferred",
        "reserve-named",
        "best-consideration",
        "signed-off",
        "valuation-current",
        "undervalue",
        "subsidy",
    ),
    "decisions": (
        "notice-given",
        "committee-first",
        "private-meeting",
        "key-test",
        "in-force",
        "within-delegation",
        "not-own-proposal",
        "local-member-consulted",
        "equality-considered",
        "data-protection-considered",
    ),
    "terms": ("agreed", "within-decision"),
    "completion": (
        "conditions-satisfied",
        "deposit",
        "deed",
        "plan",
        "receipt",
        "adds-up",
        "within-terms",
    ),
}
# A gate that reads other kinds of record than its neighbours has a room of its own, so that a move
# loads only what it is asked about; one that asks the map is in the room of the map.
_ELSEWHERE = {
    "surplus.local-member-informed": "consultation",
    "decisions.local-member-consulted": "consultation",
    "decisions.key-test": "key_decision",
    "decisions.within-delegation": "key_decision",
    "options.direct-sale-justified": "direct_sale",
    "land.open-space": "sites",
    "land.community-value": "title",
    "land.title": "title",
    "bids.best-consideration": "consideration",
    "bids.signed-off": "consideration",
    "bids.undervalue": "value",
    "bids.subsidy": "value",
}
KNOWN = frozenset(f"{room}.{name}" for room, names in CONTENTS.items() for name in names)


@dataclass(frozen=True, slots=True)
class Gate:
    """One question with its rule, and the function that answers it.

    Attributes:
        rule: id of the dated policy entry that gives source, kind and number.
        owner: who can clear it.
        remedy: the act that usually clears it, such as “valuation add”.
        reads: the kinds of record that the function may ask the case file for.
        across: the kinds it may ask for over the whole and all its parts.
        stated: the rule itself, where the workflow states it and no policy entry does.
        waivable: false where nobody may pass it over, though its rule is not law.
    """

    id: str
    asks: str
    rule: str
    owner: str
    remedy: str
    reads: tuple[type[Record], ...]
    across: tuple[type[Record], ...]
    answer: Callable[[CaseFile], Answer]
    stated: Rule | None = None
    waivable: bool = True

    def rule_under(self, policy: Policy) -> Rule:
        """Its rule as in force for one authority on one day."""
        return self.stated or policy.rule(self.rule)

    def may_be_waived(self, rule: Rule) -> bool:
        """Whether a named authority may pass it over: never, where its rule is law."""
        return self.waivable and rule.kind is not Kind.LAW


Gates = Mapping[str, Gate]
_NONE: Gates = MappingProxyType({})
_gates: dict[str, Gate] = {}


def gate(
    gate_id: str,
    *,
    asks: str,
    rule: str,
    owner: str,
    remedy: str,
    reads: tuple[type[Record], ...] = (),
    across: tuple[type[Record], ...] = (),
) -> Callable[[Callable[[CaseFile], Answer]], Callable[[CaseFile], Answer]]:
    """Enter a function as a gate. See `Gate` for the arguments."""

    def enter(answer: Callable[[CaseFile], Answer]) -> Callable[[CaseFile], Answer]:
        _gates[gate_id] = Gate(gate_id, asks, rule, owner, remedy, reads, across, answer)
        return answer

    return enter


def of_approvals(definition: Definition) -> Gates:
    """The gates of the approvals that a workflow names, by id."""
    if not definition.approvals:
        return _NONE
    made: Gates = import_module(f"{__name__}.approvals").gates_of(definition)
    return made


def to_edit(file: CaseFile, act: str, row: Evidence, name: str, words: str = "") -> Remedy:
    """The remedy of correcting an entry, on the case it stands on, which may be the whole.

    Args:
        words: what is to stand there, where the gate knows it.
    """
    entry = f"{str(row.__tablename__).replace('_', '-')}-{row.id}"
    elsewhere = {} if row.disposal_ref == file.disposal.ref else {"ref": row.disposal_ref}
    told = {"words": words} if words else {}
    return by(act, **elsewhere, entry=entry, name=name, **told)


def find(gate_id: str, own: Gates = _NONE) -> Gate:
    """The gate of an id, its room loaded if it was not yet.

    Args:
        own: the gates of the approvals that the workflow names.

    Raises:
        KeyError: there is no such gate.
    """
    if gate_id in own:
        return own[gate_id]
    if gate_id not in _gates and gate_id in KNOWN:
        import_module(f"{__name__}.{room_of(gate_id)}")
    return _gates[gate_id]


def room_of(gate_id: str) -> str:
    """The module that a gate is in."""
    return _ELSEWHERE.get(gate_id, gate_id.partition(".")[0])


def may_be_waived(gate_id: str, file: CaseFile, own: Gates = _NONE) -> bool:
    """Whether a named authority may pass a gate over: never, where its rule is law."""
    asked = find(gate_id, own)
    return asked.may_be_waived(asked.rule_under(file.policy))


def kinds_read(
    gate_ids: Iterable[str], own: Gates = _NONE
) -> tuple[set[type[Record]], set[type[Record]]]:
    """What the case file must hold for these gates: for the case, and across whole and parts."""
    ids = tuple(gate_ids)
    reads, across = _kinds_read(ids, tuple(own[each] for each in ids if each in own))
    return set(reads), set(across)


@cache
def _kinds_read(
    gate_ids: tuple[str, ...], own: tuple[Gate, ...]
) -> tuple[frozenset[type[Record]], frozenset[type[Record]]]:
    """The same, found once for each move, which many cases stand before."""
    known = {gate.id: gate for gate in own}
    gates = [find(gate_id, known) for gate_id in gate_ids]
    reads: frozenset[type[Record]] = frozenset({Waiver}).union(*(gate.reads for gate in gates))
    return reads, frozenset(kind for gate in gates for kind in gate.across)


def judge(move: Move, file: CaseFile, own: Gates = _NONE) -> GateReport:
    """Ask every gate of a move, never only the first to fail, and apply the waivers by name.

    Args:
        own: the gates of the approvals that the workflow names.
    """
    waivers = {waiver.gate: waiver for waiver in file.of(Waiver)}
    return GateReport(
        move=move.name,
        findings=tuple(
            _finding(move, find(gate_id, own), file, waivers.get(gate_id)) for gate_id in move.gates
        ),
    )


def _finding(move: Move, asked: Gate, file: CaseFile, waiver: Waiver | None) -> Finding:
    rule = asked.rule_under(file.policy)
    answer = asked.answer(file)
    if (
        waiver is not None
        and asked.may_be_waived(rule)
        and answer.verdict in {Verdict.UNMET, Verdict.UNKNOWN}
        and (waiver.until is None or file.on <= waiver.until)
    ):
        answer = waived(f"Waived by the {waiver.authority}: {waiver.because}")
    return Finding(
        gate=asked.id,
        asks=asked.asks,
        severity=move.severity(asked.id),
        verdict=answer.verdict,
        reason=answer.reason,
        source=rule.cited,
        owner=asked.owner,
        remedy=answer.remedy or by(asked.remedy),
        may_be_waived=asked.may_be_waived(rule),
    )
