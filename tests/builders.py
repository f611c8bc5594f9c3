"""A case in memory, valid by default, and the records that a test lays in it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from disposals.casefile import CaseFile
from disposals.deadlines.of_case import READS as CLOCKED
from disposals.gates import KNOWN, find, kinds_read
from disposals.policy import Policy
from disposals.records.base import Evidence
from disposals.records.bids import Bid, Opening, Round, Valuation
from disposals.records.cases import Disposal, Holding, Waiver
from disposals.records.completion import Condition, Contract, Deed, Receipt, StatementLine
from disposals.records.consultations import Consultation
from disposals.records.decisions import CallIn, Decision, PrivateMeeting, Referral
from disposals.records.land import Consent, LandAnswer
from disposals.records.marketing import Campaign
from disposals.records.options import Option
from disposals.records.reasons import ConsiderationReason
from disposals.records.scoring import Criterion, Score
from disposals.records.surplus import Circulation, Declaration
from disposals.records.terms import HeadsOfTerms
from disposals.vocabulary import (
    Capacity,
    Concern,
    DeedForm,
    Known,
    LineKind,
    Method,
    Question,
    Scored,
    Standing,
)
from sites.record import Record, Recorded
from workflows.gates import Answer

REF = "mill-lane"
TODAY = date(2021, 9, 30)
OFFICER = "Disposals Surveyor"
AT = datetime(2021, 9, 30, 9, 0, tzinfo=UTC)

E = TypeVar("E", bound=Evidence)
S = TypeVar("S", bound=Recorded)


def a_case(
    *records: Record,
    ref: str = REF,
    on: date = TODAY,
    authority: str = "kent",
    part_of: str | None = None,
    across: tuple[Record, ...] = (),
) -> CaseFile:
    """A case that holds these records; it takes in the site `mill-lane` unless told otherwise.

    Args:
        part_of: the reference of the whole, where the case is a part.
        across: records of the whole or of other parts, beside the case's own.
    """
    if not any(isinstance(record, Holding) for record in records):
        records = (a_holding(REF, of=ref), *records)
    reads, over = kinds_read(KNOWN)
    return CaseFile(
        disposal=Disposal.model_validate(
            {
                "ref": ref,
                "name": "Land at Mill Lane",
                "whole_ref": part_of,
                "part_no": None if part_of is None else 1,
                "authority": authority,
                "workflow": "open-market-sale",
                "workflow_version": 1,
                "stage": "heads_of_terms",
                "opened_on": date(2021, 1, 4),
                "version": 1,
            }
        ),
        on=on,
        policy=Policy(authority, on),
        evidence=_by_kind(reads | {*CLOCKED}, records),
        throughout=_by_kind(over, (*across, *records)),
    )


def _by_kind(
    kinds: set[type[Record]], records: tuple[Record, ...]
) -> dict[type[Record], tuple[Record, ...]]:
    return {kind: tuple(row for row in records if isinstance(row, kind)) for kind in kinds}


def seen_by(gate_id: str, file: CaseFile) -> CaseFile:
    """What one gate sees of a case: the kinds it declares, and no other."""
    gate = find(gate_id)
    return replace(
        file,
        evidence={kind: file.evidence[kind] for kind in gate.reads},
        throughout={kind: file.throughout[kind] for kind in gate.across},
    )


def answer(gate_id: str, file: CaseFile) -> Answer:
    """What one gate says of a case, from what it declares."""
    return find(gate_id).answer(seen_by(gate_id, file))


def evidence(kind: type[E], of: str = REF, /, **facts: Any) -> E:
    """A piece of evidence of a case, as an officer recorded it."""
    return kind.model_validate(
        {
            "disposal_ref": of,
            "recorded_on": TODAY,
            "recorded_at": AT,
            "recorded_by": OFFICER,
            **facts,
        }
    )


def of_the_site(kind: type[S], site: str = REF, /, **facts: Any) -> S:
    """A record of a site, as an officer recorded it."""
    return kind.model_validate(
        {"site_ref": site, "recorded_at": AT, "recorded_by": OFFICER, **facts}
    )


def a_holding(site: str, of: str = REF) -> Holding:
    """A site that a case takes in."""
    return Holding.model_validate({"disposal_ref": of, "site_ref": site})


def a_declaration(**facts: Any) -> Declaration:
    """Land that Education declared surplus on 1 March 2021, by a decision it names."""
    usual = {
        "declared_by": "Education",
        "because": "no longer needed",
        "declared_on": date(2021, 3, 1),
        "authority": "the Director of Education's decision of 1 March 2021",
    }
    return evidence(Declaration, **{**usual, **facts})


def a_circulation(**facts: Any) -> Circulation:
    """The land offered to all services, who might reply until 31 May 2021."""
    usual = {"circulated_to": "All services", "reply_by": date(2021, 5, 31)}
    return evidence(Circulation, **{**usual, **facts})


def a_word_with_the_local_member(**facts: Any) -> Consultation:
    """One contact with the local member, on 2 July 2021."""
    usual = {
        "consultee": "Local member",
        "capacity": Capacity.LOCAL_MEMBER,
        "held_on": date(2021, 7, 2),
        "said": "keep the footpath",
    }
    return evidence(Consultation, **{**usual, **facts})


def an_option(no: str, **facts: Any) -> Option:
    """One way of dealing with the land."""
    return evidence(Option, no=no, **{"title": f"Option {no}", **facts})


def the_recommended_option(no: str, **facts: Any) -> Option:
    """The option that is recommended, with a reason."""
    return an_option(no, **{"is_recommended": True, "reasons_for": "best value", **facts})


def a_land_answer(
    question: Question, said: Known, site: str = REF, basis: str = "Deed of 1973"
) -> LandAnswer:
    """A question about the land, answered for one site."""
    return evidence(LandAnswer, question=question, answer=said, site_ref=site, basis=basis)


def a_consent(kind: str, title: str, **facts: Any) -> Consent:
    """A consent that someone else gives, granted before today unless told otherwise."""
    usual = {"body": "Secretary of State", "granted_on": date(2021, 9, 1)}
    return evidence(Consent, kind=kind, title=title, **{**usual, **facts})


def a_campaign(no: int = 1, **facts: Any) -> Campaign:
    """A marketing campaign."""
    usual = {"method": Method.OPEN_MARKET, "agent": "Caxtons"}
    return evidence(Campaign, no=no, **{**usual, **facts})


def a_sealed_campaign(**facts: Any) -> Campaign:
    """A campaign whose bids two officers open together."""
    openers = {"first_opener": "Estates Manager", "second_opener": "Auditor"}
    return a_campaign(**{**openers, "public_key": "key", "locked_key": "key", **facts})


def an_opening(campaign_no: int = 1, **facts: Any) -> Opening:
    """The sealed bids of a campaign, opened by the two officers."""
    usual = {
        "opened_on": date(2021, 9, 20),
        "first_opener": "Estates Manager",
        "second_opener": "Auditor",
        "bids_opened": 2,
    }
    return evidence(Opening, campaign_no=campaign_no, **{**usual, **facts})


def a_round(*bidders: str, **facts: Any) -> Round:
    """A final round of these bidders, in the first campaign."""
    usual = {"campaign_no": 1, "no": 1, "asks": "Your best and final offer."}
    return evidence(Round, asked_of="; ".join(bidders), **{**usual, **facts})


def a_criterion(title: str, weight_percent: int, **facts: Any) -> Criterion:
    """A criterion of quality for bids, with its weight of 100."""
    usual = {"scored": Scored.BID}
    return evidence(Criterion, title=title, weight_percent=weight_percent, **{**usual, **facts})


def a_score(bidder: str, criterion: str, points: int = 7, **facts: Any) -> Score:
    """The points of one bid of the first campaign for one criterion."""
    usual = {"scored": Scored.BID, "campaign_no": 1, "because": "as its method statement shows"}
    return evidence(Score, subject=bidder, criterion=criterion, points=points, **{**usual, **facts})


def a_bid(
    bidder: str,
    pounds: int | None,
    standing: Standing = Standing.RECEIVED,
    of: str = REF,
    **facts: Any,
) -> Bid:
    """What one bidder offers, in pounds; None where the papers do not give it."""
    price = None if pounds is None else pounds * 100
    return evidence(Bid, of, bidder=bidder, price_pence=price, standing=standing, **facts)


def the_preferred_bid(
    pounds: int | None, bidder: str = "Ash Homes", of: str = REF, **facts: Any
) -> Bid:
    """The bid that is preferred, with a reason."""
    because = {"standing_because": "unconditional"}
    return a_bid(bidder, pounds, Standing.PREFERRED, of, **{**because, **facts})


def a_valuation(pounds: int, valued_on: date = date(2021, 9, 1), of: str = REF) -> Valuation:
    """A valuer's opinion of the unrestricted value, in pounds."""
    return evidence(
        Valuation, of, valuer="Wilks Head", value_pence=pounds * 100, valued_on=valued_on
    )


def a_reason(concern: Concern, because: str, **facts: Any) -> ConsiderationReason:
    """Why a price is lawful, on a valuer's advice."""
    usual = {"advised_by": "Wilks Head"}
    return evidence(ConsiderationReason, concern=concern, because=because, **{**usual, **facts})


def a_decision(**facts: Any) -> Decision:
    """An executive decision, not yet taken and not key unless told otherwise."""
    usual = {"number": "21/00100", "title": "Sale", "taker": "Deputy Leader", "is_key": False}
    return evidence(Decision, **{**usual, **facts})


def a_referral(committee: str = "Cabinet Committee", **facts: Any) -> Referral:
    """The decision put before a committee that met on 14 September 2021, with papers in time."""
    usual = {
        "number": "21/00100",
        "meeting_on": date(2021, 9, 14),
        "report_published_on": date(2021, 9, 6),
    }
    return evidence(Referral, committee=committee, **{**usual, **facts})


def a_private_meeting(**facts: Any) -> PrivateMeeting:
    """A private meeting of 30 September 2021 that takes the decision."""
    usual = {"number": "21/00100", "meeting_on": TODAY}
    return evidence(PrivateMeeting, **{**usual, **facts})


def a_call_in(**facts: Any) -> CallIn:
    """The decision called in on 6 September 2021, not settled unless told otherwise."""
    usual = {
        "number": "21/00100",
        "called_in_on": date(2021, 9, 6),
        "called_in_by": "Scrutiny Committee",
        "because": "the price",
    }
    return evidence(CallIn, **{**usual, **facts})


def some_terms(pounds: int, of: str = REF, **facts: Any) -> HeadsOfTerms:
    """Heads of terms with Ash Homes at a price in pounds, not yet agreed unless told otherwise."""
    usual = {"buyer": "Ash Homes"}
    return evidence(HeadsOfTerms, of, price_pence=pounds * 100, **{**usual, **facts})


def a_contract(pounds: int = 900_000, **facts: Any) -> Contract:
    """The contract with Ash Homes, unconditional unless told otherwise."""
    usual = {"buyer": "Ash Homes", "exchanged_on": date(2021, 8, 2), "is_conditional": False}
    return evidence(Contract, price_pence=pounds * 100, **{**usual, **facts})


def a_condition(title: str, **facts: Any) -> Condition:
    """A condition of the contract, not yet satisfied unless told otherwise."""
    return evidence(Condition, title=title, **{"owner": "Ash Homes", **facts})


def a_receipt(pounds: int, received_on: date = date(2021, 9, 1), **facts: Any) -> Receipt:
    """Money received, in pounds."""
    return evidence(Receipt, amount_pence=pounds * 100, received_on=received_on, **facts)


def a_deed(form: DeedForm, dated_on: date = date(2021, 9, 30), **facts: Any) -> Deed:
    """A deed of transfer."""
    return evidence(Deed, form=form, dated_on=dated_on, **facts)


def a_statement_line(what: str, pounds: int, kind: LineKind = LineKind.FEE) -> StatementLine:
    """A line of the completion statement in pounds, with a minus where the council bears it."""
    return evidence(StatementLine, kind=kind, what=what, amount_pence=pounds * 100)


def a_waiver(gate: str, *, until: date | None = None) -> Waiver:
    """A gate passed over by a named authority."""
    return evidence(
        Waiver, gate=gate, authority="Cabinet Member", because="bidders agreed", until=until
    )
