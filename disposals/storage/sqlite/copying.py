"""A register's file copied beside it, as it is before its format is changed."""

from contextlib import closing
from itertools import zip_longest
from pathlib import Path

from disposals.errors import CannotWriteRegister, NotARegister
from disposals.storage.sqlite.opening import opened
from sites.whole import whole_made


def keep(path: Path, copy: Path) -> None:
    """Keep a sound copy of a register; one that says the same already is as good as a new one.

    Raises:
        CannotWriteRegister: another register is there under the copy's name.
        CannotWrite: the copy can't be written.
        NotARegister: it is damaged.
    """
    if not copy.exists():
        _copied(path, copy)
    elif not _says_the_same(path, copy):
        raise CannotWriteRegister(
            f"The register as it is would be kept as {copy}, and another one is there. Move that "
            "file elsewhere, then repeat; nothing was changed."
        )


def _copied(path: Path, copy: Path) -> None:
    with whole_made(copy) as made:
        with closing(opened(path)) as source, closing(opened(made, mode="rwc")) as target:
            source.backup(target)
            verdict = target.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict == "ok" and not _says_the_same(path, made):
            verdict = "a copy of it says something else"
        if verdict != "ok":
            raise NotARegister(
                f"{path} is damaged ({verdict}), so its format was not changed. Restore it from a "
                "backup."
            )


def _says_the_same(one: Path, other: Path) -> bool:
    """Whether two registers hold the same rows in the same tables."""
    with closing(opened(one)) as a, closing(opened(other)) as b:
        return all(x == y for x, y in zip_longest(a.iterdump(), b.iterdump()))
