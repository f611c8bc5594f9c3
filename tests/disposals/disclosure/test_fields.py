"""The lists of open fields name fields that there are, and none that names a person."""

import pytest

from disposals.disclosure.fields import OPEN, OPENED, Audience, openable, visible
from disposals.disclosure.grounds import _IDENTIFYING, _OF_INDIVIDUALS, _PRIVILEGED
from disposals.records import evidence_kinds
from disposals.records.cases import Disposal, HistoryEntry, Holding
from sites.records import Boundary, Site, SitePart

TABLES = evidence_kinds() | {
    str(kind.__tablename__): kind
    for kind in (Disposal, Holding, HistoryEntry, Site, SitePart, Boundary)
}


@pytest.mark.parametrize("name", sorted(TABLES.keys() & (OPEN.keys() | OPENED.keys())))
def test_what_is_listed_is_a_field_of_its_record(name: str) -> None:
    assert openable(name) <= TABLES[name].model_fields.keys()


def test_what_opens_by_an_act_alone_is_evidence_and_stands_in_one_list_only() -> None:
    assert OPENED.keys() <= evidence_kinds().keys()
    assert {name for name in OPENED if OPENED[name] & OPEN.get(name, frozenset())} == set()


def test_nothing_that_names_a_person_or_holds_legal_advice_can_be_opened() -> None:
    kept = {(name, field) for name in TABLES for field in _IDENTIFYING | {"recorded_by"}}
    kept |= _PRIVILEGED | _OF_INDIVIDUALS
    opened = {(name, field) for name in TABLES for field in openable(name)}
    assert opened & kept == set()


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.MEMBER])
def test_a_field_that_nobody_listed_is_seen_by_officers_alone(audience: Audience) -> None:
    told = {"reference": "mill-lane", "a_new_field": "secret"}
    assert visible("case_line", told, audience) == {"reference": "mill-lane"}
    assert visible("a_new_view", told, audience) == {}
    assert visible("case_line", told, Audience.OFFICER) == told
