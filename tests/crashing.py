"""Kill a command at every numbered point of its work, and see what is left of it.

Run as a program of its own, which loads the command line once and forks for every try:
`python -m tests.crashing FOLDER COMMAND TRIES THREADS`. FOLDER holds all that lies where the
command is typed, among it `register.sqlite` if there is one; COMMAND is typed as after `disposals`;
with TRIES 0 only some points are tried, once; THREADS is 1 for a command that has threads, else 0.
It prints what it found as JSON.

A point is a statement about to be sent to the register, one that has been carried out, a commit,
or a file that is renamed or removed, or the end. Further tries are killed at a moment drawn by lot,
which may lie within a write of the operating system.
"""

import json
import os
import random
import shlex
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from disposals.cli.main import run
from tests.aftermath import Start, environment

_FILE_EVENTS = {"os.rename", "os.remove", "os.mkdir", "shutil.rmtree", "os.link"}
_DONE = b"done"
_SOME, _FEW = 16, 4


def main() -> None:
    """Try a command from the line that called this program."""
    folder, command, tries, threads = sys.argv[1:]
    crashes = Crashes(Path(folder), shlex.split(command), has_threads=bool(int(threads)))
    sys.stdout.write(json.dumps(crashes.found(int(tries))))


class Crashes:
    """A command where a register lies, killed again and again."""

    def __init__(self, folder: Path, command: list[str], *, has_threads: bool) -> None:
        self.start, self.command = Start(folder), command
        self.start.warm_up(command, has_threads=has_threads)

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
        is_before, is_after = state == self.start.state, state == self.after
        outcomes["after" if is_after else "before" if is_before else "neither"] += 1
        wrong += [f"{name}: {fault}" for fault in faults]
        if not (is_before or is_after):
            wrong.append(f"{name}: neither before nor after")
        if said == _DONE and not is_after:
            wrong.append(f"{name}: said to be done, and is lost")

    def _try(self, kill: Callable[[int], None]) -> tuple[int, bytes, str, list[str]]:
        """The points passed, what was said, what the register then tells, what is not sound."""
        with self.start.laid_out() as folder:
            points, said = _killed(folder, self.command, kill)
            return points, said, *self.start.left_in(folder)


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

    os.environ |= environment(folder)
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
