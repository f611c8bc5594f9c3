"""Commands tried in this process on a register of their own, and what they printed."""

import os
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from disposals import examples
from disposals.cli.main import run
from tests.conftest import AT
from tests.refused_acts import FILES, RefusedAct

_WIDTH = "160"  # so that nothing is broken that a terminal would break
_FRAME = re.compile(r"[│╭╮╰╯─]+")
_NOISE = ("Example register", "Usage:", "Try '")


@dataclass(frozen=True, slots=True)
class Tried:
    """How a command ended, what it printed, and the register before it and after."""

    status: int
    said: str
    before: bytes
    after: bytes


def tried(act: RefusedAct, command: str = "") -> Tried:
    """Try an act on a copy of the example register, with the files it names beside it.

    Args:
        command: tried in the same situation in place of the one that is refused.
    """
    with folder_of_its_own() as folder:
        register = folder / "register.sqlite"
        register.write_bytes(prepared(act.after))
        for name, write in FILES.items():
            if name in act.command.split():
                write(folder / name)
        before = register.read_bytes()
        status, said = command_line(command or act.command, act.typed)
        return Tried(status, said, before, register.read_bytes())


@cache
def prepared(lines: tuple[str, ...]) -> bytes:
    """The example register after some commands, each of which must succeed.

    Raises:
        AssertionError: one is refused; says how.
    """
    with folder_of_its_own() as folder:
        register = folder / "register.sqlite"
        if lines:
            register.write_bytes(prepared(lines[:-1]))
            status, said = command_line(lines[-1], "first opener\nsecond opener\n")
            assert status == 0, f"{lines[-1]}\n{said}"
        else:
            examples.create("kent", register, at=AT)
        return register.read_bytes()


@contextmanager
def folder_of_its_own() -> Iterator[Path]:
    """A folder of its own, which is where commands run."""
    here = Path.cwd()
    with TemporaryDirectory() as name:
        os.chdir(name)
        try:
            yield Path(name)
        finally:
            os.chdir(here)


def command_line(line: str, typed: str) -> tuple[int, str]:
    """The exit status of a command, and what it said."""
    printed = StringIO()
    environment = {
        "DISPOSALS_REGISTER": "register.sqlite",
        "DISPOSALS_USER": "Disposals Surveyor",
        "COLUMNS": _WIDTH,
        "NO_COLOR": "1",
    }
    with (
        patch.dict(os.environ, environment),
        patch.object(sys, "stdin", StringIO(typed)),
        redirect_stdout(printed),
        redirect_stderr(printed),
    ):
        try:
            run(shlex.split(line))
            status = 0
        except SystemExit as left:
            status = int(left.code or 0)
    return status, _plain(printed.getvalue())


def _plain(printed: str) -> str:
    """What was said, without the frame that a terminal draws around wrong usage."""
    lines = [_FRAME.sub("", line).strip() for line in printed.splitlines()]
    told = [line for line in lines if line and line != "Error" and not line.startswith(_NOISE)]
    return "\n".join(told)
