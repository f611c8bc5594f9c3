"""What every paper says of where it comes from."""

from sqlmodel import Session

from disposals.disclosure.audit import seal_of
from disposals.records.cases import Disposal
from disposals.register import Register


def stamped(session: Session, case: Disposal | None = None) -> str:
    """The case and its version, and the register's seal of this moment, for the foot of each page.

    Args:
        case: None on a paper about the whole register.
    """
    sealed = f"seal {seal_of(session)}"
    return sealed if case is None else f"{case.ref} · version {case.version} · {sealed}"


def stamped_now(register: Register) -> str:
    """The same on a paper about the whole register, for officers and the public alike.

    A seal tells nothing of what is recorded.
    """
    with register.read() as session:
        return stamped(session)
