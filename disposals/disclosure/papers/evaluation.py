"""The facts of a bid evaluation, for officers and members; sealed bids say nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from disposals.disclosure.evaluation import Evaluation, bids_shown, campaign_of, evaluation
from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.appendix import Valued, valued
from disposals.disclosure.papers.stamped import stamped
from disposals.disclosure.papers.told import Reader, Written
from disposals.disclosure.rows import own_shown, withheld_of
from disposals.policy import Policy, council
from disposals.readiness import definition_of, report_on
from disposals.records.bids import Bid, Opening, Valuation
from disposals.records.cases import Disposal
from disposals.records.judgements import Likelihood
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
    """Why less than the highest, or less than value, is lawful, and who answers for it.

    Who advised and who signed it off is for officers alone, else None.
    """

    concern: str
    because: str
    advised_by: str | None
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
        findings: of the gates on value, as they stand; for officers alone, because they quote what
            members may not see.
        is_illustrative: some figures are not from published papers.
        left_out: “bids”, “likelihoods”, “valuations” and “reasons”, where the audience may not see
            all of them.
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
    audience: Audience
    left_out: frozenset[str]


def evaluation_facts(
    register: Register, ref: str, *, audience: Audience, on: date, campaign: int | None = None
) -> EvaluationFacts:
    """The facts of the evaluation of a campaign's bids.

    Args:
        audience: officers have all of it; members what s.100F(2A) of the LGA 1972 opens to them,
            a bid whole or not at all.
        campaign: by number; the running one without.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    told = evaluation(register, ref, audience=audience, on=on, campaign=campaign)
    with register.asked(on).read() as session:
        reader = Reader(session, ref, audience)
        case = reader.case
        bids = sorted(bids_shown(session, ref, told.campaign, audience).rows, key=_in_order(told))
        values = reader.shown(Valuation)
        likelihoods = own_shown(
            session, Likelihood, ref, audience, lambda row: row.campaign_no == told.campaign
        )
        reasons = own_shown(
            session, ConsiderationReason, ref, audience, lambda row: row.lapsed_on is None
        )
        exempt = reader.exemption(
            Bid, Valuation, paper=PaperKind.EVALUATION,
            where=lambda row: getattr(row, "campaign_no", told.campaign) == told.campaign,
        )  # fmt: skip
        lacking = {
            "bids": told.is_part_withheld,
            "likelihoods": likelihoods.lacks(),
            "valuations": values.lacks(),
            "reasons": reasons.lacks(),
        }
        return EvaluationFacts(
            reference=ref,
            name=case.name,
            council=council(case.authority),
            on=on,
            stamp=stamped(session, case),
            paragraphs=exempt.paragraphs,
            because=exempt.because,
            campaign=_campaign(reader, told.campaign),
            bids=told,
            composed=[_composed(bid) for bid in bids if bid.price_pence is not None],
            reasons_of_standing={
                bid.bidder: bid.standing_because for bid in bids if bid.sealed is None
            },
            likelihoods=[
                Judged(row.bidder, row.condition.value, row.percent, row.because)
                for row in likelihoods.rows
                if row.bidder in {bid.bidder for bid in bids}
            ],
            valuations=valued(values.rows),
            findings=_findings(session, case, on) if audience is Audience.OFFICER else [],
            justified=[
                Justified(
                    row.concern.value, row.because, row.advised_by, row.purpose,
                    row.secretary_of_state_consent, row.signed_off_by,
                )
                for row in reasons.rows
            ],
            rate_source=Policy(case.authority, on).rule("appraisal.rate").source,
            is_illustrative=any(row.is_illustrative for row in (*bids, *values.rows)),
            written=reader.written(PaperKind.EVALUATION),
            audience=audience,
            left_out=frozenset(name for name, is_cut in lacking.items() if is_cut),
        )  # fmt: skip


def _in_order(told: Evaluation) -> Callable[[Bid], int]:
    """The order in which the bids stand in an evaluation."""
    places = {offer.bidder: place for place, offer in enumerate(told.offers)}
    return lambda bid: places[bid.bidder]


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


def _campaign(reader: Reader, number: int) -> list[tuple[str, str]]:
    """How offers were sought, and who opened them, by label."""
    run = campaign_of(reader.session, reader.case.ref, number, reader.audience)
    if run is None:
        return []
    closes = run.closes_as_written or (day(run.closes_on) if run.closes_on else None)
    told = [("Method:", run.method), ("Agent:", run.agent), ("Closed:", closes)]
    for row in reader.own(Opening, reader.case.ref):
        if row.campaign_no == number and "opened_on" not in withheld_of(row):
            by = f", by {row.first_opener} and {row.second_opener} together"
            told.append(("Opened:", day(row.opened_on) + (by if row.first_opener else "")))
    return [(label, said) for label, said in told if said]


def _findings(session: Session, case: Disposal, on: date) -> list[Finding]:
    """How the gates on value stand, of whichever move asks for them."""
    found: dict[str, Finding] = {}
    for move in definition_of(session, case).moves:
        if any(gate in _TESTS and gate not in found for gate in move.gates):
            report = report_on(session, case, move, on)
            found |= {each.gate: each for each in report.findings if each.gate in _TESTS}
    return [found[gate] for gate in _TESTS if gate in found]
