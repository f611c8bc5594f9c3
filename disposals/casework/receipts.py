"""What the programme of a financial year is to bring in: a figure of no one case."""

import re

from disposals.casework.acts import Stamp
from disposals.casework.validating import required, validated
from disposals.errors import BadFact
from disposals.records.programme import ReceiptTarget
from disposals.register import Register

_YEAR = re.compile(r"(\d{4})[/-](\d{2})")


def set_target(
    register: Register, year: str, amount_pence: int, stamp: Stamp, *, because: str | None
) -> None:
    """Set the target of a financial year; an earlier one is kept, and the latest counts.

    Args:
        year: such as 2022/23.

    Raises:
        BadFact: it is no financial year, or no reason is given.
    """
    reason = required(because, "set a target")
    with register.write() as session:
        session.add(
            validated(
                ReceiptTarget,
                {
                    "year": financial_year(year), "amount_pence": amount_pence, "because": reason,
                    "recorded_on": stamp.on, "recorded_at": stamp.at, "recorded_by": stamp.by,
                },
            )
        )  # fmt: skip


def financial_year(written: str) -> str:
    """A financial year as boards write it: 2022/23.

    Raises:
        BadFact: it is none.
    """
    told = _YEAR.fullmatch(written.strip())
    if told is None or (int(told[1]) + 1) % 100 != int(told[2]):
        raise BadFact(
            f"“{written}” is no financial year. Write 2022/23, for 1 April 2022 to 31 March 2023."
        )
    return f"{told[1]}/{told[2]}"
