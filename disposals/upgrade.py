"""A register of an older format, brought to this one: a verified copy first, then all at once."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path

from sqlalchemy import Connection, text

from disposals.errors import CannotWriteRegister, NotARegister
from disposals.history.taking_over import take_over
from disposals.records import evidence_kinds, vouched_for
from disposals.register import FORMAT, format_of, structure, writing
from disposals.storage.sqlite import SqliteFile
from disposals.triggers import triggers
from disposals.words import day
from sites.writing.whole import whole_made

_FROM_1 = (
    # A part that ended may be made again under its number, so the number is no longer unique.
    (
        "CREATE TABLE site_part_2 (recorded_by VARCHAR NOT NULL, recorded_at DATETIME NOT NULL, "
        "id INTEGER NOT NULL, site_ref VARCHAR NOT NULL, no INTEGER NOT NULL, "
        "name VARCHAR NOT NULL, purpose VARCHAR NOT NULL, made_on DATE, "
        "CONSTRAINT pk_site_part PRIMARY KEY (id), "
        "CONSTRAINT fk_site_part_site_ref_site FOREIGN KEY(site_ref) REFERENCES site (ref))"
    ),
    (
        "INSERT INTO site_part_2 SELECT recorded_by, recorded_at, id, site_ref, no, name, purpose, "
        "NULL FROM site_part"
    ),
    "DROP TABLE site_part",
    "ALTER TABLE site_part_2 RENAME TO site_part",
    "CREATE INDEX ix_site_part_site_ref ON site_part (site_ref)",
    "ALTER TABLE site ADD COLUMN easting FLOAT",
    "ALTER TABLE site ADD COLUMN northing FLOAT",
    "ALTER TABLE site ADD COLUMN position_source VARCHAR",
    "ALTER TABLE boundary ADD COLUMN origin VARCHAR DEFAULT 'drawn' NOT NULL",
    "ALTER TABLE boundary ADD COLUMN effective_to DATE",
    "ALTER TABLE boundary ADD COLUMN effective_to_as_written VARCHAR",
    *(
        f"ALTER TABLE {table} ADD COLUMN {column}"
        for table in ("land_constraint", "occupation")
        for column in ("effective_from DATE", "effective_to DATE", "replaces INTEGER")
    ),
    "CREATE UNIQUE INDEX uq_land_constraint_replaces ON land_constraint (replaces)",
    "CREATE UNIQUE INDEX uq_occupation_replaces ON occupation (replaces)",
    # What a constraint is was free text; a word that is none of the kinds stays in its name.
    (
        "UPDATE land_constraint SET name = name || ' (' || kind || ')', kind = 'other' WHERE kind "
        "NOT IN ('easement', 'tunnel', 'covenant', 'open space', 'highway', 'right of way', "
        "'asset of community value', 'flood zone', 'contamination', 'tree preservation', "
        "'heritage', 'mineral', 'other')"
    ),
)
# What each table gained, column by column.
_GAINED_AFTER_2 = {
    "bid": (
        "round_no INTEGER DEFAULT 0 NOT NULL", "received_at VARCHAR", "deposit_pence INTEGER",
        "payments VARCHAR", "other_consideration_note VARCHAR", "other_consideration_pence INTEGER",
        "overage VARCHAR", "overage_guaranteed_pence INTEGER", "overage_after_months INTEGER",
        "abnormal_costs_pence INTEGER", "subject_to_planning BOOLEAN DEFAULT 0 NOT NULL",
        "subject_to_funding BOOLEAN DEFAULT 0 NOT NULL",
        "subject_to_board BOOLEAN DEFAULT 0 NOT NULL", "s106_pence INTEGER", "cil_pence INTEGER",
        "units INTEGER", "affordable_percent INTEGER", "proof_of_funds VARCHAR",
        "exclusivity_weeks INTEGER", "longstop_on DATE", "is_compliant BOOLEAN DEFAULT 1 NOT NULL",
        "is_late BOOLEAN DEFAULT 0 NOT NULL", "sealed VARCHAR",
    ),
    "campaign": (
        "particulars VARCHAR", "advertised_in VARCHAR", "closes_at VARCHAR", "late_rule VARCHAR",
        "asks_price_per_point BOOLEAN DEFAULT 0 NOT NULL", "first_opener VARCHAR",
        "second_opener VARCHAR", "public_key VARCHAR", "locked_key VARCHAR",
    ),
    "condition": ("waived_on DATE", "waived_by VARCHAR", "waived_because VARCHAR"),
    "consideration_reason": ("purpose VARCHAR", "signed_off_by VARCHAR"),
    "contract": (
        "deposit_pence INTEGER", "overage VARCHAR", "overage_guaranteed_pence INTEGER",
        "overage_until DATE", "area_m2 FLOAT",
    ),
    "decision": (
        "proposed_by VARCHAR", "buyer VARCHAR", "price_pence INTEGER", "area_m2 FLOAT",
        "fallback VARCHAR", "floor_price_pence INTEGER",
    ),
    "declaration": ("authority VARCHAR",),
    "deed": ("title_nos VARCHAR", "boundary_revision INTEGER"),
    "heads_of_terms": (
        "deposit_pence INTEGER", "payments VARCHAR", "overage VARCHAR",
        "overage_guaranteed_pence INTEGER", "overage_after_months INTEGER", "clawback VARCHAR",
        "easements_reserved VARCHAR", "collaboration_agreement VARCHAR",
        "seller_solicitor VARCHAR", "buyer_solicitor VARCHAR", "exclusivity_until DATE",
        "area_m2 FLOAT", "seller_agreed_on DATE", "buyer_agreed_on DATE",
    ),
    "option": ("parts VARCHAR", "benefits VARCHAR", "risks VARCHAR"),
}  # fmt: skip
_FROM_2 = tuple(
    f"ALTER TABLE {table} ADD COLUMN {column}"
    for table, columns in _GAINED_AFTER_2.items()
    for column in columns
)
_FROM_3 = (
    *(f"ALTER TABLE milestone ADD COLUMN {name} VARCHAR" for name in ("mark", "only_if", "met_by")),
    'CREATE INDEX ix_history_entry_on ON history_entry ("on")',
    "CREATE INDEX ix_milestone_date_latest_on ON milestone_date (latest_on)",
    "CREATE INDEX ix_milestone_date_of ON milestone_date (disposal_ref, milestone_no, id)",
)
_FROM_4: tuple[str, ...] = (
    *(
        f"ALTER TABLE decision ADD COLUMN {column}"
        for column in (
            "divisions VARCHAR", "exception VARCHAR", "exception_on DATE",
            "exception_agreed_by VARCHAR", "implementation VARCHAR", "implemented_on DATE",
            "withdrawn_on DATE", "withdrawn_because VARCHAR",
        )
    ),
    "ALTER TABLE option ADD COLUMN is_own_development BOOLEAN DEFAULT 0 NOT NULL",
    "CREATE INDEX ix_milestone_mark ON milestone (mark, disposal_ref)",
    "CREATE INDEX ix_disposal_officer ON disposal (officer)",
    *(
        f"ALTER TABLE history_entry ADD COLUMN {name} VARCHAR DEFAULT '' NOT NULL"
        for name in ("previous_hash", "hash")
    ),
)  # fmt: skip
_BEFORE_THE_LEDGER = 4
_STEPS = {1: _FROM_1, 2: _FROM_2, 3: _FROM_3, 4: _FROM_4}


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did.

    Attributes:
        before, after: formats.
        copy: the register as it was; None where there was nothing to do.
    """

    before: int
    after: int
    copy: Path | None


def upgrade(path: Path, *, on: date | None = None) -> Upgraded:
    """Bring a register to the format of this version; the register as it was is kept beside it.

    Args:
        on: the day, from which the chain of its history vouches for what was there already.

    Raises:
        NoRegister: nothing is there.
        NotARegister: something else is there, or the copy of it does not verify.
        NewerRegister: a newer version of this software wrote it.
        CannotWriteRegister: another register is there under the copy's name.
        CannotWrite: the copy can't be written.
        RegisterInUse: someone else is writing to it.
    """
    before = format_of(path)
    if before == FORMAT:
        return Upgraded(before, before, None)
    copy = path.with_name(f"{path.name}.format-{before}")
    if copy.exists() and not _says_the_same(path, copy):
        raise CannotWriteRegister(
            f"The register as it is would be kept as {copy}, and another one is there. Move that "
            "file elsewhere, then repeat; nothing was changed."
        )
    with SqliteFile(path).in_words():
        if not copy.exists():  # one that an interrupted upgrade left is as good as a new one
            _copied(path, copy)
        with writing(path, checks_references=False) as connection:
            for found in range(before, FORMAT):
                _one_format_on(connection, found, on)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken is not None:
                raise NotARegister(
                    f"{path} holds a row of {broken[0]} that refers to nothing, so it was not "
                    "upgraded. Restore it from a backup."
                )
    return Upgraded(before, FORMAT, copy)


def _copied(path: Path, copy: Path) -> None:
    with whole_made(copy) as made:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(made)) as target:
            source.backup(target)
            verdict = target.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            raise NotARegister(
                f"{path} is damaged ({verdict}), so it was not upgraded. Restore it from a backup."
            )


def _says_the_same(one: Path, other: Path) -> bool:
    """Whether two registers hold the same rows in the same tables."""
    with (
        SqliteFile(other).in_words(),
        closing(sqlite3.connect(one)) as a,
        closing(sqlite3.connect(other)) as b,
    ):
        return all(x == y for x, y in zip_longest(a.iterdump(), b.iterdump()))


def _one_format_on(connection: Connection, found: int, on: date | None) -> None:
    guards = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in guards.all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    for statement in _STEPS[found]:
        connection.exec_driver_sql(statement)
    structure(connection)
    connection.exec_driver_sql("UPDATE register SET format = ?", (found + 1,))
    if found == _BEFORE_THE_LEDGER:
        told = f"brought up from format {found}" + (f" on {day(on)}" if on else "")
        take_over(connection, vouched_for(), because=told)
    for statement in triggers(evidence_kinds()):
        connection.execute(text(statement))
