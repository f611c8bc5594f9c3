"""Whether a register's file, which nobody else has open, is sound and as it was recorded."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from disposals.errors import DisposalsError, NotARegister
from disposals.following import followed
from disposals.history.verifying import Verified
from disposals.records import FORMAT
from disposals.register import format_of
from disposals.storage.sqlite import SqliteFile
from disposals.storage.strangers import refuse_strangers


def sealed(file: Path, refusal: DisposalsError) -> str | None:
    """The seal of a register that is sound and stands as it was recorded; None of an older one.

    The chain is followed in another thread, while SQLite looks at every page in this one.

    Raises:
        DisposalsError: the refusal, if it is not.
    """
    with ThreadPoolExecutor(1) as aside:
        following = aside.submit(_followed, file)
        if not SqliteFile(file).is_sound():
            raise refusal
        try:
            found = following.result()
        except NotARegister:
            raise refusal from None
    if found is None:
        return None
    with SqliteFile(file).reading() as raw:
        refuse_strangers(SqliteFile(file), raw, refusal)
    if found.faults:
        raise type(refusal)(
            f"{refusal} Its {found.faults[0].row} is not as it was recorded; "
            "`disposals audit verify` names what was changed."
        )
    return str(found.seal)


def _followed(file: Path) -> Verified | None:
    if format_of(file) != FORMAT:
        return None
    with SqliteFile(file).reading() as raw:
        return followed(raw)
