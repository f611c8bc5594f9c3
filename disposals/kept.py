"""What a register keeps as it was written, whoever writes: this program, another, or a hand.

History and evidence are never altered or removed, and a stage that no history entry explains is
not taken. Of who acted, the name alone may give way to what stands for it, once an erasure is
recorded. Each database is told so in its own words: `storage/*/guards.py`.

A guard that a later version thinks of belongs to a new format: the version before would take it for
someone else's.
"""

from collections.abc import Collection, Iterable, Mapping

from disposals.records import evidence_kinds
from sites.record import Record

ALL_GUARDED = 6  # the format from which every table is, but for what acts change of cases and sites
_REGISTER = "register"  # what it says of itself, which a change of format alone rewrites
_SINCE = frozenset({"authority_area", "holding", "site_part", "touch", _REGISTER})


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
        if format_ >= ALL_GUARDED or table not in _SINCE
        # Before rows were corrected by rows that replace them, what lies on land was overwritten.
        if table in columns and ("replaces" in columns[table] or "replaces" not in same)
    }
