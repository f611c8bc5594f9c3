"""Gates on heads of terms: agreed, and within what was decided."""

from disposals.appraisal import rates, whole_pence
from disposals.casefile import CaseFile
from disposals.consideration import worth
from disposals.gates import gate
from disposals.gates.bids import current
from disposals.records.bids import Bid
from disposals.records.decisions import Decision
from disposals.records.marketing import Campaign
from disposals.records.terms import HeadsOfTerms
from disposals.vocabulary import Fallback, Standing
from disposals.words import day, money
from workflows.gates import Answer, by, met, not_applicable, unmet

_WHOLE = 100
_NEXT = {Fallback.NEXT_BID, Fallback.NEXT_BID_IF_BELOW}


@gate(
    "terms.agreed",
    asks="Are heads of terms agreed with the preferred bidder?",
    rule="terms.agreed",
    owner="estates officer",
    remedy="terms agree",
    reads=(HeadsOfTerms, Bid, Campaign),
)
def agreed(file: CaseFile) -> Answer:
    """The latest version, agreed by both sides, with the bidder that was preferred."""
    live = [terms for terms in file.of(HeadsOfTerms) if terms.lapsed_on is None]
    if not live:
        return unmet("Heads of terms are not agreed: none are recorded.", remedy=by("terms add"))
    terms = max(live, key=lambda each: each.terms_version)
    if terms.agreed_on is None or terms.agreed_on > file.on:
        return unmet(
            f"Version {terms.terms_version} is not agreed.",
            remedy=by("terms agree", version=str(terms.terms_version)),
        )
    preferred = [bid.bidder for bid in current(file) if bid.standing is Standing.PREFERRED]
    if preferred and terms.buyer not in preferred:
        return unmet(
            f"Version {terms.terms_version} is agreed with {terms.buyer}, but the preferred "
            f"bidder is {preferred[-1]}.",
            remedy=by("terms add", name=preferred[-1]),
        )
    return met(f"Version {terms.terms_version} was agreed on {day(terms.agreed_on)}.")


@gate(
    "terms.within-decision",
    asks="Are the terms those that were decided?",
    rule="drift.price",
    owner="estates officer",
    remedy="decision add",
    reads=(HeadsOfTerms, Decision),
)
def within_decision(file: CaseFile) -> Answer:
    """Terms that drift beyond the tolerance reopen the decision, and with it every limit."""
    live = [terms for terms in file.of(HeadsOfTerms) if terms.lapsed_on is None]
    taken = [decision for decision in file.of(Decision) if decision.taken_on is not None]
    if not live or not taken:
        return not_applicable("There are no terms and decision to compare.")
    decision, terms = taken[-1], max(live, key=lambda each: each.terms_version)
    if not any((decision.price_pence, decision.buyer, decision.area_m2)):
        return not_applicable(f"{decision.number} sets no buyer, price or area.")
    drift = _drift(file, terms, decision)
    if drift:
        return unmet(f"{drift} Decision {decision.number} does not cover it.")
    return met(f"Version {terms.terms_version} is within decision {decision.number}.")


def _drift(file: CaseFile, terms: HeadsOfTerms, decision: Decision) -> str:
    """What departs from the decision, as a sentence; "" where nothing does."""
    least = decision.price_pence
    if decision.buyer is not None and decision.buyer != terms.buyer:
        if decision.fallback not in _NEXT:
            return f"The terms are with {terms.buyer}; the sale was decided to {decision.buyer}."
        least = decision.floor_price_pence
    fall = file.policy.number("drift.price")
    if least is not None and terms.price_pence < least * (_WHOLE - fall) / _WHOLE:
        return (
            f"The price of {money(terms.price_pence)} is {money(least - terms.price_pence)} below "
            f"the {money(least)} decided."
        )
    return _worth_less(file, terms, decision) or area_drift(
        file, "the terms", terms.area_m2, "the decision", decision.area_m2
    )


def _worth_less(file: CaseFile, terms: HeadsOfTerms, decision: Decision) -> str:
    """What the terms lost since the version that both sides had agreed when it was decided.

    The same price paid later, or with less overage guaranteed, is less consideration.
    """
    decided = [
        each
        for each in file.of(HeadsOfTerms)
        if each.buyer == terms.buyer
        and each.agreed_on
        and decision.taken_on
        and each.agreed_on <= decision.taken_on
    ]
    if not decided:
        return ""
    before = max(decided, key=lambda each: each.terms_version)
    at, fall = rates(file.policy), file.policy.number("drift.price")
    was, now = worth(before, at), worth(terms, at)
    if was is None or now is None or now.present >= was.present * (_WHOLE - fall) / _WHOLE:
        return ""
    return (
        f"Version {terms.terms_version} is worth {money(whole_pence(now.present))} today, version "
        f"{before.terms_version}, agreed when it was decided, {money(whole_pence(was.present))}."
    )


def area_drift(
    file: CaseFile, what: str, area: float | None, other: str, before: float | None
) -> str:
    """How two areas depart from each other beyond the tolerance, as a sentence; "" if not."""
    tolerance = file.policy.number("drift.area")
    if area is None or before is None or abs(area - before) <= before * tolerance / _WHOLE:
        return ""
    return (
        f"The land of {what} is {area:,.0f} m², that of {other} {before:,.0f} m²: more than "
        f"{tolerance} % apart."
    )
