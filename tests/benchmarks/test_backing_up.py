"""How fast a backup is made, beside a bare copy of the same bytes that waits for the disk.

And beside what a careful administrator does by hand: SQLite's own online backup, then its check of
every page, then a copy of the documents; which verifies no chain and no document. Once for papers,
once for a long history. Run it with `make bench`.
"""

import hashlib
import os
import shutil
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from disposals import backup
from disposals.backup.archive import Packing
from tests.benchmarks.acts import fill
from tests.benchmarks.processes import Took, measured
from tests.conftest import AT, Said

PAPERS, EACH_BYTES, ROUNDS = 10, 20_000_000, 5
# What a backup does one after the other; the hash of each piece is taken while it is written.
STAGES = {
    (backup, "_copy"): "copying the register",
    (Packing, "add"): "packing and hashing",
    (backup, "sealed"): "verifying",
}


def copied(path: Path, target: Path) -> None:
    """A bare copy, on the disk when it returns."""
    with path.open("rb") as file, target.open("wb") as copy:
        shutil.copyfileobj(file, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())


def by_hand(register: Path, target: Path) -> None:
    """A backup as an administrator makes it, on the disk when it returns."""
    with (
        closing(sqlite3.connect(register)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    for paper in register.with_name(f"{register.name}.documents").rglob("*/*"):
        copied(paper, target.with_name(paper.name))


def hashed(path: Path) -> None:
    """The hash of a file, and nothing else."""
    with path.open("rb") as file:
        hashlib.file_digest(file, "sha256")


def of_papers(path: Path, kent_file: Path, disposals: Callable[..., Said]) -> None:
    """The Kent example with 200 MB of documents."""
    shutil.copy(kent_file, path)
    for number in range(PAPERS):
        paper = path.with_name(f"paper-{number}")
        paper.write_bytes(os.urandom(EACH_BYTES))
        asked = ("--title", paper.name, "--kind", "report")
        assert disposals("document", "add", "wayfarers", str(paper), *asked).status == 0


@pytest.fixture
def spent(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """The seconds that each stage takes by the clock."""
    seconds: dict[str, float] = defaultdict(float)

    def timed(true: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:
            began = time.perf_counter()
            try:
                return true(*given, **more)
            finally:
                seconds[stage] += time.perf_counter() - began

        return call

    for (owner, name), stage in STAGES.items():
        monkeypatch.setattr(owner, name, timed(getattr(owner, name), stage))
    return seconds


@pytest.mark.parametrize("holds", ["papers", "200,000 acts"])
def test_a_backup_beside_a_bare_copy_and_one_by_hand(
    holds: str, path: Path, kent_file: Path, disposals: Callable[..., Said], tmp_path: Path,
    spent: dict[str, float],
) -> None:  # fmt: skip
    if holds == "papers":
        of_papers(path, kent_file, disposals)
    else:
        fill(path)
    target, other = tmp_path / "estate.backup", tmp_path / "by hand" / "copy"
    works: Mapping[str, Callable[[], object]] = {
        "ours": lambda: backup.back_up(path, target, at=AT),
        "hashing": lambda: hashed(target),
        "bare": lambda: copied(target, other),
        "by hand": lambda: by_hand(path, other),
    }
    took: dict[str, list[Took]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        target.unlink(missing_ok=True)
        for name, work in works.items():
            other.parent.mkdir()
            took[name].append(measured(work))
            shutil.rmtree(other.parent)
    clock = {name: [each for each, _ in times] for name, times in took.items()}
    total = sum(clock["ours"])
    shares = {**spent, "waiting for the disk while reading again": total - sum(spent.values())}
    print(
        f"\n{holds}: {target.stat().st_size / 1e6:,.0f} MB backed up in "
        f"{median(clock['ours']):.2f} s ({median(cpu for _, cpu in took['ours']):.2f} s of "
        f"processor): {', '.join(f'{stage} {each / total:.0%}' for stage, each in shares.items())}."
        f" Hashing alone takes {median(clock['hashing']):.2f} s, a bare copy "
        f"{median(clock['bare']):.2f} s, a backup by hand {median(clock['by hand']):.2f} s "
        f"({median(cpu for _, cpu in took['by hand']):.2f} s of processor). Pair by pair: "
        f"{_ratio(clock['ours'], clock['bare'])} times the bare copy, "
        f"{_ratio(clock['ours'], clock['by hand'])} times the one by hand"
    )


def _ratio(ours: list[float], others: list[float]) -> str:
    ratios = sorted(each / other for each, other in zip(ours, others, strict=True))
    return f"{median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
