"""The gate on heads of terms."""

from disposals.casefile import CaseFile
from disposals.gates import gate
from disposals.gates.bids import current
from disposals.records.bids import Bid
from disposals.records.marketing import Campaign
from disposals.records.terms import HeadsOfTerms
from disposals.vocabulary import Standing
from disposals.words import day
from workflows.gates import Answer, by, met, unmet


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
            f"bidder is {preferred[-1]}."
        )
    return met(f"Version {terms.terms_version} was agreed on {day(terms.agreed_on)}.")
