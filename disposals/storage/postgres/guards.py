"""The guards of a register in PostgreSQL, against update, delete, truncation and false stages.

A function finds its register by the table it was called for, and everything else in pg_catalog
alone: a schema can be renamed, and nobody can put functions of their own in the way.
"""

# ruff: noqa: S608 (what is put into the statements is of this program alone)
from collections.abc import Collection, Iterable, Iterator, Mapping

from disposals.history.digests import PERSONAL, erased
from disposals.history.raw import Raw
from disposals.kept import ALL_GUARDED, columns_of_this_version, guarded
from disposals.records import FORMAT
from disposals.storage import CLOSED
from disposals.storage.structure import constraints

_BEFORE, _, _AFTER = erased(0).partition("0")
_OF_A_GUARD = "RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp"
_PATH = '{"search_path=pg_catalog, pg_temp"}'  # as the catalog has it
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
# Where the history is kept by year, as docs/growing/partition-history.sql has it.
_OF_YEARS = (
    "CREATE TRIGGER history_entry_has_each_number_once BEFORE INSERT ON history_entry "
    "FOR EACH ROW EXECUTE FUNCTION refuse_second_number()"
)
_ROW_SECURITY = """
SELECT c.relname, 'row security' FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relrowsecurity
UNION ALL SELECT tablename, 'policy ' || policyname FROM pg_catalog.pg_policies
WHERE schemaname = ?
"""
# Of each table, but for the partitions of one, what refuses rows.
_CONSTRAINTS = """
SELECT c.relname, k.conname, 'constraint' FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ? AND k.contype IN ('c', 'f', 'p', 'u', 'x') AND NOT c.relispartition
UNION ALL SELECT c.relname, i.relname, 'unique index' FROM pg_catalog.pg_index x
JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ? AND x.indisunique AND NOT c.relispartition
AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k WHERE k.conindid = i.oid)
UNION ALL SELECT c.relname, a.attname, 'NOT NULL' FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition
AND a.attnum > 0 AND a.attnotnull
"""
_CLOSING = "moved BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION refuse_more("
_CLOSES = f"""
CREATE OR REPLACE FUNCTION refuse_more() {_OF_A_GUARD} AS $$
BEGIN
    RAISE EXCEPTION '{CLOSED}%', TG_ARGV[0];
END $$
"""


def guards(
    kinds: Iterable[str], columns: Mapping[str, Collection[str]], format_: int
) -> Iterator[str]:
    """The statements that guard the schema in the search path; triggers as the server tells them.

    Args:
        kinds: the tables of evidence.
        columns: those of every table there is; a register of an older format has fewer of both.
        format_: that of the register.
    """
    for name, body in _BODIES.items():
        yield f"CREATE FUNCTION {name}() {_OF_A_GUARD} AS $${body}$$"
    for table in guarded(kinds, columns, format_):
        given = _personal(table, columns)
        guard = "refuse_change_of_person()" if table == "person" else f"refuse_change({given})"
        yield (
            f"CREATE TRIGGER {table}_is_kept BEFORE DELETE OR UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {guard}"
        )
        yield (
            f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    if format_ >= ALL_GUARDED:
        yield (
            "CREATE TRIGGER site_is_kept BEFORE DELETE ON site "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        yield (
            "CREATE TRIGGER site_is_not_emptied BEFORE TRUNCATE ON site "
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


def closing(because: str) -> Iterator[str]:
    """The statements after which the register takes nothing more."""
    said = because.replace("'", "''")
    yield _CLOSES
    yield f"CREATE OR REPLACE TRIGGER {_CLOSING}'{said}')"


def amiss(raw: Raw, schema: str, kinds: Iterable[str]) -> list[str]:
    """The guards of a schema that are not there, are switched off, or are not what they were.

    Args:
        raw: with the schema in its search path, so that the server does not write it out.
        kinds: the tables of evidence.
    """
    made = {told for _, _, _, told, is_on in _triggers(raw, schema) if is_on}
    functions = dict(
        raw.execute(
            "SELECT p.proname, p.prosrc || p.proconfig::text FROM pg_catalog.pg_proc p "
            "JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = ?",
            (schema,),
        ).fetchall()
    )
    lost = sorted(
        told.split()
        for told in guards(kinds, columns_of_this_version(), FORMAT)
        if told.startswith("CREATE TRIGGER") and told not in made
    )
    return [
        *(f"{words[2]} on {words[words.index('ON') + 1]}" for words in lost),
        *(name for name, body in _BODIES.items() if functions.get(name) != body + _PATH),
    ]


def strangers(raw: Raw, schema: str, kinds: Iterable[str]) -> list[str]:
    """What could alter what is written, show it in part or keep it out, and is no part of it.

    That is triggers and rules that are none of its guards, row security, and constraints.

    Args:
        raw: with the schema in its search path.
        kinds: the tables of evidence.
    """
    known = constraints()
    ours = {*guards(kinds, columns_of_this_version(), FORMAT), _OF_YEARS}
    rules = raw.execute(
        "SELECT rulename, tablename FROM pg_catalog.pg_rules "
        "WHERE schemaname = ? AND rulename <> '_RETURN'",
        (schema,),
    )
    return sorted(
        [
            *(f"rule {name} on {table}" for name, table in rules),
            *(f"{what} on {table}" for table, what in raw.execute(_ROW_SECURITY, (schema,) * 2)),
            *(
                f"{what} {name} on {table}"
                for table, name, what in raw.execute(_CONSTRAINTS, (schema,) * 3)
                if name not in known.get(table, ())
            ),
            *(
                f"trigger {name} on {table}"
                for name, table, whole, told, _ in _triggers(raw, schema)
                if told.replace(f" ON {table} ", f" ON {whole} ") not in ours
                and not told.startswith(f"CREATE TRIGGER {_CLOSING}")
            ),
        ]
    )


def _triggers(raw: Raw, schema: str) -> list[tuple[str, str, str, str, int]]:
    """Each trigger of a schema: its name, its table and what that is a partition of.

    And as the server tells it, and whether it is on.
    """
    return raw.execute(
        "SELECT t.tgname, c.relname, coalesce((SELECT w.relname FROM pg_catalog.pg_inherits i "
        "JOIN pg_catalog.pg_class w ON w.oid = i.inhparent WHERE i.inhrelid = c.oid), c.relname), "
        "pg_catalog.pg_get_triggerdef(t.oid, true), t.tgenabled IN ('O', 'A') "
        "FROM pg_catalog.pg_trigger t "
        "JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = ? AND NOT t.tgisinternal AND t.tgparentid = 0",  # else of a partition
        (schema,),
    ).fetchall()
