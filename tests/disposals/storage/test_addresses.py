"""Where a register lies, as it is typed, and what is told of it where it is wrong."""

from pathlib import Path
from urllib.parse import unquote

import pytest

from disposals.errors import BadFact, CannotReachRegister
from disposals.register import open_register
from disposals.storage.address import Address, place_of


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("postgresql://u:p@ss@h/db", "%40"),
        ("postgresql://u:geheim/more@h/db", "%2F"),
        ("postgresql://u:geheim#more@h/db", "%23"),
        ("postgresql://h:port/db", "number of its port"),
        ("postgresql://h/db?schema=Kent", "small letters"),
        ("postgresql://h/db?schema=pg_kent", "name of its own"),
        ("postgresql://h/db?schema=public", "name of its own"),
        ("postgresql://h/db?schema=information_schema", "name of its own"),
        ("postgresql://[h/db", "can't be read"),
        ("postgresql://u:geheim%@h/db", "%25"),
        ("postgresql://u:geheim more@h/db", "%20"),
        ("postgresql://u:geheim@h/estates db", "%20"),
        ("postgresql://u:geheim@h/db?schema=kent&schema=maid", "names schema more than once"),
        ("postgresql://h/db?documents=/a&documents=/a", "names documents more than once"),
        ("postgresql://h/db?documents=srv/kent", "named from the root on"),
        ("postgresql://h/db?documents=~nobody-here/kent", "named from the root on"),
        ("postgresql://u:geheim%00more@h/db", "%00"),
        ("postgresql://u%3Ageheim@h/db", "user holds more than one value"),
        ("postgresql://h/db?user=u;password=geheim", "user holds more than one value"),
        ("postgresql://h/host=x%20password=geheim", "dbname holds more than one value"),
        ("postgresql://h/?dbname=postgresql%3A%2F%2Fu%3Ageheim%40h", "dbname holds more than one"),
        ("postgresql://h/db?sslmode=require?password=geheim", "sslmode holds more than one value"),
        ("postgresql://h/db?documents=/srv?password=geheim", "documents holds more than one value"),
    ],
)
def test_an_address_that_is_none_is_refused_without_being_repeated(written: str, says: str) -> None:
    with pytest.raises(BadFact) as said:
        Address.read(written)
    assert says in str(said.value)
    assert "geheim" not in str(said.value)


def test_an_address_is_told_without_its_password() -> None:
    read = Address.read("postgres://ann:s%40cret@h1:5432,h2/db?password=s%40cret&sslmode=require")
    assert str(read) == "postgresql://ann@h1:5432,h2/db?sslmode=require"
    assert "cret" not in repr(read)
    assert "s%40cret@h1" in read.conninfo


@pytest.mark.parametrize(
    "written",
    [
        "host=h dbname=estates password=geheim",
        "postgresql:/ann:geheim@h/estates",
        "postgres:ann:geheim@h/estates",
        "mysql://ann:geheim@h/estates",
        "//ann:geheim@h:1/estates",
        "ann:geheim@h/estates",
        "Host=h Password=geheim",
        "h/estates?pwd=geheim",
    ],
)
def test_what_is_nearly_an_address_is_not_taken_for_a_path(written: str) -> None:
    with pytest.raises(BadFact, match="begins with postgresql://") as said:
        place_of(written)
    assert "geheim" not in str(said.value)


@pytest.mark.parametrize("name", ["PASSWORD", "passwd", "password%20", "pasword"])
def test_what_no_address_has_is_told_by_its_name_alone(name: str) -> None:
    read = Address.read(f"postgresql://ann@h/db?schema=kent&{name}=geheim")
    assert str(read) == "postgresql://ann@h/db?schema=kent"
    with pytest.raises(BadFact, match=f'"{unquote(name)}"') as said:
        open_register(read)
    assert "geheim" not in str(said.value)


@pytest.mark.parametrize(
    "more",
    [
        "user=ann%40server", "host=/var/run/postgresql", "host=::1",
        "options=-c%20statement_timeout%3D5s", "target_session_attrs=read-write",
    ],
)  # fmt: skip
def test_what_libpq_takes_is_told_as_it_was_typed(more: str) -> None:
    read = Address.read(f"postgresql:///db?{more}")
    assert Address.read(str(read)) == read
    assert unquote(more.partition("=")[2]) in unquote(str(read))


def test_a_path_is_a_path(tmp_path: Path) -> None:
    for path in (
        tmp_path / "postgres.sqlite",
        Path("host.sqlite"),
        Path("postgresql/a=b"),
        tmp_path / "ann:b@c.sqlite",
    ):
        assert place_of(str(path)) == path


@pytest.mark.parametrize(
    "address", ["postgresql:///estates?host=/nowhere", "postgresql://127.0.0.1:1/estates"]
)
def test_a_server_that_is_down_is_told_from_an_address_that_is_wrong(address: str) -> None:
    with pytest.raises(CannotReachRegister, match="does the server run"):
        open_register(place_of(address))
    with pytest.raises(BadFact, match="port"):
        open_register(place_of("postgresql:///estates?host=/nowhere&port=abc"))


@pytest.mark.parametrize(
    ("written", "folder"),
    [("/srv/a+b", "/srv/a+b"), ("/srv/a%20b", "/srv/a b"), ("/srv/a%2Bb%26c", "/srv/a+b&c")],
)
def test_a_folder_is_read_as_it_is_written_and_told_so_that_it_is_read_again(
    written: str, folder: str
) -> None:
    read = Address.read(f"postgresql://h/db?documents={written}")
    assert read.folder == Path(folder)
    assert Address.read(str(read)) == read


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("postgresql://u:geheim@h/db?shcema=kent", "shcema"),
        ("postgresql://u:geheim@h/db?connect_timeout=x", "connect_timeout"),
    ],
)
def test_what_libpq_does_not_take_is_refused_with_what_an_address_takes(
    address: str, names: str
) -> None:
    with pytest.raises(BadFact, match=f"{names}.*beside `schema` and `documents`") as said:
        open_register(place_of(address))
    assert "geheim" not in str(said.value)
