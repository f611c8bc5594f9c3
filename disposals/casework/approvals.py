"""Giving an approval that a workflow names: its owner does, and never whoever proposed."""

from collections.abc import Iterator

from sqlmodel import Session

from disposals.casework.acts import Stamp, acting
from disposals.casework.cases import refuse_if_ended
from disposals.errors import BadFact, NotAllowed
from disposals.finding import counting, own_in_force
from disposals.readiness import definition_of
from disposals.records.base import Evidence
from disposals.records.bids import Bid
from disposals.records.cases import Disposal
from disposals.records.decisions import Approval
from disposals.records.options import Option
from disposals.records.terms import HeadsOfTerms
from disposals.register import Register
from disposals.vocabulary import Standing
from disposals.words import listed, name_as_kept
from workflows.definition import Definition, NamedApproval


def give(
    register: Register,
    ref: str,
    stamp: Stamp,
    *,
    seen: int,
    name: str,
    approver: str,
    because: str | None = None,
    source: str | None = None,
    disclosure: str = "exempt",
) -> None:
    """Record an approval on a case; on the whole of a site it counts for the parts.

    An approval of the same name given before is renewed.

    Args:
        name: as the workflow names it.
        approver: the role that gives it.

    Raises:
        BadFact: the workflow of the case names no such approval.
        NotAllowed: it is another role's to give, or approver or recorder proposed what is to be
            approved; or the case is at an end.
    """
    with (
        register.write() as session,
        acting(session, ref, "approval given", stamp, seen=seen) as act,
    ):
        if act.case.stage != "in_parts":
            refuse_if_ended(act.case)
        asked = _asked(definition_of(session, act.case), ref, name)
        if _same(approver) != _same(asked.owner):
            raise NotAllowed(
                f"The approval {name} is the {asked.owner}'s to give ({asked.source}), not the "
                f"{approver.strip() or 'approver left blank'}'s. Name who gave it: `--approver "
                f'"{asked.owner}"`.'
            )
        _refuse_proposer(session, act.case, asked, approver, stamp.by)
        act.supersede(
            Approval,
            {
                "name": name,
                "approver": asked.owner,
                "approved_on": stamp.on,
                "because": because,
                "source": source,
                "disclosure": disclosure,
            },
        )


def _asked(definition: Definition, ref: str, name: str) -> NamedApproval:
    for approval in definition.approvals:
        if approval.name == name:
            return approval
    there = [approval.name for approval in definition.approvals]
    raise BadFact(
        f"“{name}” is not an approval of {definition.name}, version {definition.version}, on which "
        f"{ref} runs. It names {listed(there) if there else 'none'}."
    )


def _refuse_proposer(
    session: Session, case: Disposal, asked: NamedApproval, approver: str, recorder: str
) -> None:
    """Nobody approves what they proposed, nor puts the approval of it on record."""
    for who, proposed in _proposers(session, case):
        for acting_as, does in ((approver, "approve"), (recorder, "record the approval of")):
            if _same(acting_as) == _same(who):
                raise NotAllowed(
                    f"{who} {proposed}, and nobody can {does} a proposal of their own: the "
                    f"approval {asked.name} was not recorded. Someone else must "
                    f"{'give' if does == 'approve' else 'record'} it"
                    + (": name them with `--by`." if does != "approve" else ".")
                )


def _proposers(session: Session, case: Disposal) -> Iterator[tuple[str, str]]:
    """Who put forward what an approval is about, and by what."""
    if case.officer is not None:
        yield case.officer, f"is the officer in charge of {case.ref}"
    for option in counting(session, Option, case):
        if option.is_recommended:
            for who in _hands(session, option):
                yield who, f"recorded the recommended option {option.no}"
    for bid in own_in_force(session, Bid, case.ref):
        if bid.standing is Standing.PREFERRED:
            for who in _hands(session, bid):
                yield who, f"recorded the preferred bid of {bid.bidder}"
    terms = [each for each in own_in_force(session, HeadsOfTerms, case.ref) if not each.lapsed_on]
    if terms:
        latest = max(terms, key=lambda each: each.terms_version)
        for who in _hands(session, latest):
            yield who, f"recorded version {latest.terms_version} of the heads of terms"


def _hands(session: Session, row: Evidence) -> Iterator[str]:
    """Everyone who recorded a row or one that it replaces: a later hand does not hide the first."""
    standing: Evidence | None = row
    while standing is not None:
        yield standing.recorded_by
        before = standing.replaces
        standing = None if before is None else session.get(type(row), before)


def _same(name: str) -> str:
    return " ".join(name_as_kept(name).split()).casefold()
