"""Contract, its conditions, the deed, the money, and the land that left the council."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import DeedForm, LineKind, ReceiptKind
from sites.record import choice


class Contract(Evidence, table=True):
    """The contract as exchanged.

    Attributes:
        price_pence: in pence.
        area_m2: square metres; the land that passes.
        overage_until: the last day on which overage may still fall due.
        lapsed_on: the day it fell away with the buyer.
    """

    __tablename__ = "contract"
    inherited: ClassVar[bool] = False
    past: ClassVar[tuple[str, ...]] = ("exchanged_on",)
    dated: ClassVar[str | None] = "exchanged_on"

    exchanged_on: date
    buyer: str = Field(min_length=1, description="The buyer.")
    price_pence: int = Field(ge=0, description="The price.")
    is_conditional: bool = Field(description="Are there conditions?")
    deposit_pence: int | None = Field(default=None, ge=0, description="The deposit due.")
    overage: str | None = Field(default=None, description="The overage agreed.")
    overage_guaranteed_pence: int | None = Field(
        default=None, ge=0, description="The overage that is paid whatever happens."
    )
    overage_until: date | None = Field(
        default=None, description="The last day on which overage may fall due."
    )
    area_m2: float | None = Field(default=None, gt=0, description="The land, in square metres.")
    longstop_on: date | None = Field(default=None, description="The last day for the conditions.")
    lapsed_on: date | None = None


class Condition(Evidence, table=True):
    """A condition precedent of the contract: satisfied, or waived by whom it protects."""

    __tablename__ = "condition"
    inherited: ClassVar[bool] = False
    keyed_by: ClassVar[tuple[str, ...]] = ("title",)
    past: ClassVar[tuple[str, ...]] = ("satisfied_on", "waived_on")

    title: str = Field(min_length=1, description="What must happen.")
    owner: str = Field(min_length=1, description="Who must bring it about.")
    longstop_on: date | None = Field(default=None, description="The last day for it.")
    satisfied_on: date | None = None
    waived_on: date | None = None
    waived_by: str | None = None
    waived_because: str | None = None
    lapsed_on: date | None = None


class Deed(Evidence, table=True):
    """The deed by which the land passes.

    Attributes:
        boundary_revision: the revision of the boundary that its plan shows.
    """

    __tablename__ = "deed"
    inherited: ClassVar[bool] = False
    past: ClassVar[tuple[str, ...]] = ("dated_on",)
    dated: ClassVar[str | None] = "dated_on"

    form: DeedForm = Field(
        sa_type=choice(DeedForm), description="TR1 for a whole title, TP1 for a part."
    )
    dated_on: date
    title_nos: str | None = Field(default=None, description="HM Land Registry title numbers.")
    boundary_revision: int | None = Field(
        default=None, ge=1, description="The revision of the boundary on its plan."
    )
    lapsed_on: date | None = None


class Receipt(Evidence, table=True):
    """Money received.

    Attributes:
        amount_pence: in pence; nought where a receipt was recorded by mistake and taken back.
    """

    __tablename__ = "receipt"
    inherited: ClassVar[bool] = False
    past: ClassVar[tuple[str, ...]] = ("received_on",)
    dated: ClassVar[str | None] = "received_on"

    amount_pence: int = Field(ge=0, description="The amount.")
    kind: str = Field(
        default="capital receipt", description=f"{', '.join(ReceiptKind).capitalize()}."
    )
    received_on: date


class StatementLine(Evidence, table=True):
    """A line of the completion statement beside the price, in pence.

    Attributes:
        amount_pence: more than nothing where the buyer pays it to the council, less where the
            council bears it.
    """

    __tablename__ = "statement_line"
    inherited: ClassVar[bool] = False
    keyed_by: ClassVar[tuple[str, ...]] = ("what",)

    kind: LineKind = Field(sa_type=choice(LineKind), description="What sort of line.")
    what: str = Field(min_length=1, description="What it is for.")
    amount_pence: int = Field(description="The amount; with a minus where the council bears it.")
    lapsed_on: date | None = None


class Departure(Evidence, table=True):
    """Land that left the council's ownership, with its boundary as it passed.

    Attributes:
        part_no: None where the whole site went.
        boundary_revision: None where no boundary was ever recorded.
        area_m2: square metres by that revision.
    """

    __tablename__ = "departure"
    inherited: ClassVar[bool] = False
    keyed_by: ClassVar[tuple[str, ...]] = ("site_ref", "part_no")
    past: ClassVar[tuple[str, ...]] = ("left_on",)

    site_ref: str = Field(foreign_key="site.ref", index=True)
    part_no: int | None = None
    left_on: date
    boundary_revision: int | None = None
    area_m2: float | None = None
