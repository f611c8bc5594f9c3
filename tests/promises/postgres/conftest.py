"""What is tried in PostgreSQL, wherever a server can be started, with and without `--postgres`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from disposals import database, examples
from disposals.register import Register, open_register
from disposals.storage.address import Address
from tests.conftest import AT
from tests.postgres import Server


@pytest.fixture(scope="session")
def estates(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Address:
    """A database with the Kent example, its roles, and officers who log in."""
    address = server.database("estates", tmp_path_factory.mktemp("estates"))
    examples.create("kent", address, at=AT)
    database.create(address, authority="kent", at=AT)
    server.run(
        "CREATE ROLE ann LOGIN IN ROLE kent_officer", "CREATE ROLE qgis LOGIN IN ROLE kent_open",
        "CREATE ROLE joe LOGIN",
    )  # fmt: skip
    return address


@pytest.fixture
def place(server: Server, estates: Address) -> Address:
    """The address of the register, as it was made."""
    server.bring_back("estates")
    return estates


@pytest.fixture
def kent(place: Address) -> Iterator[Register]:
    register = open_register(place)
    yield register
    register.close()


def as_user(server: Server, user: str, **other: str) -> Address:
    """The address that another user has."""
    return server.address(other.get("database", "estates"), Path("/nowhere"), user=user)
