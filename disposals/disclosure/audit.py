"""What an auditor asks of the whole register: its seal, and whether it is as it was recorded."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from sqlalchemy import text
from sqlmodel import Session

from disposals.errors import NotARegister
from disposals.following import followed
from disposals.history.faults import Fault
from disposals.history.raw import raw_of
from disposals.history.seals import Seal
from disposals.history.verifying import Verified
from disposals.register import Register, open_register
from disposals.storage.address import Place


def seal(register: Register) -> str:
    """The register's seal of this moment, for the foot of every paper.

    It may be told to the public: nothing of what is recorded can be read from it.
    """
    with register.read() as session:
        return seal_of(session)


def seal_of(session: Session) -> str:
    """The same for who is reading already.

    Raises:
        NotARegister: nothing is recorded, which can't be.
    """
    last = session.connection().execute(
        text("SELECT no, hash FROM ledger_entry ORDER BY no DESC LIMIT 1")
    )
    found = last.first()
    if found is None:
        raise NotARegister(
            "The ledger is empty, though the making of a register is its first entry. `disposals "
            "audit verify` names what was changed; docs/audit.md says how to go on."
        )
    return str(Seal.of(*found))


def refuse_altered(place: Place, so: str) -> None:
    """Refuse a register that is not as it was recorded.

    Args:
        so: what came of it, as a clause.

    Raises:
        NotARegister: names the first thing that is not.
        Others as `open_register`.
    """
    register = open_register(place)
    try:
        faults = verified(register).faults
    finally:
        register.close()
    if faults:
        raise NotARegister(
            f"{place} holds what no act recorded, so {so}. {faults[0]} `disposals audit verify` "
            "names all that was changed; docs/audit.md says how to go on."
        )


def verified(register: Register, seals: Iterable[str] = ()) -> Verified:
    """Follow the chain of the whole register; for officers, because faults name what is exempt.

    The chain goes by the rows and everything else by indexes, so that those are looked at, too.

    Args:
        seals: codes from papers, each a state that the register must still hold.

    Raises:
        BadFact: one of them is no seal, or was misread.
    """
    read = [Seal.read(code) for code in seals]
    with ThreadPoolExecutor(1) as aside:
        looked = aside.submit(register.storage.damage)
        with register.read() as session:
            found = followed(raw_of(session.connection()), read)
        damaged = tuple(Fault(None, "the file", f"damaged: {said}") for said in looked.result())
    return replace(found, faults=found.faults + damaged)
