"""Kill a command at every numbered point of its work, and see what is left of it.

Run as a program of its own, which loads the command line once and forks for every try:
`python -m tests.crashing FOLDER COMMAND TRIES`, where FOLDER holds all that lies where the command
is typed, among it `register.sqlite` if there is one, and COMMAND is typed as after `disposals`;
with TRIES 0 only some points are tried, once. It prints what it found as JSON.

A point is a statement about to be sent to the register, one that has been carried out, a commit,
or a file that is renamed or removed, or the end. Further tries are killed at a moment drawn by lot,
which may lie within a write of the operating system.
"""

import hashlib
import json
import os
import random
import re
import shlex
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from disposals.backup import verified
from disposals.cli.main import run
from disposals.errors import DisposalsError
from disposals.history.verifying import verify
from disposals.records import evidence_kinds, vouched_for
from disposals.register import format_of
from disposals.triggers import kept

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(\+00:00)?")
# Salts are drawn by lot, and what is hashed holds moments and salts.
_DIGEST = re.compile(r"[0-9a-f]{32,}")
_CHAINED = re.compile(r'(INSERT INTO "ledger_entry" VALUES\(\d+,).*')
_FILE_EVENTS = {"os.rename", "os.remove", "os.mkdir", "shutil.rmtree", "os.link"}
REGISTER = "register.sqlite"
_DONE = b"done"
_MEMORY = Path("/dev/shm")  # noqa: S108 (a kill loses nothing that a disk would have kept)
_SOME, _FEW = 16, 4


def main() -> None:
    """Try a command from the line that called this program."""
    start, command, tries = Path(sys.argv[1]), shlex.split(sys.argv[2]), int(sys.argv[3])
    sys.stdout.write(json.dumps(Crashes(start, command).found(tries)))


class Crashes:
    """A command where a register lies, killed again and again."""

    def __init__(self, start: Path, command: list[str]) -> None:
        self.start, self.command = start, command
        register = start / REGISTER
        self.bytes = register.read_bytes() if register.exists() else None
        self.before = told(start)
        self._load()

    def _load(self) -> None:
        """Carry the command out once in this process, so that a try need not load it again."""
        with self._laid_out() as folder, Path(os.devnull).open("w") as nowhere:
            os.environ |= _environment(folder)
            here = Path.cwd()
            os.chdir(folder)
            with redirect_stdout(nowhere), redirect_stderr(nowhere), suppress(SystemExit):
                run(self.command)
            os.chdir(here)

    @contextmanager
    def _laid_out(self) -> Iterator[Path]:
        """A folder of its own as it is before the command."""
        with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as name:
            shutil.copytree(self.start, name, dirs_exist_ok=True)
            yield Path(name)

    def found(self, tries: int) -> dict[str, Any]:
        """How often it was wholly before and wholly after, and all that was neither."""
        began = time.perf_counter()
        points, said, self.after, _ = self._try(lambda _: None)
        took = time.perf_counter() - began
        if said != _DONE:
            return {"wrong": ["The command is refused where nothing kills it."]}
        drawn = random.Random(1)  # noqa: S311 (a lot, no secret)
        outcomes: Counter[str] = Counter()
        wrong: list[str] = []
        for point in _some(points) if tries == 0 else list(range(1, points + 1)) * tries:
            self._judge(f"point {point}", outcomes, wrong, _at(point))
        for number in range(points * tries // 4 or _FEW):
            moment = drawn.uniform(0, took)
            self._judge(f"moment {number}", outcomes, wrong, _after(moment))
        return {"points": points, "outcomes": outcomes, "wrong": wrong}

    def _judge(
        self, name: str, outcomes: Counter[str], wrong: list[str], kill: Callable[[int], None]
    ) -> None:
        _, said, state, faults = self._try(kill)
        is_before, is_after = state == self.before, state == self.after
        outcomes["after" if is_after else "before" if is_before else "neither"] += 1
        wrong += [f"{name}: {fault}" for fault in faults]
        if not (is_before or is_after):
            wrong.append(f"{name}: neither before nor after")
        if said == _DONE and not is_after:
            wrong.append(f"{name}: said to be done, and is lost")

    def _try(self, kill: Callable[[int], None]) -> tuple[int, bytes, str, list[str]]:
        """The points passed, what was said, what the register then tells, what is not sound."""
        with self._laid_out() as folder:
            points, said = _killed(folder, self.command, kill)
            if self._is_untouched(folder):
                return points, said, self.before, []
            return points, said, told(folder), faults(folder)

    def _is_untouched(self, folder: Path) -> bool:
        """Whether, once the register is opened again, no file differs from what was before."""
        register = folder / REGISTER
        if self.bytes is None or not register.exists() or _made(folder) != _made(self.start):
            return False
        format_of(register)  # opens it, and so undoes what a journal tells of
        return register.read_bytes() == self.bytes


def told(folder: Path) -> str:
    """All that stands in a folder once its register is opened again.

    Without moments, salts and digests, and without documents, which faults tells of.
    """
    register, made = folder / REGISTER, [f"made {name}" for name in _made(folder)]
    if not register.exists():
        return "\n".join(made)
    format_of(register)
    with closing(sqlite3.connect(register)) as connection:
        rows = _MOMENT.sub("MOMENT", "\n".join(connection.iterdump()))
    return _CHAINED.sub(r"\1…", _DIGEST.sub("DIGEST", "\n".join([*made, rows])))


def faults(folder: Path) -> list[str]:
    """What is not sound in a register, its documents and what was made of it."""
    register, found = folder / REGISTER, []
    for backup in folder.glob("*.backup"):
        try:
            verified(backup)
        except DisposalsError as error:
            found.append(str(error))
    if not register.exists():
        return found
    with closing(sqlite3.connect(register)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            found.append("the register is damaged")
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            found.append("a row refers to nothing")
        chained = verify(connection, vouched_for(), kept(evidence_kinds()))
        found += [f"{fault.row}: {fault.what}" for fault in chained.faults]
        recorded: set[str] = {
            sha256 for (sha256,) in connection.execute("SELECT sha256 FROM document")
        }
    there = _documents(register)
    found += [
        f"document {name[:8]} is not whole"
        for name, path in there.items()
        if hashlib.sha256(path.read_bytes()).hexdigest() != name
    ]
    found += [f"document {name[:8]} is recorded and not there" for name in recorded - set(there)]
    return found


def _documents(register: Path) -> dict[str, Path]:
    """The files of the documents beside a register, by the hashes that are their names."""
    folder = register.with_name(f"{register.name}.documents")
    return {path.name: path for path in folder.glob("??/*") if path.is_file()}


def _made(folder: Path) -> list[str]:
    """What is in a folder beside the register and its documents.

    Hidden folders are left out: what was being made in them has no name yet.
    """
    return sorted(
        path.name for path in folder.iterdir() if not path.name.startswith((".", REGISTER))
    )


def _environment(folder: Path) -> dict[str, str]:
    return {"DISPOSALS_REGISTER": str(folder / REGISTER), "DISPOSALS_USER": "Officer"}


def _killed(folder: Path, command: list[str], kill: Callable[[int], None]) -> tuple[int, bytes]:
    """Run a command in a process of its own that may kill itself; points passed, what it said."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        _work(folder, command, kill, writes)
    os.close(writes)
    with os.fdopen(reads, "rb") as pipe:
        heard = pipe.read()
    os.waitpid(child, 0)
    points, _, said = heard.rpartition(b"|")
    return len(points), said


def _work(folder: Path, command: list[str], kill: Callable[[int], None], writes: int) -> None:
    passed = 0

    def point(*_: object) -> None:
        nonlocal passed
        passed += 1
        os.write(writes, b".")
        kill(passed)

    def file_point(name: str, _: object) -> None:
        if name in _FILE_EVENTS:
            point()

    os.environ |= _environment(folder)
    os.chdir(folder)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, point)
    sys.addaudithook(file_point)
    kill(0)
    status = 1
    try:
        run(command)
    except SystemExit as left:
        status = int(left.code or 0)
        point()
    finally:
        os.write(writes, b"|" + (_DONE if status == 0 else b"refused"))
        os._exit(0)


def _some(points: int) -> list[int]:
    """A few points from the first to the last."""
    return sorted({round(1 + each * (points - 1) / (_SOME - 1)) for each in range(_SOME)})


def _at(point: int) -> Callable[[int], None]:
    def kill(passed: int) -> None:
        if passed == point:
            os.kill(os.getpid(), signal.SIGKILL)

    return kill


def _after(seconds: float) -> Callable[[int], None]:
    """Killed by a process beside it, after so long."""

    def kill(passed: int) -> None:
        if passed == 0:
            victim = os.getpid()
            if os.fork() == 0:
                time.sleep(seconds)
                os.kill(victim, signal.SIGKILL)
                os._exit(0)

    return kill


if __name__ == "__main__":
    main()
