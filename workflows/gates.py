"""A gate's answer and the report over all gates of a move; unknown blocks like unmet."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a gate answers. Unknown means that nobody has answered; it is not a no."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"
    WAIVED = "waived"


class Severity(StrEnum):
    """Whether an open gate stops the move or only warns."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Remedy:
    """The act that clears a gate, with what the gate already knows of it.

    Attributes:
        act: its name, such as "land answer"; empty where there is nothing to do but wait.
        given: names and values, such as ("question", "open-space").
    """

    act: str
    given: tuple[tuple[str, str], ...] = ()


def by(act: str, **given: str) -> Remedy:
    """A remedy: the act, and what is known of it by name."""
    return Remedy(act, tuple(given.items()))


_OPEN = frozenset({Verdict.UNMET, Verdict.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a gate says of a case.

    Attributes:
        reason: a sentence.
        remedy: the act that clears it, where it differs from the gate's usual one.
    """

    verdict: Verdict
    reason: str
    remedy: Remedy | None = None


def met(reason: str) -> Answer:
    """The evidence is there."""
    return Answer(Verdict.MET, reason)


def unmet(reason: str, *, remedy: Remedy | None = None) -> Answer:
    """The evidence is missing or says no."""
    return Answer(Verdict.UNMET, reason, remedy)


def unknown(reason: str, *, remedy: Remedy | None = None) -> Answer:
    """Nobody has answered the question."""
    return Answer(Verdict.UNKNOWN, reason, remedy)


def not_applicable(reason: str) -> Answer:
    """The question does not arise in this case."""
    return Answer(Verdict.NOT_APPLICABLE, reason)


def waived(reason: str) -> Answer:
    """A named authority passed the gate over."""
    return Answer(Verdict.WAIVED, reason)


@dataclass(frozen=True, slots=True)
class Finding:
    """One gate of one move, answered.

    Attributes:
        gate: its id, such as "bids.preferred".
        asks: the question.
        source: the statute, constitution or policy behind it.
        owner: who can clear it.
    """

    gate: str
    asks: str
    severity: Severity
    verdict: Verdict
    reason: str
    source: str
    owner: str
    remedy: Remedy
    may_be_waived: bool

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done, be it only warned of."""
        return self.verdict in _OPEN

    @property
    def stops(self) -> bool:
        """Whether it stops the move."""
        return self.is_open and self.severity is Severity.BLOCK


@dataclass(frozen=True, slots=True)
class GateReport:
    """Every gate of a move, answered at once."""

    move: str
    findings: tuple[Finding, ...]

    @property
    def stopping(self) -> tuple[Finding, ...]:
        """The gates that stop the move."""
        return tuple(finding for finding in self.findings if finding.stops)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The open gates that only warn."""
        return tuple(f for f in self.findings if f.is_open and not f.stops)

    @property
    def passes(self) -> bool:
        """Whether no gate stops the move."""
        return not self.stopping
