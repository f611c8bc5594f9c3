"""Gates on choosing a bid: shortlist, preferred bidder, reserve, best consideration."""

from collections.abc import Iterable

from disposals.appraisal import rates, whole_pence
from disposals.casefile import CaseFile
from disposals.consideration import worth
from disposals.gates import gate
from disposals.records.bids import Bid, ConsiderationReason
from disposals.records.marketing import Campaign
from disposals.records.terms import HeadsOfTerms
from disposals.vocabulary import Concern, Standing
from disposals.words import counted, listed, money
from workflows.gates import Answer, by, met, not_applicable, unknown, unmet


def current(file: CaseFile) -> list[Bid]:
    """The bids that count: of the running campaign, or received since one ended; none fell through.

    Reads Bid and Campaign.
    """
    campaigns = file.of(Campaign)
    running = [campaign.no for campaign in campaigns if campaign.ended_on is None]
    latest = max(running) if running else max((c.no + 1 for c in campaigns), default=1)
    return [
        bid
        for bid in file.of(Bid)
        if bid.campaign_no >= latest and bid.standing is not Standing.FELL_THROUGH
    ]


def preferred_among(bids: Iterable[Bid]) -> list[Bid]:
    """The bids, or the one, that is preferred."""
    return [bid for bid in bids if bid.standing is Standing.PREFERRED]


def reasons(file: CaseFile, concern: Concern) -> list[ConsiderationReason]:
    """The reasons that stand for a concern. Reads ConsiderationReason."""
    return [
        reason
        for reason in file.of(ConsiderationReason)
        if reason.concern is concern and reason.lapsed_on is None
    ]


@gate(
    "bids.received",
    asks="Is there an offer to consider?",
    rule="bids.received",
    owner="estates officer",
    remedy="bid add",
    reads=(Bid, Campaign),
)
def received(file: CaseFile) -> Answer:
    """At least one offer in the campaign that is running, and not declined."""
    bids = [bid for bid in current(file) if bid.standing is not Standing.DECLINED]
    if not bids:
        return unmet("No offer is recorded.")
    return met(f"{counted(len(bids), 'offer is', 'offers are')} recorded.")


@gate(
    "bids.shortlisted",
    asks="Is the shortlist made?",
    rule="bids.shortlisted",
    owner="estates officer",
    remedy="bid shortlist",
    reads=(Bid, Campaign),
)
def shortlisted(file: CaseFile) -> Answer:
    """Who was taken further, and who was not, with reasons."""
    bids = current(file)
    further = {Standing.SHORTLISTED, Standing.PREFERRED, Standing.RESERVE}
    taken = [bid for bid in bids if bid.standing in further]
    undecided = [bid for bid in bids if bid.standing is Standing.RECEIVED]
    if not taken:
        return unmet("No offer has been shortlisted.")
    if undecided:
        names = listed(bid.bidder for bid in undecided)
        return unmet(f"{names} neither taken further nor declined.")
    return met(f"{len(taken)} of {counted(len(bids), 'offer')} taken further.")


@gate(
    "bids.preferred",
    asks="Is one bidder preferred?",
    rule="bids.preferred",
    owner="estates officer",
    remedy="bid prefer",
    reads=(Bid, Campaign),
)
def preferred(file: CaseFile) -> Answer:
    """One, chosen with reasons."""
    chosen = preferred_among(current(file))
    if not chosen:
        return unmet("No preferred bidder is recorded.")
    return met(f"{chosen[0].bidder} is preferred: {chosen[0].standing_because}")


@gate(
    "bids.reserve-named",
    asks="Is a reserve bidder named?",
    rule="bids.reserve",
    owner="estates officer",
    remedy="bid reserve",
    reads=(Bid, Campaign),
)
def reserve_named(file: CaseFile) -> Answer:
    """A preferred bidder may fall through; the next is better named before than after."""
    reserves = [bid.bidder for bid in current(file) if bid.standing is Standing.RESERVE]
    if not reserves:
        return unmet("No reserve bidder is named.")
    return met(f"{listed(reserves)} in reserve.")


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
    return met(f"Signed off by {listed(dict.fromkeys(str(row.signed_off_by) for row in given))}.")
