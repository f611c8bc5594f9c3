"""What a command left behind where it was cut short: wholly before, wholly after, or neither.

A command is typed in a folder of its own, which holds the register, if there is one, and the files
that officers hand in.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout, suppress
from importlib import import_module
from pathlib import Path

from disposals.backup import verified
from disposals.cli.main import run
from disposals.errors import DisposalsError
from disposals.history.verifying import verify
from disposals.kept import kept
from disposals.records import FORMAT, evidence_kinds, vouched_for
from disposals.register import format_of
from disposals.storage import sqlite as sqlite_file

REGISTER = "register.sqlite"
_JOURNAL = f"{REGISTER}-journal"
_OF_THE_REGISTER = "register."
MEMORY = Path("/dev/shm")  # noqa: S108 (what is killed loses nothing that a disk would have kept)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(\+00:00)?")
# Salts are drawn by lot, and what is hashed holds moments and salts.
_DIGEST = re.compile(r"[0-9a-f]{32,}")
_CHAINED = re.compile(r'(INSERT INTO "ledger_entry" VALUES\(\d+,).*')


class Start:
    """How things stand before a command: a folder, and a register in a file in it or none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lies = lying(folder)
        self.state = told(folder)

    @contextmanager
    def laid_out(self) -> Iterator[Path]:
        """A folder of its own as it is before the command."""
        with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
            shutil.copytree(self.folder, name, dirs_exist_ok=True)
            yield Path(name)

    def environment(self, folder: Path) -> dict[str, str]:
        """What the command goes by in a folder that was laid out."""
        return environment(folder)

    def typed(self, command: list[str], folder: Path) -> list[str]:  # noqa: ARG002
        """The command as it is typed in a folder that was laid out."""
        return command

    def watch(self, point: Callable[..., None]) -> None:
        """Have points called beside those of SQLAlchemy and of files, in a process to be killed.

        What acts say to SQLite past SQLAlchemy, as they do for history and ledger, is traced.
        """
        connected = sqlite_file._connected

        def traced(path: Path) -> sqlite3.Connection:
            connection = connected(path)
            connection.set_trace_callback(point)
            return connection

        sqlite_file._connected = traced

    def warm_up(self, command: list[str], *, has_threads: bool) -> None:
        """Carry a command out once, so that a try need not load it again.

        Threads do not survive a fork: a command that has any is carried out in a process of its
        own, and what it loaded is loaded here.
        """
        with self.laid_out() as folder:
            loaded = folder / ".loaded"
            if not has_threads:
                here = Path.cwd()
                self.carry_out(command, folder)
                os.chdir(here)
                return
            child = os.fork()
            if child == 0:
                self.carry_out(command, folder)
                loaded.write_text("\n".join(sys.modules))
                os._exit(0)
            os.waitpid(child, 0)
            for name in loaded.read_text().splitlines():
                with suppress(ImportError):
                    import_module(name)

    def carry_out(self, command: list[str], folder: Path) -> None:
        """Carry a command out here, to whatever end it comes."""
        with Path(os.devnull).open("w") as nowhere:
            os.environ |= self.environment(folder)
            os.chdir(folder)
            with redirect_stdout(nowhere), redirect_stderr(nowhere), suppress(SystemExit):
                run(self.typed(command, folder))

    def left_in(self, folder: Path) -> tuple[str, list[str]]:
        """What a folder tells after a try, and what in it is not sound."""
        if self._is_untouched(folder):
            return self.state, []
        return told(folder), faults(folder)

    def _is_untouched(self, folder: Path) -> bool:
        """Whether, once the register is opened again, every file is as it was before.

        What stood there before was sound, and need not be judged again.
        """
        register = folder / REGISTER
        if register.exists() and (folder / _JOURNAL).exists():
            format_of(register)  # opens it, and so undoes what the journal tells of
        return lying(folder) == self._lies


def environment(folder: Path) -> dict[str, str]:
    """What a command goes by: the register in a folder, and who is at work."""
    return {"DISPOSALS_REGISTER": str(folder / REGISTER), "DISPOSALS_USER": "Officer"}


def told(folder: Path) -> str:
    """All that stands in a folder once its register is opened again.

    Without moments, salts and digests, without the order in which it was made, and without
    documents, which faults tells of.
    """
    register, files = folder / REGISTER, [f"made {name}" for name in made(folder)]
    if not register.exists():
        return "\n".join(files)
    format_of(register)
    return "\n".join([*files, *rows_in(register)])


def rows_in(register: Path) -> list[str]:
    """All that stands in a file of SQLite's, likewise."""
    with closing(sqlite3.connect(register)) as connection:
        rows = "\n".join(connection.iterdump())
    return sorted(_CHAINED.sub(r"\1…", timeless(rows)).split("\n"))


def timeless(rows: str) -> str:
    """Rows without what differs whenever the same is done: moments, salts and digests."""
    return _DIGEST.sub("DIGEST", _MOMENT.sub("MOMENT", rows))


def lying(folder: Path) -> dict[str, bytes]:
    """All that lies in a folder and has a name: by its name, its bytes.

    Without the journal: one that is still there once the register is open tells of nothing.
    """
    return {
        name: path.read_bytes()
        for path in folder.rglob("*")
        if "/." not in (name := f"/{path.relative_to(folder)}") and path.name != _JOURNAL
        if path.is_file()
    }


def made(folder: Path) -> list[str]:
    """What is in a folder beside the register and its documents.

    Hidden folders are left out: what was being made in them has no name yet.
    """
    return sorted(
        path.name for path in folder.iterdir() if not path.name.startswith((".", _OF_THE_REGISTER))
    )


def unfinished(folder: Path) -> list[str]:
    """What was being made when it was cut short, and was left lying."""
    return [str(path.relative_to(folder)) for path in folder.rglob(".*")]


def faults(folder: Path) -> list[str]:
    """What is not sound in a register, its documents and what was made of it."""
    register = folder / REGISTER
    return files_amiss(folder) + (_unsound(register) if register.exists() else [])


def files_amiss(folder: Path) -> list[str]:
    """What was made in a folder and is not whole."""
    return [
        f"{name} is not whole"
        for name in made(folder)
        if not _WHOLE.get(Path(name).suffix, _has_bytes)(folder / name)
    ]


def _unsound(register: Path) -> list[str]:
    found = []
    with closing(sqlite3.connect(register)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            found.append("the register is damaged")
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            found.append("a row refers to nothing")
        if format_of(register) == FORMAT:  # an older one may have no chain yet
            chained = verify(connection, vouched_for(), kept(evidence_kinds()))
            found += [f"{fault.row}: {fault.what}" for fault in chained.faults]
        recorded: set[str] = {
            sha256 for (sha256,) in connection.execute("SELECT sha256 FROM document")
        }
    documents = register.with_name(f"{register.name}.documents")
    there = {path.name for path in documents.glob("??/*")}
    found += documents_amiss(documents)
    found += [f"document {name[:8]} is recorded and not there" for name in recorded - there]
    return found


def documents_amiss(documents: Path) -> list[str]:
    """The documents that lie in a register's folder of them and are not whole."""
    return [
        f"document {path.name[:8]} is not whole"
        for path in documents.glob("??/*")
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != path.name
    ]


def _has_bytes(path: Path) -> bool:
    return path.stat().st_size > 0


def _is_backup(path: Path) -> bool:
    try:
        verified(path)
    except DisposalsError:
        return False
    return True


def _is_archive(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is None
    except zipfile.BadZipFile:
        return False


def _is_database(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path)) as connection:
            return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def _is_json(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
    except ValueError:
        return False
    return True


def _ends_as_pdf(path: Path) -> bool:
    return path.read_bytes().rstrip().endswith(b"%%EOF")


_WHOLE: Mapping[str, Callable[[Path], bool]] = {
    ".backup": _is_backup, ".zip": _is_archive, ".xlsx": _is_archive, ".docx": _is_archive,
    ".gpkg": _is_database, ".geojson": _is_json, ".pdf": _ends_as_pdf,
}  # fmt: skip
