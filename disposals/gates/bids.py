"""Gates on bids and price: shortlist, preferred bidder, best consideration, value, subsidy."""

from collections.abc import Iterable

from disposals.casefile import CaseFile
from disposals.clocks import beginning_with
from disposals.gates import gate
from disposals.records.bids import Bid, ConsiderationReason, Valuation
from disposals.records.land import LandAnswer
from disposals.records.marketing import Campaign
from disposals.records.terms import HeadsOfTerms
from disposals.vocabulary import Concern, Known, Question, Standing
from disposals.words import counted, day, listed, money
from workflows.gates import Answer, by, met, not_applicable, unknown, unmet

_NO_COMPARISON = "Price and valuation are both needed to tell whether this is a sale below value."


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


def _preferred(bids: Iterable[Bid]) -> list[Bid]:
    return [bid for bid in bids if bid.standing is Standing.PREFERRED]


def _reasons(file: CaseFile, concern: Concern) -> list[ConsiderationReason]:
    return [
        reason
        for reason in file.of(ConsiderationReason)
        if reason.concern is concern and reason.lapsed_on is None
    ]


def price_by_case(bids: Iterable[Bid], terms: Iterable[HeadsOfTerms]) -> dict[str, int]:
    """For each case the price it stands at, in pence: the latest terms, else the preferred bid."""
    prices = {b.disposal_ref: b.price_pence for b in _preferred(bids) if b.price_pence is not None}
    return prices | {t.disposal_ref: t.price_pence for t in terms if t.lapsed_on is None}


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
    chosen = _preferred(current(file))
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
    reads=(Bid, Campaign, ConsiderationReason),
)
def best_consideration(file: CaseFile) -> Answer:
    """The highest price need not be best, but a lower one needs reasons and advice (Cilldara)."""
    bids = current(file)
    chosen = _preferred(bids)
    if not chosen:
        return unknown(
            "No preferred bidder is recorded, so there is nothing to compare.",
            remedy=by("bid prefer"),
        )
    priceless = [bid.bidder for bid in bids if bid.price_pence is None]
    if priceless:
        return unknown(
            f"No price is recorded for {listed(priceless)}.",
            remedy=by("bid add", bidder=priceless[0]),
        )
    price = chosen[0].price_pence or 0
    highest = max(bid.price_pence or 0 for bid in bids)
    if price >= highest:
        return met(f"The preferred bid of {money(price)} is the highest of {len(bids)}.")
    reasons = _reasons(file, Concern.LOWER_BID)
    if not reasons:
        return unmet(
            f"The preferred bid of {money(price)} is {money(highest - price)} below the highest; "
            "the reason why it is best is not recorded.",
            remedy=by("bid justify", concern=Concern.LOWER_BID),
        )
    return met(f"A lower bid is best: {reasons[-1].because} ({reasons[-1].advised_by})")


@gate(
    "bids.valuation-current",
    asks="Is there a valuation in date?",
    rule="valuation.lasts",
    owner="valuer",
    remedy="valuation add",
    reads=(Valuation,),
)
def valuation_current(file: CaseFile) -> Answer:
    """A price can be judged only against a value of the same season."""
    valuation = file.latest(Valuation)
    if valuation is None:
        return unknown("No valuation is recorded.")
    lasts = file.policy.number("valuation.lasts")
    until = beginning_with(valuation.valued_on, months=lasts)
    if file.on > until:
        return unmet(
            f"The valuation of {day(valuation.valued_on)} ran out on {day(until)} "
            f"(it lasts {lasts} months)."
        )
    return met(f"Valued by {valuation.valuer} on {day(valuation.valued_on)}.")


def _below_value(file: CaseFile) -> dict[str, int] | None:
    """By case, unrestricted value less price in pence, never less than nothing.

    None where the case itself has no price or no valuation of its own: a valuation of the whole
    says nothing of one part. A gain on one part makes up for no loss on another.
    """
    prices = price_by_case(file.across(Bid), file.across(HeadsOfTerms))
    values = {
        valuation.disposal_ref: valuation.value_pence
        for valuation in file.across(Valuation)
        if valuation.basis == "unrestricted"
    }
    both = prices.keys() & values.keys()
    if file.disposal.ref not in both:
        return None
    return {ref: max(0, values[ref] - prices[ref]) for ref in both}


@gate(
    "bids.undervalue",
    asks="Is the price at or above value, or the undervalue lawful?",
    rule="undervalue.limit",
    owner="estates officer, with a valuer's advice",
    remedy="bid justify",
    reads=(ConsiderationReason, LandAnswer),
    across=(Bid, HeadsOfTerms, Valuation),
)
def undervalue(file: CaseFile) -> Answer:
    """Unrestricted value less price, over the whole and its parts, within the general consent.

    The general consent does not reach land held for housing.
    """
    by_case = _below_value(file)
    if by_case is None:
        return unknown(_NO_COMPARISON, remedy=by("valuation add"))
    below = sum(by_case.values())
    if below == 0:
        return met("The price is not below the unrestricted value.")
    reasons = _reasons(file, Concern.UNDERVALUE)
    limit = file.policy.number("undervalue.limit") * 100
    if not reasons:
        return unmet(
            f"The price is {money(below)} below value and no well-being reason is recorded.",
            remedy=by("bid justify", concern=Concern.UNDERVALUE),
        )
    consent = reasons[-1].secretary_of_state_consent
    housing = [
        answer.site_ref
        for answer in file.of(LandAnswer)
        if answer.question is Question.HOUSING and answer.answer is Known.YES
    ]
    if housing and not consent:
        return unmet(
            f"The price is {money(below)} below value and {listed(housing)} is held for housing, "
            "which the general consent does not reach; the Secretary of State's is not recorded.",
            remedy=by("bid justify", concern=Concern.UNDERVALUE),
        )
    if below > limit and not consent:
        return unmet(
            f"The price is {money(below)} below value, over the {money(limit)} of the general "
            "consent, and the Secretary of State's consent is not recorded.",
            remedy=by("bid justify", concern=Concern.UNDERVALUE),
        )
    return met(f"{money(below)} below value: {reasons[-1].because}")


@gate(
    "bids.subsidy",
    asks="Does the sale subsidise the buyer, and if so lawfully?",
    rule="subsidy",
    owner="legal services",
    remedy="bid justify",
    reads=(ConsiderationReason,),
    across=(Bid, HeadsOfTerms, Valuation),
)
def subsidy(file: CaseFile) -> Answer:
    """A sale below market value to an enterprise may be a subsidy."""
    by_case = _below_value(file)
    if by_case is None:
        return unknown(_NO_COMPARISON, remedy=by("valuation add"))
    below = by_case[file.disposal.ref]
    if below == 0:
        return not_applicable("The price is not below the unrestricted value.")
    reasons = _reasons(file, Concern.SUBSIDY)
    if not reasons:
        return unmet(
            f"The price is {money(below)} below value and no assessment is recorded.",
            remedy=by("bid justify", concern=Concern.SUBSIDY),
        )
    return met(f"{reasons[-1].because} ({reasons[-1].advised_by})")
