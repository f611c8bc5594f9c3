"""How a sale may stand between exchange and completion."""

from datetime import date

from disposals.vocabulary import DeedForm
from tests.builders import (
    a_condition,
    a_contract,
    a_deed,
    a_receipt,
    a_statement_line,
    some_terms,
)
from tests.disposals.gates.situation import Examples, Room, when

NOT_EXCHANGED = when("No contract is recorded.")
SALE = a_contract(900_000)
CONDITIONAL = a_contract(is_conditional=True)
WITH_DEPOSIT = a_contract(900_000, deposit_pence=9_000_000)
FEES = a_statement_line("the council's legal fees", 4_000)
PART = "mill-lane/part-1"

COMPLETION: Room = {
    "completion.conditions-satisfied": Examples(
        opens=(
            NOT_EXCHANGED,
            when("The contract is conditional, nobody says on what.", CONDITIONAL),
            when("Planning consent has not come.", CONDITIONAL, a_condition("planning consent")),
            when("It has not come, and its last day has passed.", CONDITIONAL,
                 a_condition("planning consent", longstop_on=date(2021, 9, 1))),
        ),
        settles=(
            when("The contract is unconditional.", SALE),
            when("It has come.", CONDITIONAL,
                 a_condition("planning consent", satisfied_on=date(2021, 9, 1))),
        ),
    ),
    "completion.deposit": Examples(
        opens=(
            NOT_EXCHANGED,
            when("Part of the deposit is missing.", WITH_DEPOSIT, a_receipt(50_000)),
        ),
        settles=(
            when("The deposit is in.", WITH_DEPOSIT, a_receipt(90_000)),
            when("The contract asks for none.", SALE),
        ),
    ),
    "completion.deed": Examples(
        opens=(
            NOT_EXCHANGED,
            when("The deed is not dated.", SALE),
            when("The deed is older than the contract.", SALE,
                 a_deed(DeedForm.TR1, date(2021, 7, 1))),
            when("A part would pass by the form for a whole title.",
                 a_contract(disposal_ref=PART), a_deed(DeedForm.TR1, disposal_ref=PART),
                 ref=PART, part_of="mill-lane"),
        ),
        settles=(when("The deed is dated.", SALE, a_deed(DeedForm.TR1)),),
    ),
    "completion.plan": Examples(
        opens=(
            when("There is no deed.", SALE),
            when("A transfer of part says nothing of its plan.", a_deed(DeedForm.TP1, id=6)),
        ),
        settles=(
            when("It names the boundary that its plan shows.",
                 a_deed(DeedForm.TP1, boundary_revision=2)),
            when("The whole title passes.", a_deed(DeedForm.TR1)),
        ),
    ),
    "completion.receipt": Examples(
        opens=(NOT_EXCHANGED, when("Only the deposit is in.", SALE, a_receipt(90_000))),
        settles=(when("The price is in.", SALE, a_receipt(900_000)),),
    ),
    "completion.adds-up": Examples(
        opens=(
            NOT_EXCHANGED,
            when("The buyer has not paid the fees.", SALE, FEES, a_receipt(900_000)),
            when("More came in than is due.", SALE, a_receipt(904_000, id=2)),
        ),
        settles=(when("Price and fees are in.", SALE, FEES, a_receipt(904_000)),),
    ),
    "completion.within-terms": Examples(
        opens=(
            NOT_EXCHANGED,
            when("A lower price was agreed after exchange.", SALE,
                 some_terms(880_000, terms_version=2)),
            when("The contract guarantees less overage than the terms.", SALE,
                 some_terms(900_000, overage_guaranteed_pence=5_000_000, overage_after_months=12)),
            when("The contract takes in more land than the terms.",
                 a_contract(area_m2=5_500), some_terms(900_000, area_m2=5_000)),
        ),
        settles=(
            when("The contract is as it was agreed.", SALE, some_terms(900_000)),
            when("There are no terms beside it.", SALE),
        ),
    ),
}  # fmt: skip
