"""Every file that is taken in, mangled: it is taken whole or refused in words, in good time.

`python -m tests.fuzzing MINUTES` goes on for so long, target by target, and keeps each file that
breaks something in `tests/data/corpus`; with 0, what is kept there is tried again, and one mangling
of each sound file. Every try is a process of its own, so that a crash or a hang is seen as one.
"""

import hashlib
import os
import re
import runpy
import shlex
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy.orm import configure_mappers

import disposals
import sites
import workflows
from disposals.cli.main import run
from tests.aftermath import MEMORY, REGISTER, environment, faults
from tests.kinds_of_act import ONE
from tests.mangling import CHANGES, Change, mangled

CORPUS = Path(__file__).parent / "data" / "corpus"
SOUND = CORPUS / "sound"
_VERIFY = Path(__file__).parents[1] / "disposals" / "exports" / "verify.py"
_LONGEST_S = 30
_AT_A_TIME = 12
_MOST_BYTES = 200_000
_RUNS = re.compile(r"__main__|exports\.verify|migrations")  # on import
_LIBRARIES = ("docx", "docxtpl", "geopandas", "openpyxl", "pyarrow", "pyogrio")


class Broken(AssertionError):
    """A file that was neither taken whole nor refused in words."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a file comes in.

    Attributes:
        command: as typed after `disposals`, with {file} for the file.
        seeds: sound files, by the endings of their names.
        may_not: what a refusal leaves as it was, by name; else the register.
    """

    command: str
    endings: tuple[str, ...]
    leaves: str = REGISTER
    statuses: frozenset[int] = field(default=frozenset({0, 1}))


_MAPS = (".geojson", ".gpkg", ".shp.zip", ".kml", ".kmz", ".gml", ".fgb", ".wkt")
TARGETS: Mapping[str, Target] = {
    "sites": Target("site import {file} --all-or-none --source S --because B --fix",
                    (*_MAPS, ".csv", ".xlsx")),
    "assets": Target("site import {file} --all-or-none", (".assets.csv", ".brownfield.csv")),
    "edited": Target("site import {file} --update --all-or-none --because B",
                     (".edited.gpkg", ".edited.geojson")),
    "boundary": Target("site draw wayfarers {file} --source S --because B", _MAPS),
    "parts": Target(
        "site split steele-avenue/part-2 --parts {file} --because B", (".parts.geojson",)
    ),
    "programme": Target("milestone take {file} --apply", (".programme.xlsx",)),
    "options": Target("option add wayfarers --from {file}",
                      (".options.csv", ".options.xlsx", ".options.json", ".options.toml")),
    "bids": Target(f"bid add {ONE} --from {{file}}", (".bids.csv", ".bids.toml")),
    "backup": Target("--register restored.sqlite restore {file}", (".backup",),
                     leaves="restored.sqlite"),
    "bundle": Target("verify {file}", (".bundle.zip",)),
    "workflow": Target("workflow add {file}", (".workflow.toml",)),
    "template": Target("paper report steele-avenue --template {file} -o out.docx", (".docx",)),
    "register": Target("--register {file} audit verify", (".sqlite",)),
    "listed": Target("--register {file} list", (".sqlite",)),
    "document": Target("document add wayfarers {file} --title T --kind notice", (".csv",)),
}  # fmt: skip


@cache
def seeds() -> Mapping[str, bytes]:
    """A sound file of each ending; a process of its own makes what is not kept in the corpus."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "tests.sound_files", folder], check=True)
        return {
            path.name.removeprefix("sound"): path.read_bytes()
            for place in (SOUND, Path(folder))
            for path in place.iterdir()
        }


def tried(name: str, ending: str, content: bytes) -> int:
    """Hand a file in at a target; says how the command ended.

    Raises:
        Broken: a traceback, a crash, a hang, an unknown status, or something half taken.
    """
    target = TARGETS[name]
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as place:
        folder = Path(place)
        (folder / REGISTER).write_bytes(seeds()[".sqlite"])
        (folder / f"file{ending}").write_bytes(content)
        before = _bytes(folder / target.leaves)
        status, said = _ran(target.command.format(file=f"file{ending}"), folder)
        if status not in target.statuses or "Traceback" in said or not said.strip():
            how = f"signal {-status}" if status < 0 else f"status {status}"
            raise Broken(f"{name}{ending}: {how}\n{said[-2000:]}")
        if status == 1 and _bytes(folder / target.leaves) != before:
            raise Broken(f"{name}{ending}: refused, and {target.leaves} was changed\n{said}")
        changed = _bytes(folder / REGISTER) != seeds()[".sqlite"]
        if status == 0 and changed and (wrong := _unsound(folder)):
            raise Broken(f"{name}{ending}: taken, and {wrong}\n{said}")
        return status


def _unsound(folder: Path) -> list[str]:
    return [fault for fault in faults(folder) if not fault.startswith("file")]


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _ran(line: str, folder: Path) -> tuple[int, str]:
    """A command in a process of its own: how it ended, and what it said."""
    with tempfile.TemporaryFile() as told:
        child = os.fork()
        if child == 0:
            signal.alarm(_LONGEST_S)
            _work(shlex.split(line), folder, told.fileno())
        _, ended = os.waitpid(child, 0)
        told.seek(0)
        return os.waitstatus_to_exitcode(ended), told.read().decode(errors="replace")


def _work(words: list[str], folder: Path, told: int) -> None:
    status = 70
    os.environ |= environment(folder)
    os.chdir(folder)
    os.dup2(told, 1)
    os.dup2(told, 2)
    try:
        if words[0] == "verify":
            sys.argv = ["verify.py", *words[1:]]
            runpy.run_path(str(_VERIFY), run_name="__main__")
        else:
            run(words)
        status = 0
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else int(left.code is not None)
        if isinstance(left.code, str):
            os.write(2, left.code.encode())
    except BaseException:  # noqa: BLE001 (it is told)
        traceback.print_exc()
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def load() -> None:
    """Load what a try needs, so that its process need not; nothing here may start a thread."""
    for name in _LIBRARIES:
        import_module(name)
    for package in (disposals, sites, workflows):
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            if not _RUNS.search(found.name):
                import_module(found.name)
    configure_mappers()
    seeds()


@dataclass(slots=True)
class Log:
    """What was tried, how it ended, and what broke."""

    ends: Counter[tuple[str, int]] = field(default_factory=Counter)
    broken: set[str] = field(default_factory=set)
    last: bytes = b""

    def note(self, name: str, content: bytes, status: int | None) -> None:
        """Note a file that is about to be tried, with no status, or how it ended."""
        self.last = content
        if status is not None:
            self.ends[name, status] += 1

    def tell(self, name: str, where: str, error: Broken) -> None:
        """Tell of something broken once, however many files break it."""
        if (last_line := str(error).rstrip().rpartition("\n")[2]) not in self.broken:
            self.broken.add(last_line)
            sys.stdout.write(f"\n{where}\n{error}\n")
            sys.stdout.flush()
        self.ends[name, 70] += 1


def property_of(name: str, ending: str, number: int, examples: int, log: Log) -> Callable[[], None]:
    """That no mangling of the sound file of an ending breaks a target."""

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(CHANGES, st.integers(0, 40), st.booleans())
    def holds(changes: list[Change], member: int, inside: bool) -> None:  # noqa: FBT001 (drawn)
        content = mangled(seeds()[ending], changes, member, inside=inside)
        log.note(name, content, None)
        log.note(name, content, tried(name, ending, content))

    return holds


def keep(name: str, ending: str, content: bytes) -> str:
    """Put a file that broke something into the corpus, unless it is large; says where."""
    if len(content) > _MOST_BYTES:
        return f"{name}{ending}, which is too large for the corpus: write a test of it"
    place = CORPUS / name
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{hashlib.sha256(content).hexdigest()[:12]}{ending}"
    path.write_bytes(content)
    return str(path)


def main() -> None:
    """Go on for some minutes; status 1 if anything broke."""
    minutes, only = float(sys.argv[1]), sys.argv[2:]
    load()
    log = Log()
    pairs = [
        (name, ending) for name, target in TARGETS.items() for ending in target.endings
        if not only or name in only
    ]  # fmt: skip
    if minutes:
        number, until = int(time.time()), time.monotonic() + 60 * minutes
        while time.monotonic() < until:
            number += 1
            _mangle(*pairs[number % len(pairs)], number, _AT_A_TIME, log)
    else:
        for path in sorted(CORPUS.glob("*/*")):
            if path.parent.name in TARGETS:
                _try_again(path, log)
        for name, ending in pairs:
            _mangle(name, ending, 1, 1, log)
    for name in TARGETS:
        told = f"{log.ends[name, 0]:6} taken, {log.ends[name, 1]:6} refused"
        sys.stdout.write(f"{name:10} {told}, {log.ends[name, 70]:3} broken\n")
    sys.exit(1 if log.broken else 0)


def _mangle(name: str, ending: str, number: int, examples: int, log: Log) -> None:
    try:
        property_of(name, ending, number, examples, log)()
    except Broken as error:
        log.tell(name, keep(name, ending, log.last), error)


def _try_again(path: Path, log: Log) -> None:
    name, ending = path.parent.name, path.name[path.name.index(".") :]
    try:
        log.note(name, path.read_bytes(), tried(name, ending, path.read_bytes()))
    except Broken as error:
        log.tell(name, str(path), error)


if __name__ == "__main__":
    main()
