"""Kill a command at every numbered point of its work, and see what is left of it.

Run as a program of its own, which loads the command line once and forks for every try:
`python -m tests.crashing FOLDER COMMAND TRIES THREADS [SOCKET DATABASE]`. FOLDER holds all that
lies where the command is typed, among it `register.sqlite` if there is one; COMMAND is typed as
after `disposals`; with TRIES 0 only some points are tried, once; THREADS is 1 for a command that
has threads, else 0. Where a server's SOCKET and a DATABASE on it are named, the register lies
there. It prints what it found as JSON.

A point is a statement about to be sent to the register, one that has been carried out, a commit,
a file that is renamed or removed, or the end. Further tries are killed at a
moment drawn by lot, which may lie within a write of the operating system.
"""

import json
import os
import random
import select
import shlex
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import event
from sqlalchemy.engine import Engine

from disposals.cli.main import run
from tests.aftermath import Start

_FILE_EVENTS = {"os.rename", "os.remove", "os.mkdir", "shutil.rmtree", "os.link"}
_DONE = "done"
_SOME, _FEW, _AT_THE_END = 16, 4, 6
# What makes or copies a whole register passes most of its points before anything bears its name.
_MANY, _LAST, _THINNED = 500, 20, 1000
_LONGEST_S = 60.0


def main() -> None:
    """Try a command from the line that called this program."""
    folder, command, tries, threads, *database = sys.argv[1:]
    start = Start(Path(folder))
    if database:
        from tests.aftermath_on_postgres import StartOnPostgres  # noqa: PLC0415 (few need it)

        start = StartOnPostgres(Path(folder), *database)
    start.warm_up(shlex.split(command), has_threads=bool(int(threads)))
    sys.stdout.write(json.dumps(Crashes(start, shlex.split(command)).found(int(tries))))


@dataclass(frozen=True, slots=True)
class Kill:
    """When a command is killed: at a point, or so many seconds after it began, or not at all."""

    point: int = 0
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one try.

    Attributes:
        points: that it passed.
        answer: what it said in the end, if it came to it.
        seconds: that it took.
        state: what the register then tells.
        faults: what is not sound in it.
    """

    points: int
    answer: str
    seconds: float
    state: str
    faults: list[str]


class Crashes:
    """A command where a register lies, killed again and again."""

    def __init__(self, start: Start, command: list[str]) -> None:
        self.start, self.command = start, command
        self.outcomes: Counter[str] = Counter()
        self.wrong: list[str] = []

    def found(self, tries: int) -> dict[str, Any]:
        """How often it was wholly before and wholly after, and all that was neither."""
        whole = self._try(Kill())
        if whole.answer != _DONE:
            return {"wrong": ["The command is refused where nothing kills it."]}
        self.after = whole.state
        drawn = random.Random(1)  # noqa: S311 (a lot, no secret)
        points = _tried(whole.points, tries)
        for point in points:
            self._judge(f"point {point}", Kill(point=point))
        for number in range(len(points) // 4 if tries else _FEW):
            self._judge(f"moment {number}", Kill(seconds=drawn.uniform(0, whole.seconds)))
        self._judge("once more", Kill())
        return {
            "points": whole.points, "kills": sum(self.outcomes.values()) - 1,
            "outcomes": self.outcomes, "wrong": self.wrong,
        }  # fmt: skip

    def _judge(self, name: str, kill: Kill) -> None:
        try:
            told = self._try(kill)
        except TimeoutError as error:
            self.wrong.append(f"{name}: {error}")
            return
        is_before, is_after = told.state == self.start.state, told.state == self.after
        self.outcomes["after" if is_after else "before" if is_before else "neither"] += 1
        self.wrong += [f"{name}: {fault}" for fault in told.faults]
        if not (is_before or is_after):
            self.wrong.append(f"{name}: neither before nor after")
        if told.answer == _DONE and not is_after:
            self.wrong.append(f"{name}: said to be done, and is lost")
        if kill == Kill() and told.answer != _DONE:
            self.wrong.append(f"{name}: refused after what was killed before it")

    def _try(self, kill: Kill) -> Told:
        with self.start.laid_out() as folder:
            began = time.perf_counter()
            points, answer = _killed(folder, self.start, self.command, kill)
            took = time.perf_counter() - began
            return Told(points, answer, took, *self.start.left_in(folder))


def _tried(points: int, tries: int) -> list[int]:
    """The points at which a command is killed, as often as each of them stands here."""
    if tries == 0:
        last = range(max(1, points - _AT_THE_END + 1), points + 1)
        evenly = _SOME - len(last)
        return sorted({*last, *(round(1 + each * (points - 1) / evenly) for each in range(evenly))})
    once = points - _LAST if points > _MANY else 0
    return [*range(1, once + 1, 1 + once // _THINNED), *list(range(once + 1, points + 1)) * tries]


def _killed(folder: Path, start: Start, command: list[str], kill: Kill) -> tuple[int, str]:
    """Run a command in a process of its own that is killed; points passed, what it answered.

    Raises:
        TimeoutError: it did not come to an end by itself.
    """
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        _work(folder, start, command, kill.point, writes)
    os.close(writes)
    ends = time.monotonic() + (_LONGEST_S if kill.seconds is None else kill.seconds)
    is_slow, heard = False, b""
    while True:
        if not is_slow and not select.select([reads], [], [], max(0, ends - time.monotonic()))[0]:
            os.kill(child, signal.SIGKILL)
            is_slow = True
        if not (said := os.read(reads, 4096)):
            break
        heard += said
    os.close(reads)
    os.waitpid(child, 0)
    if is_slow and kill.seconds is None:
        message = f"hangs after {len(heard)} points"
        raise TimeoutError(message)
    points, _, answer = heard.decode().partition("|")
    return len(points) + bool(answer), answer


def _work(folder: Path, start: Start, command: list[str], at: int, writes: int) -> NoReturn:
    passed = 0

    def point(*_: object) -> None:
        nonlocal passed
        passed += 1
        os.write(writes, b".")
        if passed == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def file_point(name: str, _: object) -> None:
        if name in _FILE_EVENTS:
            point()

    os.environ |= start.environment(folder)
    os.chdir(folder)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, point)
    start.watch(point)
    sys.addaudithook(file_point)
    status = 1
    try:
        run(start.typed(command, folder))
    except SystemExit as left:
        status = int(left.code or 0)
    finally:
        # Killed at this point, it has given its answer, and what it answered must be true.
        os.write(writes, f"|{_DONE if status == 0 else 'refused'}".encode())
        if passed + 1 == at:
            os.kill(os.getpid(), signal.SIGKILL)
        os._exit(0)


if __name__ == "__main__":
    main()
