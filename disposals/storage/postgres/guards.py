"""The guards of `triggers.py` in PostgreSQL, against update, delete, truncation and false stages.

A function finds its register by the table it was called for, and everything else in pg_catalog
alone: a schema can be renamed, and nobody can put functions of their own in the way.
"""

# ruff: noqa: S608 (what is put into the statements is of this program alone)
from collections.abc import Iterable, Iterator

from disposals.history.digests import PERSONAL, erased
from disposals.triggers import kept
from sites.record import Record

_BEFORE, _, _AFTER = erased(0).partition("0")
_OF_A_GUARD = "RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp"
# Whether a row changes in nothing but the name of who acted, whose erasure is recorded.
_ERASES = f"""
    EXECUTE format(
        'SELECT EXISTS (SELECT 1 FROM %1$I.person p JOIN %1$I.erasure e ON e.person_id = p.id '
        'WHERE p.name = ($1).%2$I AND jsonb_populate_record($1, jsonb_build_object(%2$L, '
        '''{_BEFORE}'' || p.id || ''{_AFTER}'')) *= $2)', TG_TABLE_SCHEMA, TG_ARGV[0]
    ) INTO erases USING OLD, NEW;
"""
_FUNCTIONS = (
    f"""
CREATE FUNCTION refuse_change() {_OF_A_GUARD} AS $$
DECLARE erases boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' AND TG_NARGS > 0 THEN {_ERASES} END IF;
    IF NOT erases THEN RAISE EXCEPTION 'kept: % is never altered or removed', TG_TABLE_NAME; END IF;
    RETURN NEW;
END $$
""",
    f"""
CREATE FUNCTION refuse_change_of_person() {_OF_A_GUARD} AS $$
DECLARE erases boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.id = OLD.id AND NEW.commitment = OLD.commitment
            AND NEW.name IS NULL AND NEW.salt IS NULL
        THEN
            EXECUTE format(
                'SELECT EXISTS (SELECT 1 FROM %I.erasure WHERE person_id = $1)', TG_TABLE_SCHEMA
            ) INTO erases USING OLD.id;
        END IF;
    END IF;
    IF NOT erases THEN RAISE EXCEPTION 'kept: % is never altered or removed', TG_TABLE_NAME; END IF;
    RETURN NEW;
END $$
""",
    f"""
CREATE FUNCTION refuse_unexplained() {_OF_A_GUARD} AS $$
DECLARE erases boolean; explained_by text;
BEGIN
    EXECUTE format(
        'SELECT act FROM %I.history_entry WHERE disposal_ref = $1 AND no = $2 AND to_stage = $3',
        TG_TABLE_SCHEMA
    ) INTO explained_by USING NEW.ref, NEW.version, NEW.stage;
    IF explained_by IS NULL THEN
        RAISE EXCEPTION 'unexplained: no history entry leads to this stage';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.version <> OLD.version + 1 OR NEW.ref <> OLD.ref OR NEW.workflow <> OLD.workflow
            OR NEW.authority <> OLD.authority OR (NEW.workflow_version <> OLD.workflow_version
            AND explained_by <> 'workflow migrated')
        THEN
            {_ERASES}
            IF NOT erases THEN
                RAISE EXCEPTION 'unexplained: an act changes a case one version at a time';
            END IF;
        END IF;
    END IF;
    RETURN NEW;
END $$
""",
    f"""
CREATE FUNCTION refuse_removal() {_OF_A_GUARD} AS $$
BEGIN
    RAISE EXCEPTION 'kept: a disposal is withdrawn, never removed';
END $$
""",
)
FUNCTIONS = ("refuse_change", "refuse_change_of_person", "refuse_unexplained", "refuse_removal")


def guards(kinds: Iterable[str]) -> Iterator[str]:
    """The statements that guard the schema in the search path.

    Args:
        kinds: the tables of evidence.
    """
    yield from _FUNCTIONS
    for table in kept(kinds):
        names = [column.name for column in Record.metadata.tables[table].columns]
        personal = next((f"'{name}'" for name in names if name in PERSONAL), "")
        guard = "refuse_change_of_person()" if table == "person" else f"refuse_change({personal})"
        yield (
            f"CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {guard}"
        )
        yield (
            f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    yield (
        "CREATE TRIGGER disposal_is_explained BEFORE INSERT OR UPDATE ON disposal "
        "FOR EACH ROW EXECUTE FUNCTION refuse_unexplained('officer')"
    )
    yield (
        "CREATE TRIGGER disposal_is_kept BEFORE DELETE ON disposal "
        "FOR EACH ROW EXECUTE FUNCTION refuse_removal()"
    )
    yield (
        "CREATE TRIGGER disposal_is_not_emptied BEFORE TRUNCATE ON disposal "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal()"
    )


def unguard() -> Iterator[str]:
    """The statements that take all guards away, for a change of the tables themselves."""
    for name in FUNCTIONS:
        yield f"DROP FUNCTION IF EXISTS {name}() CASCADE"


def expected(kinds: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Every guard there must be: table and name of the trigger.

    Args:
        kinds: the tables of evidence.
    """
    made = (line.split() for line in guards(kinds) if line.startswith("CREATE TRIGGER"))
    return frozenset((words[words.index("ON") + 1], words[2]) for words in made)
