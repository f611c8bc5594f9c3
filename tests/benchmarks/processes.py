"""Whole processes, run to their end and measured beside each other.

What counts is the time of the processor, user and system together, for the machine may be shared;
and the ratio pair by pair, for its speed drifts.
"""

import os
import resource
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Beside:
    """How long ours took beside what it is measured by, pair by pair; seconds of processor time."""

    pairs: tuple[tuple[float, float], ...]

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return median(ours / other for ours, other in self.pairs)

    def __str__(self) -> str:
        ratios = sorted(ours / other for ours, other in self.pairs)
        ours, other = (median(each) for each in zip(*self.pairs, strict=True))
        return (
            f"{ours:.3f} s of processor time, bare {other:.3f} s, ratio {self.ratio:.2f} "
            f"(from {ratios[0]:.2f} to {ratios[-1]:.2f})"
        )


def beside(
    ours: list[str], bare: list[str], register: Path, *, rounds: int,
    before_each: Callable[[], object] = lambda: None,
) -> Beside:  # fmt: skip
    """Run two commands in turn, on the same register; a first pair warms the caches."""
    pairs = []
    for _ in range(rounds + 1):
        before_each()
        pairs.append((seconds(ours, register), seconds(bare, register)))
    return Beside(tuple(pairs[1:]))


def seconds(line: list[str], register: Path) -> float:
    """The processor time of a process and of what it starts."""
    environment = os.environ | {"DISPOSALS_REGISTER": str(register)}
    environment.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # installed software is compiled, and so is ours
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(line, env=environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


Took = tuple[float, float]


def measured(work: Callable[[], object]) -> Took:
    """How long something takes in this process: seconds by the clock, and of the processor."""
    began, began_cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - began_cpu
