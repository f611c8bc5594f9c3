"""What may follow when a buyer is lost or offers less: only what a decision authorised."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from disposals.appraisal import Rates, rates
from disposals.consideration import worth
from disposals.finding import counting, own_in_force
from disposals.policy import Policy
from disposals.records.bids import Bid
from disposals.records.cases import Disposal
from disposals.records.decisions import Decision
from disposals.records.marketing import Campaign
from disposals.vocabulary import Fallback, Standing
from disposals.words import day, money

_IN_LINE = {Standing.RESERVE, Standing.SHORTLISTED}


@dataclass(frozen=True, slots=True)
class Offered:
    """What a decision lets the officers do next.

    Attributes:
        says: a sentence for the officer.
        next_bidder: who may be taken without a new decision; None where nobody may.
        may_remarket: whether the land may be marketed again without a new decision.
        authority: the decision, as it is cited.
    """

    says: str
    next_bidder: str | None = None
    may_remarket: bool = False
    authority: str = ""


def fallback(session: Session, case: Disposal, on: date) -> Offered:
    """What the decision on a case authorises, as its bids stand on a day.

    Bids are ranked by the present value of their consideration, a reserve bidder first.
    """
    decision = _decision(session, case, on)
    if decision is None or decision.fallback in {None, Fallback.NONE}:
        return Offered(
            "no decision authorises a fallback. Choose afresh with `disposals bid prefer`; a sale "
            "to another buyer then wants a decision of its own."
        )
    authority = f"decision {decision.number} of {day(decision.taken_on or on)}"
    if decision.fallback is Fallback.REMARKET:
        return Offered(
            f"{authority} authorises to market again: `disposals back {case.ref} --to marketing`.",
            may_remarket=True, authority=authority,
        )  # fmt: skip
    at = rates(Policy(case.authority, on))
    bids = _bids(session, case)
    line = sorted(
        (bid for bid in bids if bid.standing in _IN_LINE),
        key=lambda bid: (bid.standing is Standing.RESERVE, _present(bid, at)),
        reverse=True,
    )
    if not line:
        return Offered(f"{authority} authorises the next bid, and no bid is left in line.")
    after = line[0]
    held = _holds(bids, after, decision, at)
    if held:
        return Offered(f"{authority} authorises {decision.fallback}, but {held}")
    price = money(after.price_pence) if after.price_pence is not None else "no price recorded"
    return Offered(
        f"{authority} authorises {decision.fallback}: {after.bidder}, {price}. Take it with "
        f"`disposals bid reinstate {case.ref}`.",
        next_bidder=after.bidder, authority=authority,
    )  # fmt: skip


def _holds(bids: list[Bid], after: Bid, decision: Decision, at: Rates) -> str:
    """Why the next bid may not be taken all the same; "" where it may."""
    floor = decision.floor_price_pence
    value = worth(after, at)
    if floor is not None and (value is None or value.nominal < floor):
        return f"the next, from {after.bidder}, is below its floor of {money(floor)}."
    preferred = next((bid for bid in bids if bid.standing is Standing.PREFERRED), None)
    if preferred is None:
        return ""
    if decision.fallback is Fallback.NEXT_BID:
        return f"{preferred.bidder} is still preferred. Go back first if that buyer is lost."
    if _present(preferred, at) >= _present(after, at):
        return f"{preferred.bidder} is still preferred and offers no less than the next bid."
    return ""


def _present(bid: Bid, at: Rates) -> int:
    value = worth(bid, at)
    return 0 if value is None else int(value.present)


def _decision(session: Session, case: Disposal, on: date) -> Decision | None:
    taken = [
        decision
        for decision in counting(session, Decision, case)
        if decision.taken_on is not None and decision.taken_on <= on
    ]
    return taken[-1] if taken else None


def _bids(session: Session, case: Disposal) -> list[Bid]:
    """Those of the running campaign; what was offered in one that ended counts no more."""
    campaigns = own_in_force(session, Campaign, case.ref)
    running = [campaign.no for campaign in campaigns if campaign.ended_on is None]
    number = max(running) if running else max((c.no + 1 for c in campaigns), default=1)
    return [bid for bid in own_in_force(session, Bid, case.ref) if bid.campaign_no == number]
