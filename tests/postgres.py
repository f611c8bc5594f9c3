"""A PostgreSQL cluster of the tests' own: in a temporary folder, on a socket in it, thrown away.

It listens on no network address, so it never meets a server that runs on this machine. Nothing is
flushed to the disk, because nothing is to outlive the tests.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from disposals.storage.address import Address

_VACUUMED_AFTER = 100
_WAITS, _WAIT_S = 5000, 0.002
_SETTINGS = {
    "listen_addresses": "''", "fsync": "off", "synchronous_commit": "off",
    "full_page_writes": "off", "max_connections": "60", "shared_buffers": "64MB",
    "wal_level": "minimal", "max_wal_senders": "0", "autovacuum": "off",
}  # fmt: skip


@cache
def programs() -> Path | None:
    """The folder of the server's programs, where it is installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)
    if debian:
        return debian[-1]
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def why_not() -> str | None:
    """Why no cluster can be made here; None where one can."""
    folder = programs()
    if folder is None:
        return "PostgreSQL is not installed"
    shown = _run([folder / "pg_config", "--sharedir"])
    if not Path(shown.strip(), "extension", "postgis.control").exists():
        return "PostGIS is not installed"
    return None


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs, and the folder of its socket."""

    folder: Path
    ways_back: dict[str, sql.Composed] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)

    def run(
        self, *statements: LiteralString, database: str = "postgres", user: str = "postgres"
    ) -> None:
        """Carry out statements, as the superuser if nothing is said, each by itself."""
        with self.connected(database, user=user) as connection:
            for statement in statements:
                connection.execute(statement)

    def connected(
        self, database: str, *, user: str = "postgres"
    ) -> "psycopg.Connection[tuple[Any, ...]]":
        """A connection to one of its databases, on which each statement stands for itself."""
        return psycopg.connect(f"host={self.folder} user={user} dbname={database}", autocommit=True)

    def database(self, name: str, documents: Path, *, like: str | None = None) -> Address:
        """Make a database, as a copy of another one; says the address of a register in it."""
        self.run(f"CREATE DATABASE {name} TEMPLATE {like or 'bare'}")
        return self.address(name, documents)

    def address(self, database: str, documents: Path, *, user: str = "postgres") -> Address:
        """The address of the register in a database.

        Args:
            documents: the folder in which that of its documents is made, if there is one.
        """
        folder = documents / "register.documents"
        if documents.is_dir():
            folder.mkdir(exist_ok=True)
        return Address.read(
            f"postgresql://{user}@/{database}?host={self.folder}&schema=kent&documents={folder}"
        )

    def await_nobody(self, connection: "psycopg.Connection[tuple[Any, ...]]") -> None:
        """Wait until the server has ended what a killed client asked of it.

        Raises:
            TimeoutError: someone is still at work in the database.
        """
        for _ in range(_WAITS):
            others = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            ).fetchone()
            if others == (0,):
                return
            time.sleep(_WAIT_S)
        message = "someone is still at work in the database"
        raise TimeoutError(message)

    def bring_back(self, name: str) -> None:
        """Let the register in a database be as it was when this was first called for it.

        A hundred times as fast as another copy of the database.
        """
        with self.connected(name) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if name not in self.ways_back:
                self.ways_back[name] = _way_back(connection)
            connection.execute(self.ways_back[name])
            self.times[name] = self.times.get(name, 0) + 1
            if self.times[name] % _VACUUMED_AFTER == 0:
                connection.execute("VACUUM")


def _way_back(connection: "psycopg.Connection[tuple[Any, ...]]") -> sql.Composed:
    """The statements that bring every row and every counter of a register back."""
    tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'kent'")
    names = [sql.Identifier(name) for (name,) in tables]
    connection.execute("CREATE SCHEMA kept")
    for name in names:
        connection.execute(sql.SQL("CREATE TABLE kept.{0} AS SELECT * FROM kent.{0}").format(name))
    counters = connection.execute(
        "SELECT sequencename, coalesce(last_value, 1), last_value IS NOT NULL FROM pg_sequences "
        "WHERE schemaname = 'kent'"
    )
    return sql.SQL("; ").join([
        sql.SQL("BEGIN; SET LOCAL session_replication_role = replica"),  # past the guards
        sql.SQL("DROP TRIGGER IF EXISTS moved ON kent.ledger_entry"),
        *(sql.SQL("DELETE FROM kent.{}").format(name) for name in names),
        *(sql.SQL("INSERT INTO kent.{0} SELECT * FROM kept.{0}").format(name) for name in names),
        *(
            sql.SQL("SELECT setval({}, {}, {})").format(f"kent.{name}", last, called)
            for name, last, called in counters
        ),
        sql.SQL("COMMIT"),
    ])  # fmt: skip


@contextmanager
def server(*, durable: bool = False) -> Iterator[Server]:
    """A server that runs for as long as the block does.

    Args:
        durable: it waits for its disk, as it does by default.
    """
    own = programs()
    assert own is not None
    with tempfile.TemporaryDirectory(prefix="disposals-pg-", dir="/tmp") as name:
        folder = Path(name)  # a short one, because the path of a socket is of 107 bytes at most
        as_server = as_another(folder)
        data = folder / "data"
        _run([*as_server, own / "initdb", "-D", data, "-U", "postgres", "-A", "trust",
              "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])  # fmt: skip
        asked = {key: value for key, value in _SETTINGS.items() if not durable or value != "off"}
        settings = "".join(f"{key} = {value}\n" for key, value in asked.items())
        with (data / "postgresql.conf").open("a") as conf:
            conf.write(f"{settings}unix_socket_directories = '{folder}'\n")
        _run([*as_server, own / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "start"])
        try:
            made = Server(folder)
            made.run("CREATE DATABASE bare")
            made.run(
                "CREATE EXTENSION postgis",
                "DELETE FROM spatial_ref_sys WHERE srid NOT IN (27700, 4326)",
                "VACUUM FULL spatial_ref_sys",
                database="bare",
            )  # fmt: skip
            yield made
        finally:
            _run([*as_server, own / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])


def as_another(folder: Path) -> list[str]:
    """The server refuses to run as root; so it runs as another user there is."""
    if os.geteuid() != 0:
        return []
    for user in ("postgres", "nobody"):
        try:
            who = pwd.getpwnam(user)
        except KeyError:
            continue
        os.chown(folder, who.pw_uid, who.pw_gid)
        folder.chmod(0o755)
        return ["setpriv", f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups"]
    message = "there is no user but root to run PostgreSQL as"
    raise RuntimeError(message)


def _run(command: list[str | Path]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout
