"""Connections to a server, on which what others set or made is in nobody's way.

A server, a database and a role may each have settings under which values are told otherwise, rows
are left out or guards are out of force; and a name is looked for in a search path, where others may
have put something that fits better. A transaction sets what it goes by for itself, because a pooler
keeps nothing between two.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from disposals.errors import BadFact
from disposals.storage.address import Address

_CONNECT_S = 30  # longer than docs/growing/pgbouncer.ini waits, which can say more
# Where the server's own things lie, in which nobody else makes any.
THE_SERVERS_OWN = "SET LOCAL search_path = pg_catalog, pg_temp"
# Where it is another, no guard is in force. Who may not set it is refused.
GUARDED = (
    "SELECT pg_catalog.set_config('session_replication_role', 'origin', true) "
    "WHERE pg_catalog.current_setting('session_replication_role') <> 'origin'"
)
_SETTLED = (
    "timezone = 'UTC'",
    "datestyle = 'ISO'",
    "intervalstyle = 'postgres'",
    "extra_float_digits = 1",  # each number exactly as it is kept
    "bytea_output = 'hex'",
    "quote_all_identifiers = off",
    "standard_conforming_strings = on",
    "row_security = off",  # better to be refused a table than to be shown a part of it
    # A move holds one register still for as long as it works on another; nothing waits for people.
    "idle_in_transaction_session_timeout = 0",
)
_SETTLED_SINCE = {170000: "transaction_timeout = 0"}


def settled(connection: "psycopg.Connection[tuple[Any, ...]]") -> Iterator[str]:
    """The statements that settle by what a transaction goes, but for its search path."""
    version = connection.info.server_version
    since = [each for first, each in _SETTLED_SINCE.items() if version >= first]
    return (f"SET LOCAL {each}" for each in (*_SETTLED, *since))


@contextmanager
def connected(place: Address) -> "Iterator[psycopg.Connection[tuple[Any, ...]]]":
    """A connection for one transaction, which looks for names among the server's own alone.

    Raises:
        BadFact: the address holds something that libpq does not know.
    """
    with unsettled(place) as connection:
        connection.execute("; ".join(["BEGIN", THE_SERVERS_OWN, *settled(connection)]).encode())
        yield connection  # committed with the end of the block, or rolled back


def unsettled(place: Address) -> "psycopg.Connection[tuple[Any, ...]]":
    """A connection that goes by what is set for its user, each statement by itself.

    Raises:
        BadFact: the address holds something that libpq does not know.
    """
    try:
        return psycopg.connect(
            place.conninfo, autocommit=True, client_encoding="UTF8",
            prepare_threshold=None,  # a pooler may hand each transaction another connection
            fallback_application_name="disposals",
            connect_timeout=_patience(place),
        )  # fmt: skip
    except psycopg.ProgrammingError as error:
        raise BadFact(
            f"{place} is no address that can be used: {str(error).strip()}. Mend that; "
            "beside `schema` and `documents` an address takes what libpq takes, with its names."
        ) from None


def _patience(place: Address) -> int | None:
    """For how many seconds a connection is waited for; None where something else tells."""
    told = "PGCONNECT_TIMEOUT" in os.environ or "connect_timeout" in conninfo_to_dict(
        place.conninfo
    )
    return None if told else _CONNECT_S
