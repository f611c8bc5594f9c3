"""One executive decision with all that is recorded about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from disposals.records.decisions import CallIn, Decision, PrivateMeeting, Referral


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """One decision with all that is recorded about it."""

    decision: "Decision"
    referrals: tuple["Referral", ...] = ()
    private: "PrivateMeeting | None" = None
    call_in: "CallIn | None" = None


def decision_files(
    decisions: Iterable["Decision"],
    referrals: Sequence["Referral"],
    meetings: Sequence["PrivateMeeting"],
    call_ins: Sequence["CallIn"],
) -> list[DecisionFile]:
    """Each decision with what bears its number, oldest first."""
    return [
        DecisionFile(
            decision,
            tuple(each for each in referrals if each.number == decision.number),
            next((each for each in meetings if each.number == decision.number), None),
            next((each for each in call_ins if each.number == decision.number), None),
        )
        for decision in decisions
    ]
