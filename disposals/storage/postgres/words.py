"""What PostgreSQL says, as an officer can act on it. A password is in none of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import psycopg
from sqlalchemy.exc import DBAPIError

from disposals.errors import (
    AlreadyRecorded,
    BadFact,
    CannotReachRegister,
    CannotWriteRegister,
    DisposalsError,
    NotARegister,
    RegisterInUse,
    RegisterMoved,
    StageWithoutHistory,
)
from disposals.storage import CLOSED, MOVED_ON


class _Told(NamedTuple):
    kind: type[DisposalsError]
    sentence: str


_GONE = _Told(
    CannotReachRegister,
    "The connection to {place} was lost. If you were recording something, look with `disposals "
    "history` whether it was recorded; else repeat the command.",
)
_FULL = _Told(
    CannotWriteRegister,
    "The server of {place} has no room left, so nothing was recorded. Tell whoever looks after it, "
    "then repeat.",
)
_CROSSED = _Told(
    RegisterInUse,
    "Someone else's work on {place} crossed yours, so nothing of yours was recorded; repeat it.",
)
_NO_TABLES = _Told(
    NotARegister, "{place} is not a register of this software, or is damaged: {said}."
)
_NOT_NOW = _Told(
    CannotReachRegister,
    "The server of {place} takes no connections just now: {said}. Try again in a moment.",
)
_UNREACHED = _Told(
    CannotReachRegister,
    "{place} can't be reached: {said}. Is the address right, and does the server run?",
)
_PASSWORD = _Told(
    CannotReachRegister,
    "The server refused the name or the password for {place}. Put the right password into "
    "~/.pgpass or PGPASSWORD, rather than into the address.",
)
_NO_DATABASE = _Told(
    CannotReachRegister,
    "There is no such database: {said}. Make it with `createdb`, or mend the address {place}.",
)
_MAY_NOT = _Told(
    CannotWriteRegister,
    "You may not do that in {place}: {said}. Whoever looks after the database can let you, as "
    "docs/postgresql.md tells.",
)
_DAMAGED = _Told(NotARegister, "{place} is damaged: {said}. Restore it from a backup.")
_DENIED = "42501"
# What that state tells more exactly, by what is in it; the latter where the server speaks English.
_MORE_EXACTLY = {
    "session_replication_role": _Told(
        CannotWriteRegister,
        "In {place} no guard is in force, for session_replication_role is not origin there, so "
        "nothing was recorded. `disposals db check` names where that is set; tell whoever looks "
        "after the server.",
    ),
    "row-level security": _Told(
        CannotWriteRegister,
        "Someone keeps rows of {place} back from you: {said}. Nothing was read or recorded, for it "
        "would be in part. `disposals db check` names what does that; tell whoever looks after the "
        "server.",
    ),
}
# By SQLSTATE, appendix A of the PostgreSQL manual; a state of two characters is a class of them.
_BY_STATE = {
    "08": _GONE,
    "22003": _Told(
        BadFact,
        "A number is larger than a register can keep, so nothing was recorded. Was a digit too "
        "many typed?",
    ),
    "22021": _Told(
        BadFact,
        "A text holds a character that {place} can't keep, so nothing was recorded: {said}.",
    ),
    "22P05": _Told(
        BadFact,
        "A text holds a character that {place} can't keep, so nothing was recorded: {said}. "
        "`disposals db check` says what to do.",
    ),
    "23": _Told(
        CannotWriteRegister,
        "Something in {place} keeps out what was to be recorded, so nothing was: {said}. "
        "`disposals db check` names what does not belong there; tell whoever looks after the "
        "register.",
    ),
    "25006": _Told(
        CannotWriteRegister,
        "{place} is read-only, a standby or a copy, so nothing was recorded. Name the server that "
        "takes what is written.",
    ),
    "28P01": _PASSWORD,
    "2BP01": _Told(
        CannotWriteRegister,
        "Something of someone else's stands on what was to be changed in {place}, so nothing was: "
        "{said} ({on_it}). Drop that, repeat, and make it anew.",
    ),
    "3D000": _NO_DATABASE,
    "3F000": _NO_TABLES,
    "40001": _CROSSED,
    "40P01": _CROSSED,
    _DENIED: _MAY_NOT,
    "42703": _NO_TABLES,
    "42P01": _NO_TABLES,
    "42P06": _Told(AlreadyRecorded, "{place} exists already and was left as it is."),
    "54000": _Told(
        BadFact,
        "A reference or a name is longer than {place} can keep, so nothing was recorded: {said}. "
        "Let it have some 2,000 characters at most.",
    ),
    "53100": _FULL,
    "53200": _FULL,
    "53300": _NOT_NOW,
    "55P03": _Told(
        RegisterInUse,
        "{place} is in use by someone else. Nothing was recorded; try again in a moment.",
    ),
    "57014": _Told(
        RegisterInUse,
        "The server of {place} broke off what took too long; nothing was recorded. Try again.",
    ),
    "57P01": _GONE,
    "57P02": _GONE,
    "57P03": _NOT_NOW,
    "58": _Told(
        CannotWriteRegister,
        "The server of {place} could not read or write its disk. Nothing was recorded.",
    ),
    "XX": _Told(
        CannotWriteRegister,
        "The server of {place} could not go on: {said}. Nothing was recorded. Repeat it; if that "
        "is said again, tell whoever looks after the server.",
    ),
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
# Where no state tells, as patterns: the guards, and what the server, a pooler or libpq says while a
# connection is made, of which psycopg hands on no state.
_BY_TEXT = {
    "unexplained:": _Told(
        StageWithoutHistory, "A stage is changed by a move, never assigned. Nothing was recorded."
    ),
    "kept:": _Told(
        StageWithoutHistory,
        "History and evidence are never altered or removed; record a correction instead.",
    ),
    re.escape(CLOSED): _Told(RegisterMoved, MOVED_ON),
    r"NUL \(0x00\)": _Told(
        BadFact,
        "A text holds a character that PostgreSQL can't keep (NUL), so nothing was recorded.",
    ),
    "password authentication failed": _PASSWORD,
    "no password supplied": _PASSWORD,
    "SASL authentication failed|no such user": _PASSWORD,  # PgBouncer's words for it
    'FATAL: .*database ".*" does not exist': _NO_DATABASE,
    'FATAL: .*role ".*" is not permitted to log in': _MAY_NOT,
    "FATAL: .*permission denied for database": _MAY_NOT,
    "FATAL: .*too many connections for (role|database)": _NOT_NOW,
    "query_wait_timeout": _Told(
        CannotReachRegister,
        "The pooler before {place} came to no connection with the server in time. Is the "
        "database's name right, may you enter it, and does the server run? Else too many are at "
        "work; try again in a moment.",
    ),
    "is not currently accepting connections": _NOT_NOW,
    "starting up": _NOT_NOW,
    "shutting down": _NOT_NOW,
    "too many clients": _NOT_NOW,
    "connection slots": _NOT_NOW,
    "server closed the connection": _GONE,
    "connection is lost": _GONE,
    "connection is closed": _GONE,
    "terminating connection": _GONE,
    "consuming input failed": _GONE,
    "sending query": _GONE,
    "connection to server": _UNREACHED,
    "connection is bad": _Told(
        BadFact, "{place} is no address that can be used: {said}. Mend what it says."
    ),
    "connection failed": _UNREACHED,
    "failed to resolve host": _Told(
        CannotReachRegister,
        "{place} can't be reached: {said}. Is the server's name written right?",
    ),
    "connection timeout": _Told(
        CannotReachRegister,
        "The server of {place} did not answer in time. Does it run, may it be reached, and is the "
        "database's name right? `connect_timeout=60` in the address waits longer.",
    ),
}


@contextmanager
def in_words(place: object) -> Iterator[None]:
    """Turn what the server says into what an officer can act on; the unforeseen passes as it is."""
    try:
        yield
    except (DBAPIError, psycopg.Error) as error:
        found = error.orig if isinstance(error, DBAPIError) else error
        told = _told(found) if isinstance(found, psycopg.Error) else None
        if told is None:
            raise
        kind, sentence = told
        on_it = (found.diag.message_detail or "") if isinstance(found, psycopg.Error) else ""
        raise kind(
            sentence.format(place=place, said=said(found), on_it=on_it.replace("\n", "; "))
        ) from None


def _told(error: psycopg.Error) -> _Told | None:
    state, told_so = error.sqlstate or "", str(error)
    if state == _DENIED:
        for name, told in _MORE_EXACTLY.items():
            if name in told_so:
                return told
    if found := _BY_STATE.get(state) or _BY_STATE.get(state[:2]):
        return found
    return next((told for pattern, told in _BY_TEXT.items() if re.search(pattern, told_so)), None)


def said(error: BaseException | None) -> str:
    """The first line of what the server said, without what libpq puts before it."""
    lines = str(error).strip().splitlines() or [""]
    _, fatal, rest = lines[0].rpartition("FATAL:  ")
    if lines[0].startswith(CLOSED):
        return lines[0].removeprefix(CLOSED)
    plain = lines[0].removeprefix("connection is bad: ").removeprefix("connection failed: ")
    return (rest if fatal else plain).rstrip(".")
