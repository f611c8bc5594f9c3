"""The few gates between exchange and completion: conditions, deed, plan, money, no drift."""

from datetime import date

from disposals import paid
from disposals.casefile import CaseFile
from disposals.gates import gate, to_edit
from disposals.gates.terms import area_drift
from disposals.records.bids import Bid
from disposals.records.completion import Condition, Contract, Deed, Receipt, StatementLine
from disposals.records.terms import HeadsOfTerms
from disposals.vocabulary import DeedForm
from disposals.words import day, listed, money
from workflows.gates import Answer, by, met, not_applicable, unknown, unmet

_NO_CONTRACT = "The contract that was exchanged is not recorded."


def _contract(file: CaseFile) -> Contract | None:
    """The contract that stands; one that fell away with its buyer counts no more."""
    contract = file.latest(Contract)
    return None if contract is None or contract.lapsed_on else contract


@gate(
    "completion.conditions-satisfied",
    asks="Are the conditions of the contract satisfied?",
    rule="completion.conditions",
    owner="legal services",
    remedy="completion satisfy",
    reads=(Contract, Condition),
)
def conditions_satisfied(file: CaseFile) -> Answer:
    """Planning consent, a funder's approval: each by its longstop, or there is no sale."""
    contract = _contract(file)
    if contract is None:
        return unknown(_NO_CONTRACT, remedy=by("completion contract"))
    if not contract.is_conditional:
        return not_applicable("The contract is unconditional.")
    conditions = [c for c in file.of(Condition) if c.lapsed_on is None]
    if not conditions:
        return unknown(
            "The contract is conditional, but none of its conditions is recorded.",
            remedy=by("completion condition"),
        )
    waiting = [c for c in conditions if not _is_done(c, file.on)]
    if waiting:
        longstops = [c.longstop_on or contract.longstop_on for c in waiting]
        passed = [on for on in longstops if on is not None and on < file.on]
        longstop = f" The longstop of {day(min(passed))} has passed." if passed else ""
        return unmet(
            f"Not satisfied: {listed(c.title for c in waiting)}.{longstop}",
            remedy=by("completion satisfy", title=waiting[0].title),
        )
    satisfied = [c.title for c in conditions if c.satisfied_on is not None]
    given_up = [c.title for c in conditions if c.satisfied_on is None]
    told = [f"{listed(satisfied)}: satisfied."] if satisfied else []
    told += [f"{listed(given_up)}: waived."] if given_up else []
    return met(" ".join(told))


def _is_done(condition: Condition, on: date) -> bool:
    done = condition.satisfied_on or condition.waived_on
    return done is not None and done <= on


@gate(
    "completion.deed",
    asks="Is the deed dated?",
    rule="completion.deed",
    owner="legal services",
    remedy="completion deed",
    reads=(Contract, Deed),
)
def deed_dated(file: CaseFile) -> Answer:
    """Land passes by deed: TR1 for a whole title, TP1 for a part of one."""
    contract = _contract(file)
    if contract is None:
        return unknown(_NO_CONTRACT, remedy=by("completion contract"))
    deed = file.latest(Deed)
    if deed is None or deed.lapsed_on or deed.dated_on > file.on:
        return unmet("No dated deed is recorded.")
    if deed.dated_on < contract.exchanged_on:
        return unmet(
            f"The deed of {day(deed.dated_on)} is older than the contract of "
            f"{day(contract.exchanged_on)}."
        )
    if deed.form.value == "TR1" and file.disposal.part_no is not None:
        return unmet(
            "A TR1 can't transfer part of a title; a part is transferred by TP1.",
            remedy=by("completion deed", form="TP1"),
        )
    return met(f"{deed.form} dated {day(deed.dated_on)}.")


@gate(
    "completion.receipt",
    asks="Is the price received?",
    rule="completion.receipt",
    owner="finance",
    remedy="completion receipt",
    reads=(Contract, Receipt, HeadsOfTerms, Bid),
)
def receipt_recorded(file: CaseFile) -> Answer:
    """A capital receipt is counted when it is in the bank."""
    contract = _contract(file)
    if contract is None:
        return unknown(_NO_CONTRACT, remedy=by("completion contract"))
    received = sum(receipt.amount_pence for receipt in _received(file, contract))
    if received < contract.price_pence:
        return unmet(f"{money(received)} of {money(contract.price_pence)} is received.")
    return met(f"{money(received)} is received.")


@gate(
    "completion.deposit",
    asks="Is the deposit received?",
    rule="completion.deposit",
    owner="finance",
    remedy="completion receipt",
    reads=(Contract, Receipt, HeadsOfTerms, Bid),
)
def deposit_received(file: CaseFile) -> Answer:
    """The deposit is paid on exchange, and is what a buyer who withdraws loses."""
    contract = _contract(file)
    if contract is None:
        return unknown(_NO_CONTRACT, remedy=by("completion contract"))
    if not contract.deposit_pence:
        return not_applicable("The contract asks for no deposit.")
    received = sum(receipt.amount_pence for receipt in _received(file, contract))
    if received < contract.deposit_pence:
        return unmet(
            f"{money(received)} of the deposit of {money(contract.deposit_pence)} is received."
        )
    return met(f"The deposit of {money(contract.deposit_pence)} is received.")


@gate(
    "completion.adds-up",
    asks="Do the receipts come to what the completion statement asks?",
    rule="completion.receipt",
    owner="finance",
    remedy="completion receipt",
    reads=(Contract, Receipt, StatementLine, HeadsOfTerms, Bid),
)
def adds_up(file: CaseFile) -> Answer:
    """The price, and what the buyer owes beside it; what the council bears is no receipt."""
    contract = _contract(file)
    if contract is None:
        return unknown(_NO_CONTRACT, remedy=by("completion contract"))
    lines = [line for line in file.of(StatementLine) if line.lapsed_on is None]
    beside = sum(line.amount_pence for line in lines if line.amount_pence > 0)
    borne = sum(line.amount_pence for line in lines if line.amount_pence < 0)
    due = contract.price_pence + beside
    receipts = _received(file, contract)
    received = sum(receipt.amount_pence for receipt in receipts)
    said = (
        f"{money(received)} is received and {money(due)} is due: the price of "
        f"{money(contract.price_pence)} and {money(beside)} by the completion statement."
    )
    if received < due:
        return unmet(said, remedy=by("completion receipt"))
    if received > due:
        return unmet(
            f"{said} Correct a receipt that is wrong, with amount=0 to take it back; or, where the "
            "buyer owes more, record what for as a line of the statement.",
            remedy=to_edit(file, "completion edit", receipts[-1], "amount", "POUNDS"),
        )
    return met(f"{money(due)} is received; net of what the council bears, {money(due + borne)}.")


def _received(file: CaseFile, contract: Contract) -> list[Receipt]:
    """What came in for this contract; overage is counted apart."""
    receipts = paid.under(
        contract, file.of(Receipt), terms=file.of(HeadsOfTerms), bids=file.of(Bid)
    )
    return [
        receipt
        for receipt in paid.towards_price(receipts)
        if receipt.received_on <= file.on and receipt.amount_pence > 0
    ]


@gate(
    "completion.plan",
    asks="Does a transfer of part carry a plan with its boundary?",
    rule="completion.plan",
    owner="GIS officer, legal services",
    remedy="completion deed",
    reads=(Deed,),
)
def plan_attached(file: CaseFile) -> Answer:
    """Land that has no title of its own is known by the plan that its deed refers to."""
    deed = file.latest(Deed)
    if deed is None or deed.lapsed_on:
        return unmet("No dated deed is recorded.")
    if deed.form is not DeedForm.TP1:
        return not_applicable(f"A {deed.form} passes land by its title.")
    if deed.boundary_revision is None:
        return unmet(
            "The TP1 names no revision of the boundary.",
            remedy=by("completion edit", entry=f"deed-{deed.id}", name="boundary-revision"),
        )
    return met(f"The plan shows revision {deed.boundary_revision} of the boundary.")


@gate(
    "completion.within-terms",
    asks="Is the contract still what was agreed?",
    rule="drift.price",
    owner="legal services",
    remedy="back",
    reads=(Contract, HeadsOfTerms),
)
def within_terms(file: CaseFile) -> Answer:
    """A price renegotiated after exchange is new terms: back to them, and through every gate."""
    contract = _contract(file)
    if contract is None:
        return unknown(_NO_CONTRACT, remedy=by("completion contract"))
    live = [terms for terms in file.of(HeadsOfTerms) if terms.lapsed_on is None]
    if not live:
        return not_applicable("No heads of terms stand beside the contract.")
    terms = max(live, key=lambda each: each.terms_version)
    if (contract.buyer, contract.price_pence) != (terms.buyer, terms.price_pence):
        return unmet(
            f"The contract is with {contract.buyer} at {money(contract.price_pence)}; version "
            f"{terms.terms_version} of the terms is with {terms.buyer} at "
            f"{money(terms.price_pence)}. Take the case back, so that every limit is tested again."
        )
    sure, agreed = contract.overage_guaranteed_pence or 0, terms.overage_guaranteed_pence or 0
    if sure < agreed:
        return unmet(
            f"The contract guarantees {money(sure)} of overage; version {terms.terms_version} of "
            f"the terms {money(agreed)}. Take the case back, so that every limit is tested again."
        )
    drift = area_drift(file, "the contract", contract.area_m2, "the terms", terms.area_m2)
    if drift:
        return unmet(drift)
    return met(f"As version {terms.terms_version} of the heads of terms.")
