"""An officer at the command line, on a register of the test's own."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from disposals.storage.address import Place
from tests.conftest import Said

# What a sale of land that is nobody's but the council's is asked before contracts are exchanged.
QUESTIONS = (
    "crichel-down", "other-purpose", "open-space", "community-value", "school", "housing",
    "allotment", "highway", "trust",
)  # fmt: skip


@dataclass(frozen=True)
class Officer:
    """Types a line as it would stand in a shell, and knows whether it is to be refused."""

    line: Callable[..., Said]

    def does(self, line: str) -> Said:
        """A command that succeeds."""
        said = self.line(*shlex.split(line))
        assert said.status == 0, said.err + said.out
        return said

    def is_refused(self, line: str) -> str:
        """A command that is refused; what was said about it."""
        said = self.line(*shlex.split(line))
        assert said.status == 1, said.err + said.out
        return said.out + said.err


@pytest.fixture
def officer(kent_place: Place, disposals: Callable[..., Said]) -> Officer:  # noqa: ARG001
    """An officer at work on a copy of the Kent example."""
    return Officer(disposals)
