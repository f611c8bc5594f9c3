"""What a register refuses whoever writes: this program, another, or a hand in a database browser.

History and evidence are never altered or removed, and a stage that no history entry explains is
not taken. Of who acted, the name alone may give way to what stands for it, once an erasure is
recorded.

A guard that a later version thinks of belongs to a new format: the version before would take it for
someone else's.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from disposals.history.digests import PERSONAL, erased
from disposals.records import evidence_kinds
from sites.record import Record

_REGISTER = "register"  # what it says of itself, which a change of format alone rewrites
_ALL_GUARDED = 6  # the format from which every table is
_SINCE_6 = frozenset({"authority_area", "holding", "site", "site_part", "touch", _REGISTER})
# Where the key is no number, a row of SQLite's has a number beside it.
_NUMBERED = {"ledger_entry": "no", "site": "rowid"}
_REMOVED = "SELECT RAISE(ABORT, 'kept: a disposal is withdrawn, never removed')"
_EXPLAINED = (
    "WHEN NOT EXISTS (SELECT 1 FROM history_entry h WHERE h.disposal_ref = NEW.ref "
    "AND h.no = NEW.version AND h.to_stage = NEW.stage) "
    "BEGIN SELECT RAISE(ABORT, 'unexplained: no history entry leads to this stage'); END"
)


def kept(kinds: Iterable[str]) -> Mapping[str, str]:
    """The tables whose rows are written once, and what else than its key makes a row the same.

    Args:
        kinds: the tables of evidence.
    """
    return {
        "history_entry": "disposal_ref = NEW.disposal_ref AND no = NEW.no",
        "boundary": "site_ref = NEW.site_ref AND part_no IS NEW.part_no "
        "AND revision = NEW.revision",
        "part_ending": "part_id = NEW.part_id",
        "authority_area": "FALSE",
        "holding": "disposal_ref = NEW.disposal_ref AND site_ref = NEW.site_ref",
        "site": "ref = NEW.ref",
        "site_part": "FALSE",
        "touch": "FALSE",
        "land_constraint": "replaces = NEW.replaces",
        "occupation": "replaces = NEW.replaces",
        "imported_row": "FALSE",
        "receipt_target": "FALSE",
        "meeting": "FALSE",
        "programme_item": "FALSE",
        "own_workflow": "name = NEW.name AND version = NEW.version",
        "ledger_entry": "FALSE",
        "person": "name = NEW.name OR commitment = NEW.commitment",
        "erasure": "person_id = NEW.person_id",
    } | dict.fromkeys(sorted(kinds), "replaces = NEW.replaces")


def columns_of_this_version() -> Mapping[str, Collection[str]]:
    """Every table that a register has, by name, with the names of its columns."""
    evidence_kinds()  # which makes all tables known
    return {table.name: table.columns.keys() for table in Record.metadata.sorted_tables}


def guarded(
    kinds: Iterable[str], columns: Mapping[str, Collection[str]], format_: int
) -> Mapping[str, str]:
    """Which of `kept`, and of its own row, a register of a format guards."""
    return {
        table: same
        for table, same in {**kept(kinds), _REGISTER: "TRUE"}.items()
        if format_ >= _ALL_GUARDED or table not in _SINCE_6
        # Before rows were corrected by rows that replace them, what lies on land was overwritten.
        if table in columns and ("replaces" in columns[table] or "replaces" not in same)
    }


def triggers(
    kinds: Iterable[str], columns: Mapping[str, Collection[str]], format_: int
) -> Iterator[str]:
    """The SQL statements that guard a register.

    Args:
        kinds: the tables of evidence.
        columns: those of every table there is; a register of an older format has fewer of both.
        format_: that of the register.
    """
    for table, same in guarded(kinds, columns, format_).items():
        refuse = f"BEGIN SELECT RAISE(ABORT, 'kept: {table} is never altered or removed'); END"
        yield (
            f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} "
            f"WHEN NOT ({_erases(table, columns)}) {refuse}"
        )
        yield f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table} {refuse}"
        # INSERT OR REPLACE removes the row in its way without asking the trigger on DELETE.
        key = _NUMBERED.get(table, "id")
        yield (
            f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} WHEN EXISTS "  # noqa: S608
            f"(SELECT 1 FROM {table} WHERE {key} = NEW.{key} OR ({same})) {refuse}"
        )
    if format_ >= _ALL_GUARDED:
        yield from _places_kept()
    for act, when in (("insert", "INSERT"), ("update", "UPDATE")):
        yield f"CREATE TRIGGER disposal_explained_on_{act} BEFORE {when} ON disposal {_EXPLAINED}"
    yield (
        f"CREATE TRIGGER disposal_keeps_its_workflow BEFORE UPDATE ON disposal WHEN NOT "  # noqa: S608
        f"({_erases('disposal', columns)}) AND "
        "(NEW.version <> OLD.version + 1 OR NEW.ref <> OLD.ref OR NEW.workflow <> OLD.workflow OR "
        "NEW.authority <> OLD.authority OR "
        "(NEW.workflow_version <> OLD.workflow_version AND NOT EXISTS "
        "(SELECT 1 FROM history_entry h WHERE h.disposal_ref = NEW.ref "
        "AND h.no = NEW.version AND h.act = 'workflow migrated'))) "
        "BEGIN SELECT RAISE(ABORT, 'unexplained: an act changes a case one version at a time'); END"
    )
    yield (
        f"CREATE TRIGGER disposal_refuses_delete BEFORE DELETE ON disposal BEGIN {_REMOVED}; END"
    )


def _places_kept() -> Iterator[str]:
    """That no case takes another's place, nor any row of a table whose key is no number.

    SQLite gives such rows a number that can be written, and another row may be in its way.
    """
    yield (
        "CREATE TRIGGER disposal_refuses_replace BEFORE INSERT ON disposal WHEN EXISTS "  # noqa: S608
        "(SELECT 1 FROM disposal WHERE rowid = NEW.rowid OR ref = NEW.ref) "
        f"BEGIN {_REMOVED}; END"
    )
    yield (
        "CREATE TRIGGER disposal_keeps_its_place BEFORE UPDATE ON disposal "
        f"WHEN NEW.rowid <> OLD.rowid BEGIN {_REMOVED}; END"
    )
    yield (
        "CREATE TRIGGER site_keeps_its_place BEFORE UPDATE ON site WHEN NEW.rowid <> OLD.rowid "
        "BEGIN SELECT RAISE(ABORT, 'kept: site is never altered or removed'); END"
    )


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
        f"NEW.{personal} IS (SELECT '{before}' || id || '{after}' FROM person "  # noqa: S608
        f"WHERE name = OLD.{personal} AND id IN (SELECT person_id FROM erasure)) AND {same}"
    )
