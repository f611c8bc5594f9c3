"""A register copied as at one moment to a place of either kind, where nothing is yet."""

from sqlalchemy import Engine

from disposals.errors import DisposalsError
from disposals.following import followed
from disposals.history.raw import raw_of
from disposals.moving.carrying import carry, tables
from disposals.register import guard, structure
from disposals.storage import EVERYTHING, WRITING, Storage, storage_of
from disposals.storage.address import Place


class NotCopied(DisposalsError):
    """What arrived is not what was copied; nothing of it stays."""


def copy(source: Place, target: Place, *, seal: str | None = None) -> None:
    """Copy every row while others work on, whole or not at all; the documents are not among it.

    Args:
        seal: which the copy must bear, and be as it was recorded; None where whoever asks for it
            looks at that.

    Raises:
        AlreadyRecorded: something is at the target; it is left as it is.
        NotCopied: the copy bears another seal.
        CannotReachRegister, CannotWriteRegister: of either place.
    """
    old = storage_of(source)
    with old.in_words(), storage_of(target).making() as made:
        reading, writing = old.engine(), made.engine()
        try:
            with made.in_words():
                is_the_same = _filled(reading, writing, made, seal)
        finally:
            writing.dispose()
            reading.dispose()
        if not is_the_same:
            raise NotCopied(
                f"What arrived at {target} is not what was copied, so nothing of it stays. Have "
                "the disks of the server looked after."
            )


def _filled(reading: Engine, writing: Engine, made: Storage, seal: str | None) -> bool:
    """Copy the rows; whether what arrived bears the seal, if one is asked for."""
    changing = writing.execution_options(**{WRITING: EVERYTHING})
    with reading.begin() as held, changing.begin() as there:
        structure(there)
        for table in tables():
            carry(held, there, table, lambda *_: None)
        made.continue_keys(there)
        guard(made, there)
        if seal is None:
            return True
        found = followed(raw_of(there))
        return not found.faults and str(found.seal) == seal
