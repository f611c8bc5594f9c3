"""What a register refuses whoever writes: this program, another, or a hand in a database browser.

History and evidence are never altered or removed, and a stage that no history entry explains is
not taken.
"""

from collections.abc import Iterable, Iterator

_EXPLAINED = (
    "WHEN NOT EXISTS (SELECT 1 FROM history_entry h WHERE h.disposal_ref = NEW.ref "
    "AND h.no = NEW.version AND h.to_stage = NEW.stage) "
    "BEGIN SELECT RAISE(ABORT, 'unexplained: no history entry leads to this stage'); END"
)


def triggers(kinds: Iterable[str]) -> Iterator[str]:
    """The SQL statements that guard a register.

    Args:
        kinds: the tables of evidence.
    """
    same = {
        "history_entry": "disposal_ref = NEW.disposal_ref AND no = NEW.no",
        "boundary": "site_ref = NEW.site_ref AND part_no IS NEW.part_no "
        "AND revision = NEW.revision",
        "part_ending": "part_id = NEW.part_id",
        "land_constraint": "replaces = NEW.replaces",
        "occupation": "replaces = NEW.replaces",
        "imported_row": "FALSE",
        "receipt_target": "FALSE",
        "meeting": "FALSE",
        "programme_item": "FALSE",
        "own_workflow": "name = NEW.name AND version = NEW.version",
    } | dict.fromkeys(sorted(kinds), "replaces = NEW.replaces")
    for table, key in same.items():
        refuse = f"BEGIN SELECT RAISE(ABORT, 'kept: {table} is never altered or removed'); END"
        for act in ("UPDATE", "DELETE"):
            yield f"CREATE TRIGGER {table}_refuses_{act.lower()} BEFORE {act} ON {table} {refuse}"
        # INSERT OR REPLACE removes the row in its way without asking the trigger on DELETE.
        yield (
            f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} WHEN EXISTS "  # noqa: S608
            f"(SELECT 1 FROM {table} WHERE id = NEW.id OR ({key})) {refuse}"
        )
    for act, when in (("insert", "INSERT"), ("update", "UPDATE")):
        yield f"CREATE TRIGGER disposal_explained_on_{act} BEFORE {when} ON disposal {_EXPLAINED}"
    yield (
        "CREATE TRIGGER disposal_keeps_its_workflow BEFORE UPDATE ON disposal WHEN "
        "NEW.version <> OLD.version + 1 OR NEW.ref <> OLD.ref OR NEW.workflow <> OLD.workflow "
        "OR NEW.authority <> OLD.authority OR (NEW.workflow_version <> OLD.workflow_version AND "
        "NOT EXISTS (SELECT 1 FROM history_entry h WHERE h.disposal_ref = NEW.ref "
        "AND h.no = NEW.version AND h.act = 'workflow migrated')) "
        "BEGIN SELECT RAISE(ABORT, 'unexplained: an act changes a case one version at a time'); END"
    )
    yield (
        "CREATE TRIGGER disposal_refuses_delete BEFORE DELETE ON disposal BEGIN "
        "SELECT RAISE(ABORT, 'kept: a disposal is withdrawn, never removed'); END"
    )
