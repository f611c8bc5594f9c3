"""Let each write of a command to the disk fail in turn, and see what is left of it.

Run as a program of its own with `failing_disk.c` preloaded, which forks for every try:
`python -m tests.starving FOLDER COMMAND STEP THREADS` lets every STEPth write fail, in each of the
ways in which a disk fails; the rest is as for `tests.crashing`. It prints what it found as JSON.
"""

import ctypes
import json
import os
import shlex
import signal
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

from disposals.cli.main import run
from tests.aftermath import Start, environment, unfinished

_SOUND = 0
WAYS = {"full": 1, "one error": 2, "dead": 3}
# The last writes are the commit and what follows it, so all of them are tried.
_LAST = 4
_LONGEST_S = 60


def main() -> None:
    """Try a command from the line that called this program."""
    folder, command, step, threads = sys.argv[1:]
    starved = Starved(Path(folder), shlex.split(command), has_threads=bool(int(threads)))
    sys.stdout.write(json.dumps(starved.found(int(step))))


class Starved:
    """A command where a register lies, on a disk that fails."""

    def __init__(self, folder: Path, command: list[str], *, has_threads: bool) -> None:
        self.start, self.command = Start(folder), command
        self.start.warm_up(command, has_threads=has_threads)
        self.disk = ctypes.CDLL(None)

    def found(self, step: int) -> dict[str, Any]:
        """How often it was wholly before and wholly after, and all that is not as promised."""
        wrong: list[str] = []
        with self.start.laid_out() as folder:
            status, said, writes = self._run(folder, _SOUND, 0)
            after, faults = self.start.left_in(folder)
            if status != 0 or faults:
                return {"wrong": [f"On a sound disk: {status} {said} {faults}"]}
        outcomes: Counter[str] = Counter()
        tried = sorted({*range(1, writes + 1, step), *range(max(1, writes - _LAST), writes + 1)})
        for way, number in WAYS.items():
            for at in tried:
                with self.start.laid_out() as folder:
                    status, said, _ = self._run(folder, number, at)
                    lying = unfinished(folder)
                    state, faults = self.start.left_in(folder)
                name = f"{way} at write {at} of {writes}"
                wrong += [f"{name}: {each}" for each in faults]
                wrong += [f"{name}: {each} was left lying" for each in lying]
                is_before, is_after = state == self.start.state, state == after
                outcomes["before" if is_before else "after" if is_after else "neither"] += 1
                if not (is_before or is_after):
                    wrong.append(f"{name}: neither before nor after")
                if status == 0 and not is_after:
                    wrong.append(f"{name}: said to be done, and is lost")
                if status not in {0, 1} or (status == 1 and not said.strip()):
                    wrong.append(f"{name}: ended with {status}: {said}")
                if "Traceback" in said:
                    wrong.append(f"{name}: {said[-600:]}")
        return {"writes": writes, "outcomes": outcomes, "wrong": wrong}

    def _run(self, folder: Path, way: int, at: int) -> tuple[int, str, int]:
        """Run the command in a process of its own: how it ended, what it said, its writes."""
        with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as counted:
            child = os.fork()
            if child == 0:
                self._work(folder, way, at, told.fileno(), counted.fileno())
            _, ended = os.waitpid(child, 0)
            told.seek(0)
            counted.seek(0)
            said = told.read().decode(errors="replace")
            return os.waitstatus_to_exitcode(ended), said, int(counted.read() or 0)

    def _work(self, folder: Path, way: int, at: int, told: int, counted: int) -> None:
        os.environ |= environment(folder)
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(told, 2)
        status = 70
        signal.alarm(_LONGEST_S)
        self.disk.disk_fails(str(folder).encode(), way, ctypes.c_long(at))
        try:
            run(self.command)
            status = 0
        except SystemExit as left:
            status = int(left.code or 0)
        except BaseException:  # noqa: BLE001 (it is told)
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os.write(counted, str(self.disk.disk_operations()).encode())
            os._exit(status)


if __name__ == "__main__":
    main()
