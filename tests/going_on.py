"""Kill a command that goes on where it was cut short, say it again, and see that it then is done.

Run as a program of its own with what `tests.crashing` is given. Of such a command a moment between
before and after may remain, but none at which two registers take acts, or one is not sound; and
whoever says it again has all that it was to do. In COMMAND, `{database}` stands for the address of
a register in DATABASE: then it starts from the file.
"""

import json
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from disposals.history.raw import Raw, raw_of
from disposals.history.verifying import verify
from disposals.kept import kept
from disposals.records import FORMAT, evidence_kinds, vouched_for
from disposals.register import format_of, is_there
from disposals.storage import storage_of
from disposals.storage.address import Address, Place, place_of
from tests.aftermath import REGISTER, Start, environment, rows_in
from tests.aftermath_on_postgres import StartOnPostgres
from tests.crashing import Crashes

_DATABASE = "{database}"
_MOVE = "move"


def main() -> None:
    """Try a command from the line that called this program."""
    folder, command, tries, threads, *database = sys.argv[1:]
    start = GoingOn(Path(folder)) if not database else GoingOnPostgres(Path(folder), *database)
    start.command = shlex.split(command)
    start.warm_up(start.command, has_threads=bool(int(threads)))
    sys.stdout.write(json.dumps(Crashes(start, start.command).found(int(tries))))


class GoingOn(Start):
    """How things stand before a command that is said again whenever it was cut short."""

    command: list[str]

    def left_in(self, folder: Path) -> tuple[str, list[str]]:
        """What stands once the command was said again, and what is or was not sound."""
        amiss = [f"meanwhile, {each}" for each in self._amiss(folder)]
        said_again = os.fork()
        if said_again == 0:
            try:
                self.carry_out(self.command, folder)
            finally:
                os._exit(0)
        os.waitpid(said_again, 0)
        state, found = super().left_in(folder)
        arrived = [row for register in folder.glob("*.sqlite") for row in rows_in(register)]
        told = "\n".join([state, *arrived]).replace(str(folder), "HERE")
        return told, [*amiss, *found, *self._amiss(folder)]

    def _amiss(self, folder: Path) -> Iterator[str]:
        """What is not as it must be at every moment."""
        there = [place for place in self._places(folder) if is_there(place)]
        if sum(map(_takes_acts, there)) > 1:
            yield "two registers take acts"
        for place in there:
            if format_of(place) == FORMAT:
                with _rows(place) as raw:
                    for fault in verify(raw, vouched_for(), kept(evidence_kinds())).faults:
                        yield f"{place}: {fault}"
        for copy in folder.glob(f"{REGISTER}.format-*"):
            if rows_in(copy) != rows_in(self.folder / REGISTER):
                yield f"{copy.name} is not the register as it was"

    def _places(self, folder: Path) -> list[Place]:
        """Where a register lies, or is to lie."""
        named = [self.environment(folder)["DISPOSALS_REGISTER"]]
        if _MOVE in self.command:
            named += self.typed(self.command, folder)[-1:]
        return [place if isinstance(place, Address) else folder / place
                for place in map(place_of, named)]  # fmt: skip


class GoingOnPostgres(GoingOn, StartOnPostgres):
    """The same where a database has a part in it."""

    def __init__(self, folder: Path, socket: str, name: str) -> None:
        super().__init__(folder, socket, name)
        self.server.database(f"{name}_before", folder, like=name)

    def _bring_back(self) -> None:
        """Copy the database as it was: its very tables may be others now."""
        self.server.run(f"DROP DATABASE {self.name} WITH (FORCE)")
        self.server.database(self.name, self.folder, like=f"{self.name}_before")

    def environment(self, folder: Path) -> dict[str, str]:
        """The register is where the command starts from."""
        if _DATABASE in self.command:
            return environment(folder)
        return super().environment(folder)

    def left_in(self, folder: Path) -> tuple[str, list[str]]:
        """Likewise, once the server has ended what the killed command asked of it."""
        with self.server.connected(self.name) as connection:
            self.server.await_nobody(connection)
        return super().left_in(folder)

    def typed(self, command: list[str], folder: Path) -> list[str]:
        """The command with the address of the database in it."""
        address = str(self._address(folder))
        return [address if word == _DATABASE else word for word in command]


@contextmanager
def _rows(place: Place) -> Iterator[Raw]:
    """What stands in a register of whatever version."""
    engine = storage_of(place).engine()
    try:
        with engine.begin() as connection:
            yield raw_of(connection)
    finally:
        engine.dispose()


def _takes_acts(place: Place) -> bool:
    with _rows(place) as raw:
        return storage_of(place).closed(raw) is None


if __name__ == "__main__":
    main()
