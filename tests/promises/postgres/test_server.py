"""What is wrong with a server, or with the way to it, is told in words; nothing is half done."""

import subprocess
import sys
from hashlib import shake_256
from pathlib import Path

import pytest

from disposals.casework.cases import hold
from disposals.casework.sites import add_site
from disposals.disclosure.audit import verified
from disposals.disclosure.seen import versions
from disposals.errors import (
    BadFact,
    CannotReachRegister,
    CannotWriteRegister,
    NoDocuments,
    NoRegister,
    NotARegister,
    RegisterError,
    RegisterInUse,
)
from disposals.exports.published_layers import publish
from disposals.moving.copying import copy
from disposals.register import Register, create_register, open_register
from disposals.storage.address import Address
from tests.conftest import AT, stamp
from tests.places import as_stored
from tests.postgres import Server

ONE = "steele-avenue/part-1"


def refused(place: Address) -> RegisterError | BadFact:
    with pytest.raises((RegisterError, BadFact)) as said:
        open_register(place)
    assert "geheim" not in str(said.value)
    return said.value  # type: ignore[return-value]


def test_what_can_not_be_opened_is_refused_in_words(kent: Register, server: Server) -> None:
    publish(kent, on=stamp().on, at=AT)  # so that the schema of what is open holds something
    socket = f"host={server.folder}"
    for address, kind, words in (
        ("postgresql://u:geheim@127.0.0.1:1/x", CannotReachRegister, "Connection refused"),
        ("postgresql://u:geheim@nowhere.invalid/x", CannotReachRegister, "resolve host"),
        (f"postgresql://postgres:geheim@/nodb?{socket}", CannotReachRegister, "with `createdb`"),
        (f"postgresql://nobody_here@/estates?{socket}", CannotReachRegister, "does not exist"),
        (f"postgresql://postgres@/postgres?{socket}", NoRegister, "no register at"),
        (f"postgresql://joe@/estates?{socket}&schema=kent", CannotWriteRegister, "may not"),
        (f"postgresql://postgres@/estates?{socket}&schema=topology", NoRegister, "no register"),
        (f"postgresql://postgres@/estates?{socket}&schema=kent_open", NotARegister, "not a regist"),
        (f"postgresql://postgres@/estates?{socket}&sslmode=odd", BadFact, "sslmode"),
        (f"postgresql://postgres@/estates?{socket}&odd=odd", BadFact, "odd"),
    ):
        said = refused(Address.read(address))
        assert isinstance(said, kind), address
        assert words in str(said), address


def test_who_is_not_let_in_is_told_why_and_by_whom_they_can_be(server: Server) -> None:
    server.run(
        "CREATE ROLE eve NOLOGIN", "CREATE ROLE few LOGIN CONNECTION LIMIT 0",
        "CREATE DATABASE crowded CONNECTION LIMIT 0", "CREATE DATABASE theirs",
        "REVOKE CONNECT ON DATABASE theirs FROM PUBLIC",
        "CREATE DATABASE shut ALLOW_CONNECTIONS false", "CREATE ROLE sid LOGIN",
    )  # fmt: skip
    let, later = "Whoever looks after the database can let you", "Try again in a moment"
    told = {
        address: refused(Address.read(f"postgresql://{address}?host={server.folder}"))
        for address in ("eve@/bare", "few@/bare", "sid@/crowded", "sid@/theirs", "sid@/shut")
    }
    server.run(
        "DROP DATABASE crowded", "DROP DATABASE theirs", "DROP DATABASE shut", "DROP ROLE eve",
        "DROP ROLE few", "DROP ROLE sid",
    )  # fmt: skip
    for address, why, next_step in (
        ("eve@/bare", 'role "eve" is not permitted to log in', let),
        ("few@/bare", 'too many connections for role "few"', later),
        ("sid@/crowded", 'too many connections for database "crowded"', later),
        ("sid@/theirs", 'permission denied for database "theirs"', let),
        ("sid@/shut", 'database "shut" is not currently accepting connections', later),
    ):
        assert f"{why}. {next_step}" in str(told[address])


def test_a_wrong_password_is_refused_without_being_told(server: Server) -> None:
    server.run("CREATE ROLE sue LOGIN PASSWORD 'right'")
    hba = server.folder / "data" / "pg_hba.conf"
    was = hba.read_text()
    hba.write_text(f"local all sue scram-sha-256\n{was}")
    server.run("SELECT pg_reload_conf()")
    try:
        place = Address.read(f"postgresql://sue:geheim@/estates?host={server.folder}&schema=kent")
        assert "refused the name or the password" in str(refused(place))
        assert "geheim" not in repr(place)
        line = [sys.executable, "-m", "disposals", "--register", place.conninfo, "list"]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "geheim" not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
    finally:
        hba.write_text(was)
        server.run("SELECT pg_reload_conf()", "DROP ROLE sue")


def test_a_register_in_use_is_waited_for_and_then_refused(
    kent: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("disposals.storage.postgres._WAIT_MS", 100)
    other = open_register(kent.place)
    with other.write() as session:
        session.connection()  # only then does it begin
        with pytest.raises(RegisterInUse, match="in use by someone else"), kent.write():
            pass
        with pytest.raises(RegisterInUse, match="in use by someone else"), kent.write(case=ONE):
            pass
        assert versions(kent, ONE)  # who reads waits for nobody
    other.close()


def test_a_server_that_goes_in_the_middle_of_an_act_leaves_nothing_of_it(
    kent: Register, server: Server
) -> None:
    before = as_stored(kent.place)

    def half_an_act() -> None:
        with kent.write() as session:
            session.connection().exec_driver_sql("UPDATE site SET name = 'Half an act'")
            server.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = 'estates' AND state = 'idle in transaction'"
            )

    with pytest.raises(CannotReachRegister, match="was lost"):
        half_an_act()
    assert as_stored(kent.place) == before
    hold(kent, ONE, stamp(), seen=versions(kent, ONE)[ONE], because="Survey awaited")
    assert verified(kent).faults == ()


@pytest.mark.parametrize(
    ("raised", "kind", "words"),
    [
        ("XX000', MESSAGE = 'could not open relation with OID 5", CannotWriteRegister, "Repeat it"),
        ("XX001', MESSAGE = 'invalid page in block 0", NotARegister, "Restore it from a backup"),
        ("22P05', MESSAGE = 'character 0xe2 has no equivalent", BadFact, "holds a character"),
        (
            "2BP01', MESSAGE = 'cannot drop', DETAIL = 'view a on b",
            CannotWriteRegister,
            "view a on",
        ),
    ],
)
def test_what_goes_wrong_in_a_server_is_told_as_what_it_is(
    kent: Register, raised: str, kind: type[Exception], words: str
) -> None:
    """A sound register is never said to be damaged, and nobody sent to a backup for nothing."""
    with pytest.raises(kind) as said, kent.read() as session:
        session.connection().exec_driver_sql(
            f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{raised}'; END $$"
        )
    assert words in str(said.value)
    assert ("backup" in str(said.value)) is ("XX001" in raised)


def test_a_reference_that_no_index_takes_is_refused_in_words(
    kent: Register, tmp_path: Path
) -> None:
    long = shake_256(b"a name").hexdigest(3_000)
    with pytest.raises(BadFact, match=r"longer than .* can keep.*pk_site"):
        add_site(kent, long, {"name": "The Green"}, stamp())
    assert verified(kent).faults == ()
    file, essex = tmp_path / "register.sqlite", kent.place.in_schema("essex")  # type: ignore[union-attr]
    create_register(file, authority="kent", at=AT)
    register = open_register(file)
    add_site(register, "the-green", {"name": "The Green"}, stamp(by=long))
    register.close()
    with pytest.raises(BadFact, match=r"longer than .* can keep.*uq_person_name"):
        copy(file, essex)


def test_a_standby_is_read_and_not_written(kent: Register, server: Server) -> None:
    kent.close()
    server.run("ALTER DATABASE estates SET default_transaction_read_only = on")
    try:
        register = open_register(kent.place)
        assert verified(register).faults == ()
        seen = versions(register, ONE)[ONE]
        with pytest.raises(CannotWriteRegister, match="read-only"):
            hold(register, ONE, stamp(), seen=seen, because="Survey awaited")
        register.close()
    finally:
        server.run("ALTER DATABASE estates RESET default_transaction_read_only")


def test_a_document_without_a_folder_is_refused_with_what_to_add(kent: Register) -> None:
    bare = Address.read(str(kent.place).partition("&documents")[0])
    register = open_register(bare)
    with pytest.raises(NoDocuments, match="documents=/the/folder"):
        _ = register.storage.documents
    register.close()
