"""How fast a backup is made beside a bare copy of the same bytes that waits for the disk.

The Kent example with 200 MB of documents. What is spent on verifying is told apart: the chain of
the copy, and the archive unpacked again once it is made. Run it with `make bench`.
"""

import os
import shutil
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from disposals import backup
from tests.benchmarks.processes import measured
from tests.conftest import AT, Said

PAPERS, EACH_BYTES = 10, 20_000_000


def copied(path: Path, target: Path) -> None:
    """A bare copy, on the disk when it returns."""
    with path.open("rb") as file, target.open("wb") as copy:
        shutil.copyfileobj(file, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())


def test_a_backup_beside_a_bare_copy(
    kent_file: Path,
    path: Path,
    disposals: Callable[..., Said],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copy(kent_file, path)
    for number in range(PAPERS):
        paper = tmp_path / f"paper-{number}"
        paper.write_bytes(os.urandom(EACH_BYTES))
        asked = ("--title", paper.name, "--kind", "report")
        assert disposals("document", "add", "wayfarers", str(paper), *asked).status == 0
    spent: dict[str, float] = defaultdict(float)

    def timed(name: str) -> Callable[..., object]:
        true = getattr(backup, name)

        def call(*given: object) -> object:
            began = time.perf_counter()
            try:
                return true(*given)
            finally:
                spent[name] += time.perf_counter() - began

        return call

    for name in ("_refuse_unsound", "_unpacked"):
        monkeypatch.setattr(backup, name, timed(name))
    target = tmp_path / "estate.backup"
    took, cpu = measured(lambda: backup.back_up(path, target, at=AT))
    copying, _ = measured(lambda: copied(target, tmp_path / "bare"))
    # The copy is verified before it is packed, and again within the archive.
    verifying = spent["_unpacked"] + spent["_refuse_unsound"] / 2
    print(
        f"\n{target.stat().st_size / 1e6:,.0f} MB backed up in {took:.1f} s ({cpu:.1f} s of "
        f"processor), of which {verifying:.1f} s verify; a bare copy takes {copying:.2f} s. "
        f"Without verifying: {(took - verifying) / copying:.1f} times the bare copy"
    )
