"""The few gates between exchange and completion: conditions, deed, receipt."""

from disposals.casefile import CaseFile
from disposals.gates import gate
from disposals.records.completion import Condition, Contract, Deed, Receipt
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
    waiting = [c.title for c in conditions if c.satisfied_on is None or c.satisfied_on > file.on]
    if waiting:
        return unmet(
            f"Not satisfied: {listed(waiting)}.", remedy=by("completion satisfy", title=waiting[0])
        )
    return met(f"{listed(condition.title for condition in conditions)}: satisfied.")


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
        return unmet("A TR1 can't transfer part of a title; a part is transferred by TP1.")
    return met(f"{deed.form} dated {day(deed.dated_on)}.")


@gate(
    "completion.receipt",
    asks="Is the price received?",
    rule="completion.receipt",
    owner="finance",
    remedy="completion receipt",
    reads=(Contract, Receipt),
)
def receipt_recorded(file: CaseFile) -> Answer:
    """A capital receipt is counted when it is in the bank."""
    contract = _contract(file)
    if contract is None:
        return unknown(_NO_CONTRACT, remedy=by("completion contract"))
    received = sum(
        receipt.amount_pence
        for receipt in file.of(Receipt)
        if contract.exchanged_on <= receipt.received_on <= file.on
    )
    if received < contract.price_pence:
        return unmet(f"{money(received)} of {money(contract.price_pence)} is received.")
    return met(f"{money(received)} is received.")
