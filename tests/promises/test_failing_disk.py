"""A disk that is full or fails leaves all of a command or nothing, and the officer is told.

Some writes of some commands fail here, in turn; `make starve` lets every one fail, of every kind.
"""

import ctypes
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.aftermath import REGISTER, environment, faults, told, unfinished
from tests.kinds_of_act import KINDS, OUTPUTS, KindOfAct

ALL = "DISPOSALS_STARVED" in os.environ
WAYS = {**KINDS, **OUTPUTS}
# Of each of these, every so manieth write fails, and each of the last.
FEW = {
    "a move": 27, "twelve options from a file": 24, "a document": 12, "a backup": 99,
    "a backup restored": 99, "a sheet of the programme": 20,
}  # fmt: skip
_SOURCE = Path(__file__).parents[1] / "failing_disk.c"


@pytest.fixture(scope="session")
def failing_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that lets writes fail, compiled."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("Failing disks are made with a C compiler on Linux, and there is none.")
    made = tmp_path_factory.mktemp("disk") / "failing_disk.so"
    line = [compiler, "-shared", "-fPIC", "-O1", "-o", str(made), str(_SOURCE), "-ldl"]
    subprocess.run(line, check=True)
    return made


def lay_out(folder: Path, kind: KindOfAct, handed_in: Path) -> None:
    """A folder as it is before a command."""
    shutil.copytree(handed_in, folder, dirs_exist_ok=True)
    if (register := kind.start()) is not None:
        (folder / REGISTER).write_bytes(register)


def carried_out(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a command, typed in a folder of its own, said."""
    return subprocess.run(
        [sys.executable, "-m", "disposals", *shlex.split(command)],
        cwd=folder, env=os.environ | environment(folder), capture_output=True, text=True,
        check=False,
    )  # fmt: skip


@pytest.mark.parametrize("name", WAYS if ALL else FEW)
def test_each_write_that_fails_leaves_all_or_nothing(
    name: str, handed_in: Path, tmp_path: Path, failing_disk: Path
) -> None:
    kind = WAYS[name]
    lay_out(tmp_path, kind, handed_in)
    step = 1 if ALL else FEW[name]
    given = [str(tmp_path), kind.command, str(step), str(int(kind.has_threads))]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.starving", *given],
        env=os.environ | {"LD_PRELOAD": str(failing_disk)}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    found = json.loads(ran.stdout)
    if ALL:
        sys.stderr.write(f"\n{name}: {found}\n")
    assert found["wrong"] == []
    assert found["outcomes"]["before"] > 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of eight megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "mount") or libc.mount(
        b"tmpfs", str(place).encode(), b"tmpfs", ctypes.c_ulong(0), b"size=8m"
    ):
        pytest.skip("Only root on Linux may mount a small disk, and this is not root.")
    yield place
    libc.umount2(str(place).encode(), 2)


@pytest.mark.parametrize("name", ["a document", "a backup", "a layer as GeoPackage"])
def test_a_full_disk_is_told_and_once_there_is_room_the_act_is_done(
    name: str, handed_in: Path, small_disk: Path
) -> None:
    lay_out(small_disk, kind := WAYS[name], handed_in)
    (small_disk / "estate.backup").unlink()
    filler = small_disk / ".filler"
    with filler.open("wb") as file:
        room = os.statvfs(small_disk)
        file.write(bytes((room.f_bavail - 1) * room.f_frsize))
    before = told(small_disk)
    refused = carried_out(kind.command, small_disk)
    assert refused.returncode == 1
    assert "full" in refused.stderr or "no space left" in refused.stderr, refused.stderr
    assert "Traceback" not in refused.stderr
    assert unfinished(small_disk) == [".filler"]
    assert (told(small_disk), faults(small_disk)) == (before, [])
    filler.unlink()
    done = carried_out(kind.command, small_disk)
    assert done.returncode == 0, done.stderr
    assert faults(small_disk) == []
    assert told(small_disk) != before
