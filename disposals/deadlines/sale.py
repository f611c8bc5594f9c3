"""Clocks of the sale itself: closing of a campaign, life of a valuation, longstops, challenge."""

from typing import TYPE_CHECKING

from disposals.deadlines.clock import Clock, Step, dated, period
from disposals.policy import Policy
from disposals.words import day

if TYPE_CHECKING:
    from datetime import date

    from disposals.records.bids import Valuation
    from disposals.records.completion import Condition, Contract
    from disposals.records.land import Consent
    from disposals.records.marketing import Campaign
    from disposals.records.terms import HeadsOfTerms


def of_campaign(campaign: "Campaign", policy: Policy) -> list[Clock]:
    """The closing day of a campaign that has not ended, where its particulars name one."""
    end = campaign.closes_on
    if end is None or campaign.ended_on is not None:
        return []
    name, start = f"campaign {campaign.no}", campaign.began_on or campaign.recorded_on
    return [
        dated(
            policy, "marketing.closed", start, end, None, name=name, about=name,
            says=f"The particulars of {name} name {day(end)} as the last day for offers.",
        )
    ]  # fmt: skip


def valuation_life(valuation: "Valuation", policy: Policy) -> Clock:
    """How long a valuation is current: contracts are exchanged while it is."""
    return period(
        policy, "valuation.lasts", valuation.valued_on, Step.EXCHANGE,
        name=f"valuation of {day(valuation.valued_on)}", about=valuation.valuer,
        counts_first=True, began="the land was valued",
    )  # fmt: skip


def of_terms(terms: "HeadsOfTerms", policy: Policy) -> list[Clock]:
    """Exclusivity and longstop, where the heads of terms name them."""
    about = f"heads of terms, version {terms.terms_version}"
    start = terms.recorded_on
    ends: tuple[tuple[str, Step, str, date | None], ...] = (
        ("terms.exclusivity", Step.EXCHANGE, "exclusivity of", terms.exclusivity_until),
        ("terms.longstop", Step.COMPLETE, "longstop of the terms with", terms.longstop_on),
    )
    return [
        dated(
            policy, rule, start, end, step, name=f"{name} {terms.buyer}", about=about,
            says=f"The {about}, name {day(end)} as its last day.",
        )
        for rule, step, name, end in ends
        if end is not None
    ]  # fmt: skip


def of_contract(contract: "Contract", policy: Policy) -> list[Clock]:
    """The longstop of a contract itself, where it names one."""
    end = contract.longstop_on
    if end is None:
        return []
    return [
        dated(
            policy, "contract.longstop", contract.exchanged_on, end, Step.COMPLETE,
            name=f"longstop of the contract with {contract.buyer}", about=contract.buyer,
            says=f"The contract of {day(contract.exchanged_on)} names {day(end)} as its last day.",
        )
    ]  # fmt: skip


def of_condition(condition: "Condition", policy: Policy) -> list[Clock]:
    """The longstop of a condition of the contract that is neither satisfied nor waived."""
    end = condition.longstop_on
    if end is None or condition.satisfied_on is not None or condition.waived_on is not None:
        return []
    return [
        dated(
            policy, "contract.longstop", condition.recorded_on, end, Step.COMPLETE,
            name=f"longstop of “{condition.title}”", about=condition.title, owner=condition.owner,
            says=f"The contract gives the {condition.owner} until {day(end)} to satisfy it.",
        )
    ]  # fmt: skip


def planning_challenge(consent: "Consent", policy: Policy) -> list[Clock]:
    """The time in which a planning consent may be challenged; buyers wait for it to run out."""
    if consent.granted_on is None:
        return []
    return [
        period(
            policy, "planning.challenge", consent.granted_on, None,
            name=f"challenge to “{consent.title}”", about=consent.title, counts_first=False,
            began="it was granted",
        )
    ]  # fmt: skip
