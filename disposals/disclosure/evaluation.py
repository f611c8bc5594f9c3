"""Bids on one footing, for officers and members: what counts is summed, all else is not.

Every figure is pence, rounded once. Likelihoods are recorded judgements: they are shown beside what
comes of them, and nothing is weighed by one that nobody recorded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from disposals.appraisal import (
    Rates,
    flat,
    months_until_level,
    price_per_point,
    quality,
    rates,
    sensitivity,
    weighed,
    whole_pence,
)
from disposals.consideration import Worth, worth
from disposals.disclosure.fields import Audience
from disposals.disclosure.rows import Shown, counting_shown, own_in_force, own_shown
from disposals.finding import find_case
from disposals.policy import Policy
from disposals.records.bids import Bid
from disposals.records.cases import Disposal
from disposals.records.judgements import Likelihood
from disposals.records.marketing import Campaign
from disposals.records.scoring import Criterion, Score
from disposals.register import Register
from disposals.vocabulary import Hurdle, Scored, Standing
from disposals.words import listed, money

_MERITS = (
    "units", "affordable_percent", "s106_pence", "cil_pence", "proof_of_funds",
    "exclusivity_weeks", "longstop_on", "deposit_pence", "overage", "conditions",
)  # fmt: skip
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """One bid as it is compared. Sums are pence; None where not known or not asked for.

    Attributes:
        is_sealed: nothing of it is known before the opening.
        consideration: all money, and what has a money value, as it stands.
        present_value: the same today, each sum discounted to when it is paid.
        hurdles: what it depends on, with the likelihood recorded for each, of 100.
        risk_adjusted: the present value times every likelihood.
        sensitivity: the same with every likelihood so many points lower or higher.
        quality: weighted points, of 100.
        merits: what it brings beside money; compared, never added.
        place: by present value, from 1.
    """

    bidder: str
    version: int
    standing: str
    is_sealed: bool
    is_late: bool
    is_compliant: bool
    price: int | None
    consideration: int | None
    present_value: int | None
    hurdles: Mapping[str, int | None]
    risk_adjusted: int | None
    sensitivity: Mapping[int, int]
    quality: Decimal | None
    price_per_point: int | None
    merits: Mapping[str, object]
    place: int | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The bids of a campaign, the best by present value first.

    Attributes:
        rate: of the first years, in percent a year.
        notes: what is missing or remarkable, as sentences; for officers alone, else empty, because
            they compare all bids and tell of judgements.
        is_part_withheld: a bid is left out because the audience may not see all of it. No bid has
            a place then, for the rank among all would tell of the others.
    """

    reference: str
    campaign: int
    on: date
    rate: Decimal
    offers: tuple[Offer, ...]
    notes: tuple[str, ...]
    is_part_withheld: bool = False


def evaluation(
    register: Register,
    ref: str,
    *,
    audience: Audience,
    on: date,
    rate_percent: Decimal | None = None,
    campaign: int | None = None,
) -> Evaluation:
    """Evaluate the bids of a campaign, those of which the audience may see all.

    Args:
        rate_percent: one rate for all years instead of the policy's.
        campaign: by number; the running one without.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.asked(on).read() as session:
        case = find_case(session, ref)
        at = rates(Policy(case.authority, on)) if rate_percent is None else flat(rate_percent)
        run = campaign_of(session, ref, campaign, audience)
        number = campaign or (run.no if run else 1)
        shown = bids_shown(session, ref, number, audience)
        bids = shown.rows
        judged = {
            (row.bidder, row.condition): row.percent
            for row in own_in_force(session, Likelihood, ref, audience)
            if row.campaign_no == number
        }
        criteria, points = _quality_of(session, case, number, audience)
    values = {bid.bidder: _worth(bid, at) for bid in bids}
    order = sorted(
        (bidder for bidder, value in values.items() if value is not None),
        key=lambda bidder: _present(values[bidder]),
        reverse=True,
    )
    asks_points = run is not None and run.asks_price_per_point
    offers = [
        _offer(
            bid, values[bid.bidder], judged, _quality(criteria, points.get(bid.bidder, {})),
            order.index(bid.bidder) + 1 if bid.bidder in order else None, asks_points=asks_points,
        )
        for bid in bids
    ]  # fmt: skip
    offers.sort(key=lambda offer: (offer.place is None, offer.place or 0, offer.bidder))
    notes = [*_remarks(offers, values, at), *_missing(offers, criteria, points)]
    if shown.lacks():
        offers = [replace(offer, place=None) for offer in offers]
    return Evaluation(
        ref, number, on, at.first * _WHOLE, tuple(offers),
        tuple(notes) if audience is Audience.OFFICER else (), is_part_withheld=shown.lacks(),
    )  # fmt: skip


def bids_shown(session: Session, ref: str, campaign: int, audience: Audience) -> Shown[Bid]:
    """The bids of a campaign that did not fall through, those of which an audience may see all."""

    def counts(bid: Bid) -> bool:
        return bid.campaign_no == campaign and bid.standing is not Standing.FELL_THROUGH

    return own_shown(session, Bid, ref, audience, counts)


def campaign_of(
    session: Session, ref: str, number: int | None, audience: Audience
) -> Campaign | None:
    """A campaign by its number, or the one that runs; None where there is none to be seen."""
    found = own_in_force(session, Campaign, ref, audience)
    if number is None:
        found = [each for each in found if each.ended_on is None]
        return found[-1] if found else None
    return next((each for each in found if each.no == number), None)


def _quality_of(
    session: Session, case: Disposal, number: int, audience: Audience
) -> tuple[list[Criterion], dict[str, dict[str, int]]]:
    """The criteria for bids, and by bidder and criterion the points given.

    None where one is kept back, for a quality without it would be wrong.
    """
    weighed = counting_shown(session, Criterion, case, audience)
    given = counting_shown(session, Score, case, audience)
    criteria = [row for row in weighed.rows if row.scored is Scored.BID]
    if any(shown.lacks(lambda row: row.scored is Scored.BID) for shown in (weighed, given)):
        return [], {}
    points: dict[str, dict[str, int]] = {}
    for row in given.rows:
        if row.scored is Scored.BID and row.campaign_no in {None, number}:
            points.setdefault(row.subject, {})[row.criterion] = row.points
    return criteria, points


def _quality(criteria: Iterable[Criterion], points: Mapping[str, int]) -> Decimal | None:
    known = list(criteria)
    return quality(
        points,
        {row.title: row.weight_percent for row in known},
        {row.title: row.most_points for row in known},
    )


def _worth(bid: Bid, at: Rates) -> Worth | None:
    return None if bid.sealed else worth(bid, at)


def _present(value: Worth | None) -> Decimal:
    return Decimal(0) if value is None else value.present


def _hurdles(bid: Bid) -> list[Hurdle]:
    depends = {
        Hurdle.PLANNING: bid.subject_to_planning,
        Hurdle.FUNDING: bid.subject_to_funding,
        Hurdle.BOARD: bid.subject_to_board,
    }
    return [hurdle for hurdle, stands in depends.items() if stands]


def _offer(
    bid: Bid,
    value: Worth | None,
    judged: Mapping[tuple[str, Hurdle], int],
    points: Decimal | None,
    place: int | None,
    *,
    asks_points: bool,
) -> Offer:
    hurdles = {hurdle.value: judged.get((bid.bidder, hurdle)) for hurdle in _hurdles(bid)}
    percents = [percent for percent in hurdles.values() if percent is not None]
    is_judged = value is not None and len(percents) == len(hurdles)
    present = _present(value)
    per_point = price_per_point(present, points) if asks_points and value is not None else None
    return Offer(
        bidder=bid.bidder,
        version=bid.bid_version,
        standing=bid.standing.value,
        is_sealed=bid.sealed is not None,
        is_late=bid.is_late,
        is_compliant=bid.is_compliant,
        price=bid.price_pence,
        consideration=None if value is None else value.nominal,
        present_value=None if value is None else whole_pence(present),
        hurdles=hurdles,
        risk_adjusted=whole_pence(weighed(present, percents)) if is_judged else None,
        sensitivity={
            step: whole_pence(each) for step, each in sensitivity(present, percents).items()
        }
        if is_judged and percents
        else {},
        quality=points,
        price_per_point=None if per_point is None else whole_pence(per_point),
        merits={
            name: getattr(bid, name) for name in _MERITS if getattr(bid, name) not in {None, ""}
        },
        place=place,
    )


def _remarks(
    offers: Sequence[Offer], values: Mapping[str, Worth | None], at: Rates
) -> Iterable[str]:
    placed = [offer for offer in offers if offer.place is not None]
    if not placed:
        return
    best = placed[0]
    dearest = max(placed, key=lambda offer: offer.price or 0)
    if (dearest.price or 0) > (best.price or 0):
        yield (
            f"{dearest.bidder} offers the highest price, {money(dearest.price or 0)}; "
            f"{best.bidder} the highest consideration, {money(best.present_value or 0)} today."
        )
    weighed_best = max(placed, key=lambda offer: offer.risk_adjusted or 0)
    if all(offer.risk_adjusted is not None for offer in placed) and weighed_best is not best:
        yield f"With the likelihoods recorded, {weighed_best.bidder} comes before {best.bidder}."
    compliant = [offer for offer in placed if offer.is_compliant and not offer.is_late]
    for offer in placed:
        strange = "late" if offer.is_late else "" if offer.is_compliant else "not compliant"
        if strange and compliant and (offer.place or 0) < (compliant[0].place or 0):
            yield (
                f"{offer.bidder} is {strange} and above the best compliant bid: ask all bidders "
                "for final bids (Oxfordshire A005/4), `disposals bid round`."
            )
    if len(placed) > 1:
        first, second = (_present(values[offer.bidder]) for offer in placed[:2])
        months = months_until_level(first, second, at) if first > second > 0 else None
        if months is not None:
            yield (
                f"{best.bidder}'s bid may slip {months} months before it is worth no more than "
                f"{placed[1].bidder}'s."
            )


def _missing(
    offers: Iterable[Offer],
    criteria: Sequence[Criterion],
    points: Mapping[str, Mapping[str, int]],
) -> Iterable[str]:
    known = list(offers)
    if sealed := [offer.bidder for offer in known if offer.is_sealed]:
        yield f"Sealed until the opening: {listed(sealed)}."
    if priceless := [o.bidder for o in known if o.price is None and not o.is_sealed]:
        yield f"No price is recorded for {listed(priceless)}."
    for offer in known:
        if unknown := [name for name, percent in offer.hurdles.items() if percent is None]:
            yield (
                f"How likely {listed(unknown)} is for {offer.bidder} is not recorded, so it has "
                "no risk-adjusted value: `disposals bid likelihood`."
            )
    weight = sum(row.weight_percent for row in criteria)
    if criteria and weight != _WHOLE:
        yield f"The weights of the criteria come to {weight}, not {_WHOLE}; no quality is given."
    elif criteria and (
        unscored := [
            offer.bidder
            for offer in known
            if {row.title for row in criteria} - points.get(offer.bidder, {}).keys()
        ]
    ):
        yield f"Not scored for every criterion: {listed(unscored)}."
