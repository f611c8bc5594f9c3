"""Corrections: a new entry that refers to the old, held to the rules of its own room."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from disposals.casework import (
    bids,
    completion,
    evidence,
    judging,
    marketing,
    offers,
    papers,
    surplus,
    terms,
)
from disposals.casework.acts import Act, Stamp, acting
from disposals.casework.cases import refuse_if_ended
from disposals.casework.validating import required
from disposals.errors import BadFact, NotAllowed, NotRecorded
from disposals.finding import own_in_force
from disposals.records import evidence_kinds
from disposals.records.base import Evidence
from disposals.records.bids import Bid
from disposals.records.completion import Contract, Deed, Receipt
from disposals.records.decisions import Decision
from disposals.records.documents import Document
from disposals.records.interest import Enquiry
from disposals.records.judgements import Likelihood, OptionFigure
from disposals.records.marketing import Campaign
from disposals.records.papers import PaperSection
from disposals.records.reasons import ConsiderationReason
from disposals.records.scoring import Score
from disposals.records.surplus import Circulation
from disposals.records.terms import HeadsOfTerms
from disposals.register import Register
from disposals.words import plainly

_Rule = Callable[[Act, Mapping[str, Any]], None]
# What its room asks of an entry as a whole, whether it is new or corrected.
_RULES: Mapping[type[Evidence], _Rule] = {
    Circulation: surplus.refuse_reply_before_offer,
    Campaign: marketing.refuse_what_is_out_of_order,
    HeadsOfTerms: terms.refuse_what_does_not_add_up,
    Contract: completion.refuse_departure,
    Deed: completion.refuse_undrawn_boundary,
    ConsiderationReason: bids.refuse_undervalue_without_purpose,
    Score: judging.refuse_unfounded_score,
    Likelihood: judging.refuse_unknown_bidder,
    OptionFigure: judging.refuse_unknown_option,
    Enquiry: judging.refuse_unknown_campaign,
}


def correct(
    register: Register,
    ref: str,
    kind: str,
    entry: int,
    changes: Mapping[str, Any],
    stamp: Stamp,
    *,
    seen: int,
    because: str | None,
) -> int:
    """Correct an entry: a new one that refers to the old, which is kept. Says the new number.

    Args:
        entry: the number of the entry, as lists show it.
        changes: fields by name, with what is right.

    Raises:
        NotRecorded: there is no such entry in force on the case.
        NotAllowed: what was agreed, taken or sealed is not corrected.
        BadFact: nothing is changed, a value can't be right, or no reason is given.
    """
    reason = required(because, "correct an entry")
    model = evidence_kinds()[kind]
    with (
        register.write() as session,
        acting(session, ref, f"{plainly(kind)} corrected", stamp, seen=seen, because=reason) as act,
    ):
        if act.case.stage != "in_parts" or not model.inherited:
            refuse_if_ended(act.case)  # what is recorded on the whole still counts for its parts
        in_force = own_in_force(session, model, ref)
        row = next((each for each in in_force if each.id == entry), None)
        if row is None:
            raise NotRecorded(_why_not_there(act, kind, entry))
        _refuse_what_is_settled(row)
        new = {name: value for name, value in changes.items() if getattr(row, name) != value}
        if not new:
            raise BadFact(f"{_named(kind, entry)} says so already; nothing was changed.")
        _refuse_another(row, new, in_force)
        corrected = act.amend(row, **new, **_follows(act, row, new))
        assert corrected.id is not None  # noqa: S101 (the database numbered it)
        return corrected.id


def _follows(act: Act, row: Evidence, new: Mapping[str, Any]) -> dict[str, Any]:
    """What a correction brings with it, after its room was asked whether it may stand."""
    told = row.model_dump() | dict(new)
    if rule := _RULES.get(type(row)):
        rule(act, told)
    if "site_ref" in new:
        evidence.refuse_other_site(act, new["site_ref"])
    if isinstance(row, Document) and "file_name" in new:
        raise NotAllowed(
            "A document is known by what is in it, so its file is not exchanged. Attach the right "
            f"one: `disposals document add {act.case.ref} FILE`."
        )
    if isinstance(row, PaperSection):
        papers.refuse_wrong(told)
    if isinstance(row, Receipt):
        completion.refuse_what_is_not_due(act, told, instead_of=row)
    if isinstance(row, Bid):
        offers.refuse_what_does_not_add_up(new, row)
        return offers.late_if(act, row, new)
    return {}


def _why_not_there(act: Act, kind: str, entry: int) -> str:
    ref, model = act.case.ref, evidence_kinds()[kind]
    found, name = act.session.get(model, entry), _named(kind, entry)
    if found is not None and found.disposal_ref == ref:
        return (
            f"{ref}: {name} was corrected or carried forward already; correct the entry that "
            f"stands, which `disposals … show {ref} {name}` names."
        )
    if found is not None and found.disposal_ref == act.case.whole_ref:
        return f"{name} is recorded on the whole; correct it there: {act.case.whole_ref} {name}."
    return f"{ref}: {name} is not there. Lists show which stand."


def _named(kind: str, entry: int) -> str:
    return f"{kind.replace('_', '-')}-{entry}"


def _refuse_what_is_settled(row: Evidence) -> None:
    if getattr(row, "lapsed_on", None) is not None:
        raise NotAllowed("It lapsed with a lost buyer and stays as it was.")
    if isinstance(row, HeadsOfTerms) and (row.agreed_on or row.seller_agreed_on):
        raise NotAllowed(
            f"Version {row.terms_version} is agreed, so it stands. Draft the next version: "
            f"`disposals terms add {row.disposal_ref}`."
        )
    if isinstance(row, Decision) and row.taken_on is not None:
        raise NotAllowed(f"{row.number} is taken, so it stands; another decision can change it.")
    if isinstance(row, Decision) and row.withdrawn_on is not None:
        raise NotAllowed(f"{row.number} is withdrawn, so it stands as it was.")
    if isinstance(row, Bid) and row.sealed is not None:
        raise NotAllowed(
            f"The bid of {row.bidder} is sealed. The bidder may send another in its place."
        )


def _refuse_another(row: Evidence, new: Mapping[str, Any], in_force: Iterable[Evidence]) -> None:
    """Two entries about the same thing would leave it open which of them counts."""
    if not row.keyed_by or row.accumulates or not new.keys() & set(row.keyed_by):
        return
    key = [new.get(name, getattr(row, name)) for name in row.keyed_by]
    for other in in_force:
        if other.id != row.id and [getattr(other, name) for name in row.keyed_by] == key:
            raise BadFact(f"Entry {other.id} is about that already; correct it instead.")
