"""Gates on the executive decision: notice, key test, taken and past call-in, who was heard."""

from disposals.appraisal import rates
from disposals.casefile import CaseFile
from disposals.clocks import Days, after_clear_days
from disposals.consideration import worth
from disposals.delegation import in_charge
from disposals.gates import gate, to_edit
from disposals.gates.value import offers_by_case
from disposals.records.bids import Bid
from disposals.records.cases import Holding
from disposals.records.decisions import Assessment, Decision
from disposals.records.terms import HeadsOfTerms
from disposals.vocabulary import Screening
from disposals.words import day, money
from workflows.gates import Answer, by, met, not_applicable, unknown, unmet


def _no_decision() -> Answer:
    return unmet("No executive decision is recorded.", remedy=by("decision add"))


def _total(file: CaseFile, decision: Decision) -> int:
    """All that the whole and its parts bring, in pence, however it is staged.

    Never less than the price that is decided, of which there may be no offer yet.
    """
    at = rates(file.policy)
    values = (worth(offer, at) for offer in offers_by_case(file).values())
    offered = sum(value.nominal for value in values if value is not None)
    return max(offered, decision.price_pence or 0)


@gate(
    "decisions.notice-given",
    asks="Was notice of the key decision given in time?",
    rule="decisions.notice",
    owner="democratic services",
    remedy="decision notify",
    reads=(Decision,),
)
def notice_given(file: CaseFile) -> Answer:
    """The day of notice and the day of decision do not count; every calendar day between does."""
    decision = file.latest(Decision)
    if decision is None:
        return _no_decision()
    if not decision.is_key:
        return not_applicable(f"{decision.number} is not a key decision.")
    if decision.urgency:
        return met(f"{decision.number} was urgent: {decision.urgency}")
    if decision.notice_on is None:
        return unmet(
            f"No notice of key decision {decision.number} is recorded.",
            remedy=by("decision notify", number=decision.number),
        )
    clear = file.policy.number("decisions.notice")
    earliest = after_clear_days(decision.notice_on, clear, Days.ALL)
    if (decision.taken_on or file.on) < earliest:
        return unmet(
            f"{clear} clear days after notice on {day(decision.notice_on)}, "
            f"{decision.number} may be taken on {day(earliest)} at the earliest.",
            remedy=by("decision take", number=decision.number),
        )
    return met(f"Notice of {decision.number} was given on {day(decision.notice_on)}.")


@gate(
    "decisions.key-test",
    asks="Is the decision key, if the price makes it so?",
    rule="decisions.key",
    owner="democratic services",
    remedy="decision add",
    reads=(Decision,),
    across=(Bid, HeadsOfTerms),
)
def key_test(file: CaseFile) -> Answer:
    """Prices are summed over the parts, so that a split can't get under the limit."""
    decision = file.latest(Decision)
    if decision is None:
        return _no_decision()
    if decision.is_key:
        return met(f"{decision.number} is a key decision.")
    limit = file.policy.rule("decisions.key").value
    if limit is None:
        return unknown("This council's limit for a key decision is not set in its policy file.")
    total = _total(file, decision)
    if total > limit * 100:
        return unmet(
            f"The prices of the whole come to {money(total)}, over {money(limit * 100)}, "
            f"but {decision.number} is not a key decision.",
            remedy=by("decision add", number=decision.number),
        )
    return met(f"The prices of the whole do not exceed {money(limit * 100)}.")


@gate(
    "decisions.in-force",
    asks="Is the executive decision taken and past call-in?",
    rule="decisions.in-force",
    owner="democratic services",
    remedy="decision take",
    reads=(Decision,),
)
def in_force(file: CaseFile) -> Answer:
    """A decision may be acted on when its call-in period has run out, or was lawfully waived."""
    decision = file.latest(Decision)
    if decision is None:
        return _no_decision()
    if decision.taken_on is None or decision.taken_on > file.on:
        return unmet(
            f"{decision.number} has not been taken.",
            remedy=by("decision take", number=decision.number),
        )
    if decision.call_in_waived:
        return met(f"{decision.number} is not subject to call-in: {decision.call_in_waived}")
    if decision.published_on is None:
        return unmet(
            f"{decision.number} was taken on {day(decision.taken_on)}, but its record is not "
            "published, so call-in has not begun.",
            remedy=by("decision publish", number=decision.number),
        )
    clear = file.policy.number("decisions.call-in")
    effective = after_clear_days(decision.published_on, clear, Days.WORKING)
    if file.on < effective:
        return unmet(
            f"{decision.number} may be called in; it may be acted on from {day(effective)}.",
            remedy=by(""),
        )
    return met(f"{decision.number} has been in force since {day(effective)}.")


def _screened(file: CaseFile, kind: Screening) -> Answer:
    screenings = [row for row in file.of(Assessment) if row.kind is kind]
    if not screenings:
        return unmet(f"No {kind} screening is recorded.", remedy=by("decision screen", kind=kind))
    return met(screenings[-1].outcome)


@gate(
    "decisions.equality-considered",
    asks="Were equality impacts considered?",
    rule="decisions.equality",
    owner="estates officer",
    remedy="decision screen",
    reads=(Assessment,),
)
def equality_considered(file: CaseFile) -> Answer:
    """The public sector equality duty attends every decision."""
    return _screened(file, Screening.EQUALITY)


@gate(
    "decisions.data-protection-considered",
    asks="Was the handling of personal data considered?",
    rule="decisions.data-protection",
    owner="estates officer",
    remedy="decision screen",
    reads=(Assessment,),
)
def data_protection_considered(file: CaseFile) -> Answer:
    """Bidders are persons too; someone must have asked who handles their data."""
    return _screened(file, Screening.DATA_PROTECTION)


@gate(
    "decisions.within-delegation",
    asks="May whoever takes the decision take it?",
    rule="decisions.delegation",
    owner="democratic services",
    remedy="decision add",
    reads=(Decision, Holding, HeadsOfTerms),
    across=(Bid, HeadsOfTerms),
)
def within_delegation(file: CaseFile) -> Answer:
    """By value over the whole and its parts, by tenure and by area, as the council lays it down."""
    decision = file.latest(Decision)
    if decision is None:
        return _no_decision()
    areas = [decision.area_m2, *(t.area_m2 for t in file.of(HeadsOfTerms) if not t.lapsed_on)]
    verdict = in_charge(
        file.policy,
        decision.taker,
        value_pence=_total(file, decision),
        tenures={holding.interest for holding in file.of(Holding)},
        area_m2=max((area for area in areas if area is not None), default=None),
    )
    if verdict is None:
        return not_applicable("This council's scheme of delegation is not in its policy file.")
    if not verdict.may:
        return unmet(f"{decision.number}: {verdict.says}", remedy=by("decision add"))
    return met(f"{decision.number}: {verdict.says}")


@gate(
    "decisions.not-own-proposal",
    asks="Is the decision taken by someone other than its proposer?",
    rule="decisions.own-proposal",
    owner="democratic services",
    remedy="decision edit",
    reads=(Decision,),
)
def not_own_proposal(file: CaseFile) -> Answer:
    """Nobody approves their own proposal."""
    decision = file.latest(Decision)
    if decision is None:
        return _no_decision()
    if decision.proposed_by is None:
        return unknown(
            f"Who proposed {decision.number} is not recorded.",
            remedy=to_edit(file, "decision edit", decision, "proposed-by"),
        )
    if decision.proposed_by.casefold().split() == decision.taker.casefold().split():
        another = to_edit(file, "decision edit", decision, "taker")
        return unmet(
            f"{decision.taker} would approve their own proposal.",
            remedy=another if decision.taken_on is None else by("decision add"),
        )
    return met(f"Proposed by the {decision.proposed_by}, taken by the {decision.taker}.")
