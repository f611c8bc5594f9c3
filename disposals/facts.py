"""What is recorded about one case, as far as the forecast of receipts needs it.

Each row has the fields of its record that count, of the same names; all sums are pence.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple


class Completion(NamedTuple):
    """The last date of the milestone that stands for completion."""

    reference: str
    kind: str
    earliest_on: date
    latest_on: date
    as_written: str


class Receipt(NamedTuple):
    """Money that came in."""

    reference: str
    amount_pence: int
    kind: str
    received_on: date


class Contract(NamedTuple):
    """A contract in force."""

    reference: str
    exchanged_on: date
    price_pence: int
    overage_guaranteed_pence: int | None
    overage_until: date | None


class Terms(NamedTuple):
    """Heads of terms that are agreed."""

    reference: str
    terms_version: int
    price_pence: int
    payments: str | None
    overage_guaranteed_pence: int | None
    overage_after_months: int | None


class LapsedTerms(NamedTuple):
    """Heads of terms that fell away with their buyer."""

    reference: str
    lapsed_on: date


class FallenBid(NamedTuple):
    """A bid that fell through, since when it is recorded as such."""

    reference: str
    recorded_on: date


class Bid(NamedTuple):
    """A bid that is shortlisted, preferred or in reserve."""

    reference: str
    campaign_no: int
    bidder: str
    standing: str
    price_pence: int | None
    payments: str | None
    overage_guaranteed_pence: int | None
    overage_after_months: int | None
    abnormal_costs_pence: int | None
    subject_to_planning: bool
    subject_to_funding: bool
    subject_to_board: bool


class Campaign(NamedTuple):
    """A campaign, running where it has not ended."""

    reference: str
    no: int
    ended_on: date | None


class Likelihood(NamedTuple):
    """How likely somebody judged a condition of a bid."""

    reference: str
    campaign_no: int
    bidder: str
    condition: str
    percent: int


class Valuation(NamedTuple):
    """What the land is worth."""

    reference: str
    value_pence: int


class Condition(NamedTuple):
    """A condition of the contract."""

    reference: str
    title: str
    satisfied_on: date | None
    waived_on: date | None


class Deed(NamedTuple):
    """The deed by which the land passed."""

    reference: str
    dated_on: date


class HoldingCost(NamedTuple):
    """What keeping the land costs each month."""

    reference: str
    monthly_pence: int
    from_on: date
    until_on: date | None


class Facts(NamedTuple):
    """What is recorded about one case; of each kind what is in force, the oldest first.

    Attributes:
        held: why the case is on hold; None where it is not.
        hangs_on: the open conditions on which its completion hangs.
        is_void: one of these failed.
    """

    reference: str
    name: str
    stage: str
    held: str | None
    completion: Completion | None
    hangs_on: tuple[str, ...]
    is_void: bool
    receipts: Sequence[Receipt]
    contracts: Sequence[Contract]
    terms: Sequence[Terms]
    bids: Sequence[Bid]
    campaigns: Sequence[Campaign]
    likelihoods: Sequence[Likelihood]
    valuations: Sequence[Valuation]
    conditions: Sequence[Condition]
    deeds: Sequence[Deed]
    costs: Sequence[HoldingCost]
    lapsed_terms: Sequence[LapsedTerms] = ()
    fallen_bids: Sequence[FallenBid] = ()
