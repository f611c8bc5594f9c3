"""Where a register lies: a path, or the address of a PostgreSQL server and a schema in a database.

`postgresql://officer@server/estates?schema=kent&documents=/srv/kent`: beside `schema` and
`documents` it takes what libpq takes (`sslmode`, `service`, several hosts), and what is left out
comes from libpq's own environment and files, such as PGHOST and ~/.pgpass.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from disposals.errors import BadFact
from disposals.words import listed

_SCHEMES = ("postgresql://", "postgres://")
_SCHEMA = re.compile(r"[a-z][a-z0-9_]{0,39}")
_THE_SERVERS = frozenset({"public", "information_schema"})
_HOSTS = re.compile(r"(\[[0-9a-fA-F:.%]*\]|[^:\[\]]*)(:\d*)?")
_UNWRITTEN = re.compile(r"\s|%(?![0-9a-fA-F]{2})")
# What libpq would take, or nearly; a password may be in it, so it is not told as a path.
_LIKE_AN_ADDRESS = re.compile(
    r"^postgres(ql)?:|^(//)?[^/\s]*:[^/\s]*@|(^|[\s;&?])"
    r"(host|hostaddr|server|port|dbname|database|user|username|pass\w*|pwd|service|sslmode)\s*=",
    re.IGNORECASE,
)
_OWN = frozenset({"schema", "documents"})
# What libpq takes and is no secret: nothing else is told, for it may be a password misspelt.
_TOLD = _OWN | {
    "host", "hostaddr", "port", "dbname", "user", "passfile", "service", "servicefile", "options",
    "application_name", "fallback_application_name", "connect_timeout", "client_encoding",
    "channel_binding", "require_auth", "sslmode", "sslnegotiation", "sslcompression", "sslcert",
    "sslkey", "sslcertmode", "sslrootcert", "sslcrl", "sslcrldir", "sslsni", "requirepeer",
    "ssl_min_protocol_version", "ssl_max_protocol_version", "requiressl", "gssencmode",
    "gssdelegation", "gsslib", "krbsrvname", "keepalives", "keepalives_idle",
    "keepalives_interval", "keepalives_count", "tcp_user_timeout", "replication",
    "target_session_attrs", "load_balance_hosts",
}  # fmt: skip
# Signs that one value holds others, a password perhaps among them, by the name of the value.
_MORE_THAN_ONE = re.compile(r"[=;@]|://")
_IN_A_VALUE = {
    "user": re.compile(r"[=;:]"), "dbname": re.compile(r"[=;:@]"),
    "options": re.compile(r"\bpass\w*\s*[=:]|[;@]|://", re.IGNORECASE),
    "documents": re.compile(r"\bpass\w*\s*=", re.IGNORECASE),
}  # fmt: skip
DEFAULT_SCHEMA = "disposals"


@dataclass(frozen=True, slots=True)
class Address:
    """A schema in a PostgreSQL database. As text it is without its password, wherever it is told.

    Attributes:
        schema: whose tables are the register.
        folder: where its documents lie; None where the address does not say.
        shown: as it is told.
        conninfo: the URI that libpq is given, its password included.
    """

    schema: str
    folder: Path | None
    shown: str
    conninfo: str = field(repr=False)

    def __str__(self) -> str:
        """As it is told."""
        return self.shown

    def in_schema(self, schema: str) -> "Address":
        """The same database, another schema."""
        shown, told = re.subn(r"(?<=[?&]schema=)[^&]*", schema, self.shown)
        if not told:
            shown += f"{'&' if '?' in shown else '?'}schema={schema}"
        return replace(self, schema=schema, shown=shown)

    @classmethod
    def read(cls, written: str) -> "Address":
        """An address as it was typed.

        Raises:
            BadFact: it is none. What was typed is not repeated, for there may be a password in it.
        """
        try:
            parts = urlsplit(written)
            # To libpq, and in a path, a plus is a plus: blanks are written %20.
            query = parts.query.replace("+", "%2B")
            asked = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
        except ValueError:
            raise _bad("it can't be read") from None
        login, at, hosts = parts.netloc.rpartition("@")
        if "@" in parts.path + parts.query + parts.fragment or parts.fragment or "@" in login:
            raise _bad("in a password @, :, /, ? and # are written as %40, %3A, %2F, %3F and %23")
        if _UNWRITTEN.search(parts.netloc + parts.path):  # libpq would repeat it, the password too
            raise _bad("before the question mark a blank is written as %20, and a % as %25")
        if not all(_HOSTS.fullmatch(host) for host in hosts.split(",")):
            raise _bad("after the server's name only a colon and the number of its port may stand")
        if "%00" in written:
            raise _bad("no character in it is NUL, which is written as %00")
        user = login.partition(":")[0]
        for name, value in [("user", unquote(user)), ("dbname", unquote(parts.path)), *asked]:
            if name in _TOLD and _IN_A_VALUE.get(name, _MORE_THAN_ONE).search(value):
                raise _bad(
                    f"{name} holds more than one value. After the question mark each has a name, "
                    "and & stands between two"
                )
        own = {name: value for name, value in asked if name in _OWN}
        twice = sorted(name for name in own if [each for each, _ in asked].count(name) > 1)
        if twice:
            raise _bad(f"it names {listed(twice)} more than once, where it can mean but one")
        schema = own.get("schema", DEFAULT_SCHEMA)
        if not _SCHEMA.fullmatch(schema) or schema.startswith("pg_") or schema in _THE_SERVERS:
            raise _bad(
                "the schema is a name of its own in small letters, digits and _, such as kent"
            )
        rest = [(name, value) for name, value in asked if name not in own]
        told = [(name, value) for name, value in asked if name in _TOLD]
        return cls(
            schema,
            _folder(own["documents"]) if own.get("documents") else None,
            f"postgresql://{user}{at}{hosts}{parts.path}{_query(told)}",
            f"postgresql://{parts.netloc}{parts.path}{_query(rest)}",
        )


Place = Path | Address


def place_of(written: str) -> Place:
    """Where a register lies, as it was typed.

    Raises:
        BadFact: it has the form of an address and is none.
    """
    if written.startswith(_SCHEMES):
        return Address.read(written)
    if "://" in written or _LIKE_AN_ADDRESS.search(written):
        raise BadFact(
            "A register lies in a file, named by its path, or in a PostgreSQL database, named by "
            "an address that begins with postgresql://."
        )
    return Path(written)


def _folder(written: str) -> Path:
    """The folder of documents, which is to be the same from wherever someone works.

    Raises:
        BadFact: it is not.
    """
    try:
        folder = Path(written).expanduser()
    except RuntimeError:  # ~ and the name of nobody on this machine
        folder = Path(written)
    if not folder.is_absolute():
        raise _bad(
            f"its documents are to lie in a folder that is named from the root on, for every "
            f"machine, and “{written}” is not"
        )
    return folder


def _query(pairs: list[tuple[str, str]]) -> str:
    return f"?{urlencode(pairs, safe='/:', quote_via=quote)}" if pairs else ""


def _bad(why: str) -> BadFact:
    return BadFact(
        f"The register's address is not one that can be used: {why}. It is written as in "
        "postgresql://officer@server/estates?schema=kent&documents=/srv/kent/documents."
    )
