"""The facts of a bid evaluation, for officers alone; sealed bids say nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from disposals.disclosure.evaluation import Evaluation, evaluation
from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.appendix import Valued, valued
from disposals.disclosure.papers.stamped import stamped
from disposals.disclosure.papers.told import Reader, Written
from disposals.finding import own_in_force
from disposals.policy import Policy, council
from disposals.readiness import definition_of, report_on
from disposals.records.bids import Bid, Opening, Valuation
from disposals.records.cases import Disposal
from disposals.records.judgements import Likelihood
from disposals.records.marketing import Campaign
from disposals.records.reasons import ConsiderationReason
from disposals.register import Register
from disposals.vocabulary import PaperKind
from disposals.words import day
from workflows.gates import Finding

# The questions of value and of the choice of bidder, in the order of the paper.
_TESTS = (
    "bids.best-consideration", "bids.valuation-current", "bids.undervalue", "bids.subsidy",
    "bids.signed-off",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Composed:
    """What the consideration of one bid is made of, in pence as it stands.

    Attributes:
        payments: how the price is paid; at once where None.
        abnormal_costs: that the bid takes off its price.
    """

    bidder: str
    price: int
    payments: str | None
    other: int
    other_note: str | None
    guaranteed: int
    guaranteed_after_months: int | None
    abnormal_costs: int


@dataclass(frozen=True, slots=True)
class Judged:
    """How likely a condition of a bid is, of 100, and what that rests on."""

    bidder: str
    condition: str
    percent: int
    because: str


@dataclass(frozen=True, slots=True)
class Justified:
    """Why less than the highest, or less than value, is lawful, and who answers for it."""

    concern: str
    because: str
    advised_by: str
    purpose: str | None
    consent: str | None
    signed_off_by: str | None


@dataclass(frozen=True, slots=True)
class EvaluationFacts:
    """What a bid evaluation says.

    Attributes:
        campaign: how it was run, in words; empty where none is recorded.
        composed: by bidder, of bids that are open and have a price.
        reasons_of_standing: by bidder, why each stands where it stands, where recorded.
        findings: of the gates on value, as they stand.
        is_illustrative: some figures are not from published papers.
    """

    reference: str
    name: str
    council: str
    on: date
    stamp: str
    paragraphs: tuple[str, ...]
    because: tuple[str, ...]
    campaign: Sequence[tuple[str, str]]
    bids: Evaluation
    composed: Sequence[Composed]
    reasons_of_standing: Mapping[str, str | None]
    likelihoods: Sequence[Judged]
    valuations: Sequence[Valued]
    findings: Sequence[Finding]
    justified: Sequence[Justified]
    rate_source: str
    is_illustrative: bool
    written: Written


def evaluation_facts(
    register: Register, ref: str, *, on: date, campaign: int | None = None
) -> EvaluationFacts:
    """The facts of the evaluation of a campaign's bids.

    Args:
        campaign: by number; the running one without.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    told = evaluation(register, ref, on=on, campaign=campaign)
    with register.asked(on).read() as session:
        reader = Reader(session, ref, Audience.OFFICER)
        case = reader.case
        bidders = {offer.bidder: offer for offer in told.offers}
        bids = [
            bid
            for bid in own_in_force(session, Bid, ref)
            if bid.campaign_no == told.campaign and bid.bidder in bidders
        ]
        bids.sort(key=lambda bid: list(bidders).index(bid.bidder))
        valuations = reader.counting(Valuation)
        exempt = [*bids, *valuations, *reader.sections(PaperKind.EVALUATION)]
        return EvaluationFacts(
            reference=ref,
            name=case.name,
            council=council(case.authority),
            on=on,
            stamp=stamped(session, case),
            paragraphs=reader.paragraphs_of(exempt),
            because=reader.reasons_of(exempt),
            campaign=_campaign(session, ref, told.campaign),
            bids=told,
            composed=[_composed(bid) for bid in bids if bid.price_pence is not None],
            reasons_of_standing={
                bid.bidder: bid.standing_because for bid in bids if bid.sealed is None
            },
            likelihoods=[
                Judged(row.bidder, row.condition.value, row.percent, row.because)
                for row in own_in_force(session, Likelihood, ref)
                if row.campaign_no == told.campaign and row.bidder in bidders
            ],
            valuations=valued(valuations),
            findings=_findings(session, case, on),
            justified=[
                Justified(
                    row.concern.value, row.because, row.advised_by, row.purpose,
                    row.secretary_of_state_consent, row.signed_off_by,
                )
                for row in own_in_force(session, ConsiderationReason, ref)
                if row.lapsed_on is None
            ],
            rate_source=Policy(case.authority, on).rule("appraisal.rate").source,
            is_illustrative=any(row.is_illustrative for row in (*bids, *valuations)),
            written=reader.written(PaperKind.EVALUATION),
        )  # fmt: skip


def _composed(bid: Bid) -> Composed:
    return Composed(
        bidder=bid.bidder,
        price=bid.price_pence or 0,
        payments=bid.payments,
        other=bid.other_consideration_pence or 0,
        other_note=bid.other_consideration_note,
        guaranteed=bid.overage_guaranteed_pence or 0,
        guaranteed_after_months=bid.overage_after_months,
        abnormal_costs=bid.abnormal_costs_pence or 0,
    )


def _campaign(session: Session, ref: str, number: int) -> list[tuple[str, str]]:
    """How offers were sought, and who opened them, by label."""
    found = [row for row in own_in_force(session, Campaign, ref) if row.no == number]
    if not found:
        return []
    run = found[-1]
    told = [("Method:", run.method.value), ("Agent:", run.agent)]
    closes = run.closes_as_written or (day(run.closes_on) if run.closes_on else None)
    if closes:
        told.append(("Closed:", closes))
    opened = [row for row in own_in_force(session, Opening, ref) if row.campaign_no == number]
    for row in opened:
        by = f"{day(row.opened_on)}, by {row.first_opener} and {row.second_opener} together"
        told.append(("Opened:", by))
    return told


def _findings(session: Session, case: Disposal, on: date) -> list[Finding]:
    """How the gates on value stand, of whichever move asks for them."""
    found: dict[str, Finding] = {}
    for move in definition_of(session, case).moves:
        if any(gate in _TESTS and gate not in found for gate in move.gates):
            report = report_on(session, case, move, on)
            found |= {each.gate: each for each in report.findings if each.gate in _TESTS}
    return [found[gate] for gate in _TESTS if gate in found]
