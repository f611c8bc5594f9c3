"""What is kept: one table a class; data without behaviour, hooks or relationships."""

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from disposals.records.base import Evidence

FORMAT = 6  # the version of the tables
_ROOMS = (
    "cases",
    "surplus",
    "consultations",
    "options",
    "direct_sale",
    "scoring",
    "judgements",
    "land",
    "title",
    "notices",
    "marketing",
    "interest",
    "bids",
    "reasons",
    "decisions",
    "meetings",
    "terms",
    "clauses",
    "completion",
    "documents",
    "papers",
    "programme",
    "classification",
    "requests",
    "ledger",
)


def evidence_kinds() -> "dict[str, type[Evidence]]":
    """Every kind of evidence there is, by the name of its table."""
    import_module("sites.records")  # evidence about a site refers to its table
    import_module("sites.sources")
    for room in _ROOMS:
        import_module(f"{__name__}.{room}")
    base = import_module(f"{__name__}.base").Evidence
    return {cast("str", kind.__tablename__): kind for kind in base.__subclasses__()}


def vouched_for() -> dict[str, str]:
    """Every table that the ledger vouches for, by name, with the column of its key."""
    evidence_kinds()
    record = import_module("sites.record").Record
    return {
        name: next(iter(table.primary_key.columns)).name
        for name, table in sorted(record.metadata.tables.items())
        if name != "ledger_entry"
    }
