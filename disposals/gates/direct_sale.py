"""The gate of a sale to one buyer without marketing. Its id begins with `options`."""

from disposals.casefile import CaseFile
from disposals.gates import gate
from disposals.records.direct_sale import DirectSaleReason
from disposals.records.terms import HeadsOfTerms
from disposals.words import listed
from workflows.gates import Answer, met, unmet


@gate(
    "options.direct-sale-justified",
    asks="Is there a reason to sell to this buyer without marketing?",
    rule="options.direct-sale",
    owner="estates officer",
    remedy="option direct-sale",
    reads=(DirectSaleReason, HeadsOfTerms),
)
def direct_sale_justified(file: CaseFile) -> Answer:
    """Without a market test the reason and the valuation carry the whole weight of s.123."""
    reason = file.latest(DirectSaleReason)
    if reason is None:
        return unmet("No reason for a sale without marketing is recorded.")
    buyers = {terms.buyer for terms in file.of(HeadsOfTerms) if terms.lapsed_on is None}
    if buyers - {reason.buyer}:
        return unmet(
            f"The reason is for a sale to {reason.buyer}, but terms are with {listed(buyers)}."
        )
    return met(f"To {reason.buyer}: {reason.because}")
