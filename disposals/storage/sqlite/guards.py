"""The guards of a register in SQLite, against update, delete, replacement and false stages."""

# ruff: noqa: S608 (what is put into the statements is of this program alone)
from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import Connection

from disposals.history.digests import PERSONAL, erased
from disposals.history.raw import Raw
from disposals.kept import ALL_GUARDED, columns_of_this_version, guarded
from disposals.records import FORMAT, evidence_kinds
from disposals.storage import CLOSED
from disposals.storage.structure import constraints

# What acts change has a text for its key, and SQLite gives it a number beside that.
_CHANGED = {
    "disposal": "kept: a disposal is withdrawn, never removed",
    "site": "kept: a site is never removed",
}
_EXPLAINED = (
    "WHEN NOT EXISTS (SELECT 1 FROM history_entry h WHERE h.disposal_ref = NEW.ref "
    "AND h.no = NEW.version AND h.to_stage = NEW.stage) "
    "BEGIN SELECT RAISE(ABORT, 'unexplained: no history entry leads to this stage'); END"
)
_CLOSES = f"moved BEFORE INSERT ON ledger_entry BEGIN SELECT RAISE(ABORT, '{CLOSED}"
_END = "'); END"


def guards(
    kinds: Iterable[str], columns: Mapping[str, Collection[str]], format_: int
) -> Iterator[str]:
    """The statements that guard a register; triggers as SQLite tells them.

    Args:
        kinds: the tables of evidence.
        columns: those of every table there is; a register of an older format has fewer of both.
        format_: that of the register.
    """
    for table, same in guarded(kinds, columns, format_).items():
        refuse = _refuses(f"kept: {table} is never altered or removed")
        yield (
            f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} "
            f"WHEN NOT ({_erases(table, columns)}) {refuse}"
        )
        yield f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table} {refuse}"
        # INSERT OR REPLACE removes the row in its way without asking the trigger on DELETE.
        key = "no" if table == "ledger_entry" else "id"
        yield (
            f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} WHEN EXISTS "
            f"(SELECT 1 FROM {table} WHERE {key} = NEW.{key} OR ({same})) {refuse}"
        )
    for table, said in _CHANGED.items():
        if table == "disposal" or format_ >= ALL_GUARDED:
            yield f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table} {_refuses(said)}"
        if format_ >= ALL_GUARDED:
            yield (
                f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} WHEN EXISTS "
                f"(SELECT 1 FROM {table} WHERE rowid = NEW.rowid OR ref = NEW.ref) {_refuses(said)}"
            )
            yield (
                f"CREATE TRIGGER {table}_keeps_its_place BEFORE UPDATE ON {table} "
                f"WHEN NEW.rowid <> OLD.rowid OR NEW.ref <> OLD.ref {_refuses(said)}"
            )
    for act, when in (("insert", "INSERT"), ("update", "UPDATE")):
        yield f"CREATE TRIGGER disposal_explained_on_{act} BEFORE {when} ON disposal {_EXPLAINED}"
    yield (
        f"CREATE TRIGGER disposal_keeps_its_workflow BEFORE UPDATE ON disposal WHEN NOT "
        f"({_erases('disposal', columns)}) AND "
        "(NEW.version <> OLD.version + 1 OR NEW.ref <> OLD.ref OR NEW.workflow <> OLD.workflow OR "
        "NEW.authority <> OLD.authority OR "
        "(NEW.workflow_version <> OLD.workflow_version AND NOT EXISTS "
        "(SELECT 1 FROM history_entry h WHERE h.disposal_ref = NEW.ref "
        "AND h.no = NEW.version AND h.act = 'workflow migrated'))) "
        "BEGIN SELECT RAISE(ABORT, 'unexplained: an act changes a case one version at a time'); END"
    )


def unguard(connection: Connection) -> None:
    """Take all guards away, of whatever format, and nothing else: what closes a register stays."""
    ours = {told.split()[2] for told in _of_this_version(evidence_kinds())}
    found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in found.all():
        if name in ours:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")


def close(connection: Connection, because: str) -> None:
    """Refuse every ledger entry, and so every act, whatever else bears the name of that guard."""
    said = because.replace("'", "''")
    connection.exec_driver_sql("DROP TRIGGER IF EXISTS moved")
    connection.exec_driver_sql(f"CREATE TRIGGER {_CLOSES}{said}{_END}")


def closed(raw: Raw) -> str | None:
    """Why every act is refused; None where acts are taken."""
    asked = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'moved'"
    found = raw.execute(asked).fetchone()
    if found is None or not _closes(found[0]):
        return None
    return str(found[0]).partition(CLOSED)[2].removesuffix(_END).replace("''", "'")


def amiss(raw: Raw, kinds: Iterable[str]) -> list[str]:
    """The guards that are not there, or are not what they were made as.

    Args:
        kinds: the tables of evidence.
    """
    made = {told for (told,) in raw.execute("SELECT sql FROM sqlite_master")}
    return [told.split()[2] for told in _of_this_version(kinds) if told not in made]


def strangers(raw: Raw, kinds: Iterable[str]) -> list[str]:
    """What is none of the guards and acts on what is written: triggers, views, unique indexes.

    Args:
        kinds: the tables of evidence.
    """
    ours = {*_of_this_version(kinds)}
    told = raw.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
    )
    found = [
        f"{kind} {name} on {table}" if kind == "trigger" else f"{kind} {name}"
        for kind, name, table, sql in told
        if sql not in ours and not _closes(sql)
    ]
    known = constraints()
    unique = raw.execute(
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' "
        "AND sql LIKE 'CREATE UNIQUE INDEX%'"
    )
    found += [
        f"index {name} on {table}" for name, table in unique if name not in known.get(table, ())
    ]
    return sorted(found)


def _of_this_version(kinds: Iterable[str]) -> Iterator[str]:
    return guards(kinds, columns_of_this_version(), FORMAT)


def _closes(sql: str) -> bool:
    """Whether a trigger, as SQLite tells it, is the one that closes a register to writing."""
    return sql.startswith(f"CREATE TRIGGER {_CLOSES}")


def _refuses(said: str) -> str:
    return f"BEGIN SELECT RAISE(ABORT, '{said}'); END"


def _erases(table: str, columns: Mapping[str, Collection[str]]) -> str:
    """An SQL condition: the row changes in nothing but the name of who acted, which is erased."""
    if "erasure" not in columns:
        return "FALSE"
    if table == "person":
        return (
            "NEW.id = OLD.id AND NEW.commitment = OLD.commitment AND NEW.name IS NULL "
            "AND NEW.salt IS NULL AND OLD.id IN (SELECT person_id FROM erasure)"
        )
    personal = next((name for name in columns[table] if name in PERSONAL), None)
    if personal is None:
        return "FALSE"
    before, _, after = erased(0).partition("0")
    same = " AND ".join(
        f'NEW."{name}" IS OLD."{name}"' for name in sorted(columns[table]) if name != personal
    )
    return (
        f"NEW.{personal} IS (SELECT '{before}' || id || '{after}' FROM person "
        f"WHERE name = OLD.{personal} AND id IN (SELECT person_id FROM erasure)) AND {same}"
    )
