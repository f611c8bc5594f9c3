"""Recording a piece of evidence of any kind, each a new row that gates will read."""

from collections.abc import Mapping
from typing import Any

from disposals.casework.acts import Act, Stamp, acting
from disposals.casework.cases import refuse_if_ended
from disposals.errors import BadFact
from disposals.finding import holdings_of
from disposals.records import evidence_kinds
from disposals.register import Register
from disposals.words import listed, plainly

# Their rooms have acts of their own for these, with rules that a bare row would go round.
_BY_THEIR_OWN_ACTS = frozenset(
    {
        "approval", "bid", "bid_round", "call_in", "campaign", "classification", "clause",
        "consideration_reason", "contract", "departure", "document", "enquiry", "heads_of_terms",
        "information_request", "likelihood", "milestone",
        "milestone_date", "opening", "option_figure", "paper_section", "private_meeting", "receipt",
        "referral", "score", "waiver",
    }
)  # fmt: skip


def add(
    register: Register,
    ref: str,
    kind: str,
    facts: Mapping[str, Any],
    stamp: Stamp,
    *,
    seen: int,
) -> None:
    """Record a piece of evidence on a case.

    Where a kind is about one site and the case has only one, the site need not be named. A row
    with the same key as one in force (the same bidder, the same question) stands in its place.

    Args:
        kind: the name of a kind of evidence, such as "valuation".
        facts: its fields, by name.

    Raises:
        BadFact: a field is missing, unknown or can't be right, or the site is not the case's.
        NotAllowed: the case is at an end.
        ValueError: the kind is recorded by an act of its own, such as `offers.receive`.
    """
    if kind in _BY_THEIR_OWN_ACTS:
        raise ValueError(kind)
    with (
        register.write() as session,
        acting(session, ref, f"{plainly(kind)} recorded", stamp, seen=seen) as act,
    ):
        enter(act, kind, facts)


def enter(act: Act, kind: str, facts: Mapping[str, Any]) -> None:
    """Record a piece of evidence within an act that has begun; raises as `add` does."""
    model = evidence_kinds()[kind]
    if act.case.stage != "in_parts" or not model.inherited:
        refuse_if_ended(act.case)  # what is recorded on the whole still counts for its parts
    told = dict(facts)
    if "site_ref" in model.model_fields:
        ref = act.case.ref
        sites = [holding.site_ref for holding in holdings_of(act.session, ref)]
        told["site_ref"] = _one_of(sites, told.get("site_ref"), ref)
    act.supersede(model, told)


def refuse_other_site(act: Act, named: str | None) -> None:
    """Refuse a site that the case does not take in.

    Raises:
        BadFact: says which sites it takes in.
    """
    sites = [holding.site_ref for holding in holdings_of(act.session, act.case.ref)]
    _one_of(sites, named, act.case.ref)


def _one_of(sites: list[str], named: str | None, ref: str) -> str:
    if named in sites:
        return named
    if named is None and len(sites) == 1:
        return sites[0]
    doubt = f" and not {named}" if named else ""
    raise BadFact(f"{ref} takes in {listed(sites)}{doubt}: say which with `--site`.")
