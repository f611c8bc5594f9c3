"""What keeps a register's schema from an older format, which could not hold it."""

from sqlalchemy import Connection

from disposals.errors import CannotWriteRegister
from disposals.storage.address import Address
from disposals.words import listed, some

_VIEWS = """
SELECT DISTINCT n.nspname || '.' || v.relname FROM pg_catalog.pg_depend d
JOIN pg_catalog.pg_class t ON d.refclassid = 'pg_class'::regclass AND t.oid = d.refobjid
JOIN pg_catalog.pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
JOIN pg_catalog.pg_class v ON v.oid = r.ev_class AND v.oid <> t.oid
JOIN pg_catalog.pg_namespace n ON n.oid = v.relnamespace
WHERE t.relnamespace = current_schema()::regnamespace
AND NOT (v.relnamespace = t.relnamespace AND v.relname = 'boundary_on_the_map') ORDER BY 1
"""


def refuse(connection: Connection, place: Address) -> None:
    """Refuse where someone partitioned a table, as docs/growing.md tells for the history.

    And where someone's view stands on a table, for an older format may lack what it shows.

    Raises:
        CannotWriteRegister: names it, and says what to do first.
    """
    parted = connection.exec_driver_sql(
        "SELECT relname FROM pg_catalog.pg_class WHERE relkind = 'p' "
        "AND relnamespace = pg_catalog.current_schema()::regnamespace ORDER BY 1"
    )
    names = [name for (name,) in parted]
    if names:
        raise CannotWriteRegister(
            f"In {place} {listed(names)} {'are' if names[1:] else 'is'} partitioned, and "
            "an older format knows no partitions, so nothing was changed. Carry the register "
            "with `disposals db move` to a file, which has none, and bring that to the older "
            "format, or from there to a schema of another name, and bring that to it."
        )
    views = [name for (name,) in connection.exec_driver_sql(_VIEWS)]
    if views:
        raise CannotWriteRegister(
            f"On the tables of {place} {'stand' if views[1:] else 'stands'} "
            f"{some(views)}, and an older format may not have what that shows, so nothing was "
            "changed. Drop it, repeat, and make it anew."
        )
