"""Rows about land: what they refuse, what they leave unknown, what their constraints are called."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import Table

from sites.record import Known, Record
from sites.records import Constraint, Occupation, Site, SitePart

ENTERED = {"recorded_by": "Surveyor", "recorded_at": datetime(2021, 9, 30, tzinfo=UTC)}
TABLES = [
    Record.metadata.tables[name]
    for name in ("site", "site_part", "boundary", "land_constraint", "occupation")
]


@pytest.mark.parametrize("ref", ["steele-avenue", "a206", "plot-7"])
def test_a_reference_is_small_letters_digits_and_hyphens(ref: str) -> None:
    assert Site.model_validate({"ref": ref, "name": "Land", **ENTERED}).ref == ref


@pytest.mark.parametrize("ref", ["", "Steele Avenue", "steele/part-1", "-a", "a--b", "ä"])
def test_another_reference_is_refused(ref: str) -> None:
    with pytest.raises(ValidationError, match="ref"):
        Site.model_validate({"ref": ref, "name": "Land", **ENTERED})


def test_what_nobody_has_said_of_a_site_is_unknown_and_not_no() -> None:
    site = Site.model_validate({"ref": "plot-7", "name": "Land", **ENTERED})
    assert site.acquired_under_compulsion is Known.UNKNOWN


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (SitePart, {"no": 0, "name": "Part 0", "purpose": "homes"}),
        (SitePart, {"no": 1, "name": "Part 1", "purpose": ""}),
        (Occupation, {"use": "car park", "notice_days": -1}),
        (Occupation, {"use": ""}),
        (Constraint, {"kind": "tunnel", "name": ""}),
    ],
)
def test_a_fact_that_cannot_be_right_is_refused(kind: type[Any], facts: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        kind.model_validate({"site_ref": "plot-7", **facts, **ENTERED})


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_constraint_and_index_has_a_name_that_tells_its_table(table: Table) -> None:
    names = [str(rule.name) for rule in table.constraints]
    names += [str(index.name) for index in table.indexes]
    assert all(table.name in name for name in names), names
