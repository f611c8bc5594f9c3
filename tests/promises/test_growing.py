"""The composition of `docs/growing/`, put up from its own files without containers.

A primary, a standby that copies it, and a pooler before each, all on the loopback address: officers
work through the one, the public reads through the other, and councils see nothing of one another.
"""

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from disposals import examples
from disposals.casework import moves
from disposals.casework.cases import hold
from disposals.database import create
from disposals.disclosure.audit import seal, verified
from disposals.disclosure.seen import versions
from disposals.errors import CannotReachRegister, CannotWriteRegister, RegisterInUse
from disposals.exports.published_layers import publish
from disposals.register import Register, create_register, open_register
from disposals.storage import storage_of
from disposals.storage.address import Address
from tests import postgres
from tests.conftest import AT, stamp

FILES = Path(__file__).parents[2] / "docs" / "growing"
PART = "steele-avenue/part-1"
pytestmark = pytest.mark.skipif(
    bool(postgres.why_not()) or not shutil.which("pgbouncer"),
    reason=postgres.why_not() or "PgBouncer is not installed",
)


@dataclass(frozen=True)
class Composition:
    """What was put up: its folder, and the ports of its four parts."""

    folder: Path
    primary: int
    standby: int
    officers: int
    public: int

    def address(self, port: int, user: str, schema: str) -> Address:
        """A register as a user whose password is their name reaches it through a port."""
        return Address.read(f"postgresql://{user}:{user}@127.0.0.1:{port}/estates?schema={schema}")

    def superuser(self, *statements: LiteralString) -> None:
        """Carry out statements on the primary."""
        at = f"host={self.folder} port={self.primary} user=postgres dbname=estates"
        with psycopg.connect(at, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


@pytest.fixture(scope="module")
def composed() -> Iterator[Composition]:
    """The composition, with the registers of two councils and a login of each kind for both."""
    with tempfile.TemporaryDirectory(prefix="disposals-grow-", dir="/tmp") as name:
        folder = Path(name)
        as_server = postgres.as_another(folder)
        made = Composition(folder, *free_ports(4))
        with ExitStack() as running:
            put_up(made, as_server, running)
            for council in ("kent", "essex"):
                place = Address.read(
                    f"postgresql://postgres@/estates?host={folder}&port={made.primary}"
                    f"&schema={council}"
                )
                if council == "kent":
                    examples.create("kent", place, at=AT)
                else:
                    create_register(place, authority="england", at=AT)
                create(place, authority=None, at=AT)
                register = open_register(place)
                publish(register, on=stamp().on, at=AT)
                register.close()
            made.superuser(
                "CREATE ROLE ann LOGIN PASSWORD 'ann' IN ROLE kent_officer",
                "CREATE ROLE map LOGIN PASSWORD 'map' IN ROLE kent_open",
                "CREATE ROLE eve LOGIN PASSWORD 'eve' IN ROLE essex_officer",
            )
            yield made


def free_ports(count: int) -> list[int]:
    """Ports on which nothing listens."""
    with ExitStack() as held:
        taken = [held.enter_context(closing(socket.socket())) for _ in range(count)]
        for each in taken:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in taken]


def put_up(made: Composition, as_server: list[str], running: ExitStack) -> None:
    """Start primary, standby and both poolers from the files of the composition."""
    own, folder = postgres.programs(), made.folder
    assert own is not None
    here = as_here(made)
    (folder / "secrets").mkdir()
    (folder / "secrets" / "replication").write_text(secrets.token_hex(8))
    (folder / "secrets" / "poolers").write_text(f'"pooler" "{secrets.token_hex(8)}"\n')
    for file in FILES.iterdir():
        (folder / file.name).write_text(here(file.read_text()))
    subprocess.run(["chown", "--recursive", f"--reference={folder}", folder], check=True)
    environment = os.environ | {
        "PATH": f"{own}:{os.environ['PATH']}", "PGHOST": str(folder), "PGPORT": str(made.primary),
        "SECRETS": str(folder / "secrets"), "PGDATA": str(folder / "standby"),
        "PASSWORD_FILE": str(folder / "secrets" / "replication"),
        "CONFIG": str(folder / "standby.conf"),
        "PRIMARY_HOST": "127.0.0.1", "PRIMARY_PORT": str(made.primary),
    }  # fmt: skip

    def run(*line: str | Path) -> None:
        subprocess.run(
            [*as_server, *line], env=environment, cwd=folder, check=True, capture_output=True
        )

    def start(*line: str | Path) -> None:
        log = (folder / f"{Path(line[-1]).name}.log").open("w")
        process = subprocess.Popen(
            [*as_server, *line], env=environment, cwd=folder, stdout=log, stderr=log
        )
        running.callback(log.close)
        running.callback(process.wait)
        running.callback(process.send_signal, signal.SIGINT)

    data = folder / "primary"
    run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    start("postgres", "-D", data, "-p", str(made.primary), "-k", folder,
          "-c", f"config_file={folder / 'primary.conf'}")  # fmt: skip
    wait_for(lambda: run("psql", "-U", "postgres", "-c", "CREATE DATABASE estates"))
    run("sh", folder / "first-start.sh")
    run("mkdir", "--mode=700", folder / "standby")
    start("sh", folder / "standby.sh", "-p", str(made.standby), "-k", folder)
    for pooler in ("pgbouncer.ini", "pgbouncer-public.ini"):
        start("pgbouncer", folder / pooler)
    for port in (made.standby, made.officers, made.public):
        wait_for(partial(listens_at, port))


def listens_at(port: int) -> None:
    """Reach a port.

    Raises:
        OSError: nothing listens there.
    """
    socket.create_connection(("127.0.0.1", port)).close()


def as_here(made: Composition) -> Callable[[str], str]:
    """What differs between containers and this machine: where files lie, names, ports, memory."""
    ports = {"primary": made.primary, "standby": made.standby}
    listens = {"primary": made.officers, "standby": made.public}

    def here(told: str) -> str:
        told = told.replace("/etc/postgresql/", f"{made.folder}/")
        told = told.replace("/run/secrets/", f"{made.folder}/secrets/")
        told = told.replace("samenet", "127.0.0.1/32").replace("peer", "trust")
        told = re.sub(r"(?m)^local .*", "local all all trust", told)
        told = re.sub(r"(?m)^(shared_buffers|effective_cache_size) = .*", r"\1 = 64MB", told)
        if pooled := re.search(r"host=(primary|standby) port=5432", told):
            to = pooled[1]
            told = told.replace(pooled[0], f"host=127.0.0.1 port={ports[to]}")
            told = told.replace("listen_port = 6432", f"listen_port = {listens[to]}")
            told = told.replace("query_wait_timeout = 20", "query_wait_timeout = 2")
        return re.sub(r"(listen_addr(?:esses)?) = .*", r"\1 = '127.0.0.1'", told).replace(
            "listen_addr = '127.0.0.1'", "listen_addr = 127.0.0.1"
        )

    return here


def wait_for(ready: Callable[[], object], seconds: float = 60) -> None:
    """Ask again and again until it works."""
    until = time.monotonic() + seconds
    while True:
        try:
            ready()
        except (OSError, subprocess.CalledProcessError, AssertionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def test_officers_work_through_the_pooler(composed: Composition) -> None:
    register = open_register(composed.address(composed.officers, "ann", "kent"))
    before = versions(register, PART)
    moves.advance(register, PART, stamp(), seen=before)
    assert versions(register, PART)[PART] == before[PART] + 1
    assert not verified(register).faults
    register.close()


def test_two_moves_to_one_place_are_kept_apart_through_the_pooler(composed: Composition) -> None:
    place = composed.address(composed.officers, "ann", "surrey")
    first, second = storage_of(place), storage_of(place)
    with first.alone(), pytest.raises(RegisterInUse), second.alone():
        pass
    with second.alone():  # and nothing of the first lock is left
        pass


def test_what_is_written_is_soon_on_the_standby_which_takes_nothing(composed: Composition) -> None:
    seals = []
    for port in (composed.officers, composed.public):
        register = open_register(composed.address(port, "ann", "kent"))

        def same(register: Register = register) -> None:
            seals.append(seal(register))
            assert seals[-1] == seals[0]

        wait_for(same)
        if port == composed.public:
            with pytest.raises(CannotWriteRegister, match="read-only"):
                hold(register, PART, stamp(), seen=versions(register, PART)[PART], because="Wait")
        register.close()


def test_the_public_reads_what_is_published_and_nothing_else(composed: Composition) -> None:
    at = composed.address(composed.public, "map", "kent").conninfo
    with psycopg.connect(at, prepare_threshold=None) as connection:
        found = connection.execute(
            "SELECT reference, ST_SRID(geometry) FROM kent_open.sites "
            "WHERE reference = 'steele-avenue'"
        )
        assert found.fetchall() == [("steele-avenue", 27700)]
        for table in ("kent.site", "kent.bid", "essex.site", "essex_open.sites"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(sql.SQL("SELECT 1 FROM {}").format(
                    sql.Identifier(*table.split("."))
                ))  # fmt: skip


def test_councils_see_nothing_of_one_another(composed: Composition) -> None:
    for user, other in (("ann", "essex"), ("eve", "kent")):
        with pytest.raises(CannotWriteRegister, match=f"permission denied for schema {other}"):
            open_register(composed.address(composed.officers, user, other))


def test_a_wrong_password_does_not_pass_the_pooler_and_is_not_repeated(
    composed: Composition,
) -> None:
    wrong = Address.read(
        f"postgresql://ann:hunter2@127.0.0.1:{composed.officers}/estates?schema=kent"
    )
    with pytest.raises(CannotReachRegister, match="refused the name or the password") as refused:
        open_register(wrong)
    assert "hunter2" not in str(refused.value)


def test_a_name_that_the_server_does_not_know_is_refused_by_the_pooler_as_a_wrong_password(
    composed: Composition,
) -> None:
    with pytest.raises(CannotReachRegister, match="refused the name or the password"):
        open_register(composed.address(composed.officers, "nobody_here", "kent"))


def test_a_database_that_is_not_there_is_not_waited_for_by_the_pooler(
    composed: Composition,
) -> None:
    there = composed.address(composed.officers, "ann", "kent")
    nowhere = Address.read(there.conninfo.replace("/estates", "/nowhere"))
    with pytest.raises(CannotReachRegister, match="Is the database's name right"):
        open_register(nowhere)


def test_whoever_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a pooler does that waits for a database without end."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        monkeypatch.delenv("PGCONNECT_TIMEOUT", raising=False)
        monkeypatch.setattr("disposals.storage.postgres.connecting._CONNECT_S", 2)
        begun = time.monotonic()
        with pytest.raises(CannotReachRegister, match="did not answer in time"):
            open_register(Address.read(f"postgresql://ann@127.0.0.1:{port}/estates"))
        assert time.monotonic() - begun < 10
        monkeypatch.setattr("disposals.storage.postgres.connecting._CONNECT_S", 3600)
        at = f"postgresql://ann@127.0.0.1:{port}/estates"
        with pytest.raises(CannotReachRegister, match="did not answer in time"):
            open_register(Address.read(f"{at}?connect_timeout=2"))
        monkeypatch.setenv("PGCONNECT_TIMEOUT", "2")
        with pytest.raises(CannotReachRegister, match="did not answer in time"):
            open_register(Address.read(at))
