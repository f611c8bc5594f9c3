"""Gates on choosing a bid: offers, shortlist, preferred bidder, reserve, a valuation in date."""

from collections.abc import Iterable

from disposals.casefile import CaseFile
from disposals.deadlines.sale import valuation_life
from disposals.gates import gate
from disposals.records.bids import Bid, Valuation
from disposals.records.marketing import Campaign
from disposals.vocabulary import Standing
from disposals.words import counted, day, listed
from workflows.gates import Answer, met, unknown, unmet


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


def unrestricted(valuations: Iterable[Valuation]) -> list[Valuation]:
    """Those of the unrestricted value, which price and undervalue are held against."""
    return [each for each in valuations if each.basis.strip().casefold() == "unrestricted"]


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
    found = unrestricted(file.of(Valuation))
    other = file.latest(Valuation)
    if other is None:
        return unknown("No valuation is recorded.")
    if not found:
        return unknown(
            f"The valuation of {day(other.valued_on)} is of the {other.basis} value; a price is "
            "held against the unrestricted one."
        )
    valuation = found[-1]
    clock = valuation_life(valuation, file.policy)
    if file.on > clock.last_day:
        return unmet(
            f"The valuation of {day(valuation.valued_on)} ran out on {day(clock.last_day)} "
            f"(it lasts {clock.rule.number} months)."
        )
    return met(f"Valued by {valuation.valuer} on {day(valuation.valued_on)}.")
