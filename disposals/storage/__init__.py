"""Where a register lies, and what is one database's own: how it opens, locks, guards and complains.

Nothing above this floor knows which database it is; what all of them share is in `register.py`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, Self

from sqlalchemy import Connection, Engine

from disposals.errors import NotARegister
from disposals.history.raw import Raw
from disposals.storage.address import Address, Place
from disposals.storage.findings import Finding

Guard = Callable[["Storage", Connection, int], None]
# An execution option: the transaction writes, to whatever it will (`EVERYTHING`) or to one case and
# its family (`A_CASE`).
WRITING = "disposals_writing"
EVERYTHING, A_CASE = "everything", "a case"
CLOSED = "moved: "  # how a database begins to refuse what is written to a register that was moved
BEING_MOVED = (
    "Someone else is bringing a register to {place} at this moment. Wait until that has come to an "
    "end, then repeat."
)
MOVED_ON = (
    "{said} Nothing was recorded; name that one with `--register` or DISPOSALS_REGISTER. If "
    "nothing is there, the move was cut short: repeat `disposals db move`, which ends it."
)


class Storage(Protocol):
    """A register's place, and how that kind of place is worked with."""

    @property
    def place(self) -> Place:
        """Where it lies, as it is told to officers."""

    @property
    def documents(self) -> Path:
        """The folder of its documents.

        Raises:
            NoDocuments: the place does not say where they lie.
        """

    def take_documents(self, *, new: bool = False) -> Path:
        """The folder of its documents, for whoever puts one into it: it is there.

        Args:
            new: a register is brought here, so that the folder itself may be made, where an address
                names it; its parents never, for a disk that is not mounted would be written past.

        Raises:
            NoDocuments: the place does not say where they lie, or no such folder is there.
            CannotWriteRegister: it can't be made.
        """

    def is_there(self) -> bool:
        """Whether anything is at the place, a register or not."""

    def is_same(self, other: "Storage") -> bool:
        """Whether both are one place, however each is written."""

    def format(self) -> int:
        """The version of its tables.

        Raises:
            NoRegister: nothing is there.
            NotARegister: something else is there, or it is damaged.
        """

    def engine(self, *, checks_references: bool = True) -> Engine:
        """Connections whose transactions write where `WRITING` says so, and then one at a time."""

    def refuse_read_only(self) -> None:
        """Refuse what would write where nothing can be written.

        Raises:
            CannotWriteRegister: says why.
        """

    def in_words(self) -> AbstractContextManager[None]:
        """Turn what the database says into what an officer can act on; else let it pass."""

    def refuse_older_format(self, connection: Connection) -> None:
        """Refuse to bring a register to an older format where what others made is in the way.

        That is where a table of it is kept in parts, or another's view stands on it.

        Raises:
            CannotWriteRegister: names it, and says what to do first.
        """

    def making(self) -> "AbstractContextManager[Storage]":
        """A place without tables that becomes this one when the block ends; nothing if it raises.

        Raises:
            AlreadyRecorded: something is there already; it is left as it is.
            CannotWriteRegister: nothing can be written there.
        """

    def extras(self, columns: Mapping[str, Collection[str]]) -> Iterator[str]:
        """The statements that make what this database has beside the tables."""

    def alone(self) -> AbstractContextManager[None]:
        """Let nobody else bring a register to this place while the block lasts.

        Raises:
            RegisterInUse: someone is doing so.
            CannotWriteRegister: nothing can be written there.
        """

    def aside(self) -> Self:
        """A place beside it, where a register is brought together that will take this one."""

    def prepare(self) -> None:
        """Make the place, without tables; it may be there already.

        Raises:
            CannotWriteRegister: nothing can be written there.
        """

    def take(self, aside: Self) -> None:
        """Let what was brought together aside be the register of this place.

        Raises:
            AlreadyRecorded: something is there already; it is left as it is.
        """

    @property
    def removal(self) -> str:
        """How officers take away what nobody needs there, as the beginning of a sentence."""

    def discard(self) -> None:
        """Remove the place and all that is in it."""

    def hold(self, connection: Connection, case: str) -> None:
        """Keep everyone else off a case and its family while a transaction writes to it."""

    def queue(self, connection: Connection) -> None:
        """Wait until nobody else is writing to the ledger, and keep them off it."""

    def keep_as_it_was(
        self, format_: int, tables: Callable[[Connection], None], guard: Guard
    ) -> Place:
        """Keep a copy of the register, which has that format; says where.

        It is as at one moment where a transaction that has written nothing yet holds it still.

        Args:
            tables: makes the tables of that format.
            guard: guards a register of that format.

        Raises:
            CannotWriteRegister: another one is there, or nothing can be written there.
            NotARegister: the register is damaged.
        """

    def loose_ends(self, connection: Connection) -> str | None:
        """A table with a row that refers to nothing, where the database does not see to it."""

    def continue_keys(self, connection: Connection) -> None:
        """Let new rows go on from the highest key of each table."""

    def refuse_another_owner(self, connection: Connection) -> None:
        """Refuse whoever may not close it to writing, before it is carried anywhere.

        Raises:
            CannotWriteRegister: says who may.
        """

    def close_to_writing(self, connection: Connection, because: str) -> None:
        """Take nothing more, and say why to whoever tries; what is there can be read."""

    def closed(self, raw: Raw) -> str | None:
        """Why it takes nothing more, as `close_to_writing` was told; None where it takes acts."""

    def guards(
        self, kinds: Iterable[str], columns: Mapping[str, Collection[str]], format_: int
    ) -> Iterator[str]:
        """The statements that make the register refuse what nobody may do.

        Args:
            kinds: the tables of evidence.
            columns: those of every table there is; a register of an older format has fewer of both.
            format_: that of the register.
        """

    def entitle(self, connection: Connection) -> None:
        """Set the rights of officers and readers anew, where they have any here."""

    def unguard(self, connection: Connection) -> None:
        """Let everything be changed until it is guarded again."""

    def guards_amiss(self, raw: Raw, kinds: Iterable[str]) -> list[str]:
        """The guards that are not there, or are not what they were made as.

        Args:
            kinds: the tables of evidence.
        """

    def strangers(self, raw: Raw, kinds: Iterable[str]) -> list[str]:
        """What this program did not make, and what could alter what is written or keep it out.

        Args:
            kinds: the tables of evidence.
        """

    def damage(self) -> list[str]:
        """What the database itself finds damaged, such as an index that leaves out rows."""

    def findings(self) -> Iterator[Finding]:
        """Whether the database itself is as it should be."""

    def forgets(self, raw: Raw) -> None:
        """Let nothing of what a transaction overwrites stay behind, where that is said before."""

    def overwrite_freed(self) -> None:
        """Let nothing of what was overwritten stay behind, where that is done afterwards."""


def format_in(place: Place, rows: Sequence[tuple[object, ...]]) -> int:
    """The version of a register's tables, from the column of it as it was read.

    Raises:
        NotARegister: it says none, more than one, or no number that could be one.
    """
    match rows:
        case [(int(said),)] if said > 0:
            return said
    raise NotARegister(
        f"{place} is not a register of this software, or is damaged: of its format it should say "
        "one number, and does not. Restore it from a backup."
    )


def storage_of(place: Place) -> Storage:
    """How a place is worked with."""
    if isinstance(place, Address):
        from disposals.storage.postgres import PostgresSchema

        return PostgresSchema(place)
    from disposals.storage.sqlite import SqliteFile

    return SqliteFile(place)
