"""What stands in a register that this program did not make, and that could come between."""

from disposals.errors import DisposalsError
from disposals.history.raw import Raw
from disposals.records import evidence_kinds
from disposals.storage import Storage
from disposals.words import listed


def refuse_strangers(storage: Storage, raw: Raw, refusal: DisposalsError) -> None:
    """Refuse a register in which something alters or keeps out what is written.

    Raises:
        DisposalsError: the refusal, with what that is.
    """
    strangers = storage.strangers(raw, evidence_kinds())
    if strangers:
        raise type(refusal)(
            f"{refusal} What is written to it could be altered or kept out by {listed(strangers)}, "
            "which this program did not make."
        )
