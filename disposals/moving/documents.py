"""The documents of a register, carried to where those of another place lie."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, text

from disposals.filing import content_of, kept, place_of


@contextmanager
def carried(register: Connection, source: Path, target: Path) -> Iterator[int]:
    """Copy the documents a register tells of, each held against its hash; says how many there are.

    If the block raises, those that were not there before are removed again.

    Raises:
        DamagedDocument: one is missing or altered at the source.
        CannotWrite: one can't be written at the target.
    """
    told = text("SELECT DISTINCT sha256 FROM document ORDER BY sha256")
    names = register.execute(told).scalars().all()
    brought: list[Path] = []
    try:
        for sha256 in names:
            there = place_of(target, sha256)
            if not there.exists():
                content_of(source, sha256)
                brought.append(there)
                kept(target, place_of(source, sha256))
            content_of(target, sha256)
        yield len(names)
    except BaseException:
        for path in brought:
            path.unlink(missing_ok=True)
        raise
