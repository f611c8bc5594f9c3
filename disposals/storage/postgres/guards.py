"""The guards of `triggers.py` in PostgreSQL, against update, delete, truncation and false stages.

A function finds its register by the table it was called for, and everything else in pg_catalog
alone: a schema can be renamed, and nobody can put functions of their own in the way.
"""

# ruff: noqa: S608 (what is put into the statements is of this program alone)
from collections.abc import Collection, Iterable, Iterator, Mapping

from disposals.history.digests import PERSONAL, erased
from disposals.history.raw import Raw
from disposals.triggers import kept

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
_BODIES = {
    "refuse_change": f"""
DECLARE erases boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' AND TG_NARGS > 0 THEN {_ERASES} END IF;
    IF NOT erases THEN RAISE EXCEPTION 'kept: % is never altered or removed', TG_TABLE_NAME; END IF;
    RETURN NEW;
END """,
    "refuse_change_of_person": """
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
END """,
    "refuse_unexplained": f"""
DECLARE erases boolean := false; explained_by text;
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
            IF TG_NARGS > 0 THEN {_ERASES} END IF;
            IF NOT erases THEN
                RAISE EXCEPTION 'unexplained: an act changes a case one version at a time';
            END IF;
        END IF;
    END IF;
    RETURN NEW;
END """,
    "refuse_removal": """
BEGIN
    RAISE EXCEPTION 'kept: a disposal is withdrawn, never removed';
END """,
}


def guards(kinds: Iterable[str], columns: Mapping[str, Collection[str]]) -> Iterator[str]:
    """The statements that guard the schema in the search path.

    Args:
        kinds: the tables of evidence.
        columns: those of every table there is; a register of an older format has fewer of both.
    """
    for name, body in _BODIES.items():
        yield f"CREATE FUNCTION {name}() {_OF_A_GUARD} AS $${body}$$"
    for table, same in kept(kinds).items():
        # Before rows were corrected by rows that replace them, what lies on land was overwritten.
        if table not in columns or ("replaces" in same and "replaces" not in columns[table]):
            continue
        given = _personal(table, columns)
        guard = "refuse_change_of_person()" if table == "person" else f"refuse_change({given})"
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
        f"FOR EACH ROW EXECUTE FUNCTION refuse_unexplained({_personal('disposal', columns)})"
    )
    yield (
        "CREATE TRIGGER disposal_is_kept BEFORE DELETE ON disposal "
        "FOR EACH ROW EXECUTE FUNCTION refuse_removal()"
    )
    yield (
        "CREATE TRIGGER disposal_is_not_emptied BEFORE TRUNCATE ON disposal "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal()"
    )


def _personal(table: str, columns: Mapping[str, Collection[str]]) -> str:
    """The column of who acted, as an argument of a guard; none before names could be erased."""
    found = sorted(PERSONAL & {*columns[table]}) if "erasure" in columns else []
    return f"'{found[0]}'" if found else ""


def unguard() -> Iterator[str]:
    """The statements that take all guards away, for a change of the tables themselves."""
    for name in _BODIES:
        yield f"DROP FUNCTION IF EXISTS {name}() CASCADE"


def amiss(raw: Raw, schema: str, wanted: Iterable[str]) -> list[str]:
    """The guards of a schema that are not there, are switched off, or are not what they were.

    Args:
        wanted: the statements that make them.
    """
    made = {
        (table, name)
        for table, name in raw.execute(
            "SELECT c.relname, t.tgname FROM pg_catalog.pg_trigger t "
            "JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = ? AND t.tgenabled IN ('O', 'A') AND NOT t.tgisinternal",
            (schema,),
        )
    }
    bodies = dict(
        raw.execute(
            "SELECT p.proname, p.prosrc FROM pg_catalog.pg_proc p "
            "JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = ?",
            (schema,),
        ).fetchall()
    )
    words = (line.split() for line in wanted if line.startswith("CREATE TRIGGER"))
    triggers = {(each[each.index("ON") + 1], each[2]) for each in words}
    return [
        *(f"{name} on {table}" for table, name in sorted(triggers - made)),
        *(name for name, body in _BODIES.items() if bodies.get(name) != body),
    ]
