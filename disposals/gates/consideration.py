"""Gates on best consideration: is the preferred bid the best, and is a reason for less signed off.

Their ids begin with `bids`, for they judge what a bid offers.
"""

from collections.abc import Iterable

from disposals.appraisal import rates, whole_pence
from disposals.casefile import CaseFile
from disposals.consideration import worth
from disposals.gates import gate
from disposals.gates.bids import current, preferred_among
from disposals.records.bids import Bid
from disposals.records.marketing import Campaign
from disposals.records.reasons import ConsiderationReason
from disposals.records.terms import HeadsOfTerms
from disposals.vocabulary import Concern
from disposals.words import listed, money
from workflows.gates import Answer, by, met, not_applicable, unknown, unmet


def reasons(file: CaseFile, concern: Concern) -> list[ConsiderationReason]:
    """The reasons that stand for a concern. Reads ConsiderationReason."""
    return [
        reason
        for reason in file.of(ConsiderationReason)
        if reason.concern is concern and reason.lapsed_on is None
    ]


@gate(
    "bids.best-consideration",
    asks="Is the preferred bid the best that can reasonably be obtained?",
    rule="bids.best-consideration",
    owner="estates officer, with a valuer's advice",
    remedy="bid justify",
    reads=(Bid, Campaign, ConsiderationReason, HeadsOfTerms),
)
def best_consideration(file: CaseFile) -> Answer:
    """Consideration is compared, not headline price; the highest need not be best.

    What is staged is discounted, what is guaranteed counts, what goes to others does not ([2013]
    EWHC 523 (Admin), Barnet). A lower one needs reasons and advice (Cilldara).
    """
    bids = current(file)
    chosen = preferred_among(bids)
    if not chosen:
        return unknown(
            "No preferred bidder is recorded, so there is nothing to compare.",
            remedy=by("bid prefer"),
        )
    values = _present_values(file, bids)
    priceless = [bidder for bidder, value in values.items() if value is None]
    if priceless:
        return unknown(
            f"No price is recorded for {listed(priceless)}.",
            remedy=by("bid add", bidder=priceless[0]),
        )
    present = {bidder: value or 0 for bidder, value in values.items()}
    price, highest = present[chosen[0].bidder], max(present.values())
    as_stated = all(present[bid.bidder] == bid.price_pence for bid in bids)
    what = (
        f"preferred bid of {money(price)}"
        if as_stated
        else f"preferred bid's consideration, {money(price)} today,"
    )
    if price >= highest:
        dearer = max(bid.price_pence or 0 for bid in bids) - (chosen[0].price_pence or 0)
        though = f", though its price is {money(dearer)} below another's" if dearer > 0 else ""
        return met(f"The {what} is the highest of {len(bids)}{though}.")
    given = reasons(file, Concern.LOWER_BID)
    if not given:
        return unmet(
            f"The {what} is {money(highest - price)} below the highest; "
            "the reason why it is best is not recorded.",
            remedy=by("bid justify", concern=Concern.LOWER_BID),
        )
    return met(f"A lower bid is best: {given[-1].because} ({given[-1].advised_by})")


def _present_values(file: CaseFile, bids: Iterable[Bid]) -> dict[str, int | None]:
    """By bidder, what each offers today in pence: for terms under way, what they say by now."""
    at = rates(file.policy)
    live = [terms for terms in file.of(HeadsOfTerms) if terms.lapsed_on is None]
    latest = max(live, key=lambda terms: terms.terms_version, default=None)
    values = {}
    for bid in bids:
        by_terms = latest is not None and latest.buyer == bid.bidder
        value = worth(latest if latest is not None and by_terms else bid, at)
        values[bid.bidder] = None if value is None else whole_pence(value.present)
    return values


def _is_same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


@gate(
    "bids.signed-off",
    asks="Is a reason for less than the highest, or less than value, signed off?",
    rule="bids.sign-off",
    owner="section 151 officer, monitoring officer",
    remedy="bid justify",
    reads=(ConsiderationReason,),
)
def signed_off(file: CaseFile) -> Answer:
    """Whoever writes the reason is not the one who answers for it."""
    given = [row for row in file.of(ConsiderationReason) if row.lapsed_on is None]
    if not given:
        return not_applicable("No reason for less was called for.")
    waiting = [row for row in given if not row.signed_off_by]
    if waiting:
        return unmet(
            f"The reason on the {waiting[0].concern} is not signed off.",
            remedy=by(
                "bid edit", entry=f"consideration-reason-{waiting[0].id}", name="signed-off-by"
            ),
        )
    own = [row for row in given if _is_same(str(row.signed_off_by), row.advised_by)]
    if own:
        return unmet(
            f"The reason on the {own[0].concern} rests on the advice of {own[0].advised_by}, who "
            "can't sign it off too.",
            remedy=by("bid edit", entry=f"consideration-reason-{own[0].id}", name="signed-off-by"),
        )
    return met(f"Signed off by {listed(dict.fromkeys(str(row.signed_off_by) for row in given))}.")
