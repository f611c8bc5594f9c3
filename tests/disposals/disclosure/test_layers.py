"""The estate as layers: as it stood on a day, at a stage, for an audience, page by page."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
from sqlmodel import col, select

from disposals.casework import moves
from disposals.disclosure import asked as asking
from disposals.disclosure.asked import Asked
from disposals.disclosure.fields import Audience
from disposals.disclosure.layers import LayerName, fields_shown, layers
from disposals.disclosure.seen import versions
from disposals.errors import BadFact, NoSuchCase
from disposals.register import Register, open_register
from sites.boundaries import current
from sites.editions import edition_of
from sites.geometry import from_wkb
from sites.records import Constraint, Site
from sites.vocabulary import ConstraintKind
from tests.conftest import AT, stamp
from tests.places import past_the_guards
from tests.statements import noted

ON = date(2021, 9, 30)
SITES, PARTS = LayerName.SITES, LayerName.PARTS


def told(
    register: Register,
    *names: LayerName,
    refs: tuple[str, ...] = (),
    audience: Audience = Audience.OFFICER,
    on: date = ON,
    stage: str | None = None,
) -> dict[str, dict[str, Any]]:
    """The features of some layers by their ids; each with its shape."""
    found: dict[str, dict[str, Any]] = {}
    with layers(register, Asked(audience, on, refs, stage)) as take:
        for batch in take(*names):
            rows = zip(*batch.columns.values(), strict=True)
            for id_, shape, row in zip(batch.ids, batch.shapes, rows, strict=True):
                assert id_ not in found
                found[id_] = dict(zip(batch.columns, row, strict=True)) | {"shape": shape}
    return found


def test_every_feature_of_a_site_carries_its_edition_and_its_own_revision(kent: Register) -> None:
    features = told(kent, SITES, PARTS, refs=("steele-avenue",))
    with kent.read() as session:
        site = session.get(Site, "steele-avenue")
        assert site is not None
        assert {each["edition"] for each in features.values()} == {edition_of(session, site)}
    assert [each["revision"] for each in features.values()] == [3, 1, 1]


def test_the_edition_changes_with_a_name_and_not_with_an_address(kent: Register) -> None:
    before = told(kent, SITES)["steele-avenue"]["edition"]
    for field, changes in (("address", False), ("name", True)):
        with kent.write() as session:
            site = session.get(Site, "steele-avenue")
            setattr(site, field, "Something else")
        assert (told(kent, SITES)["steele-avenue"]["edition"] != before) is changes


def test_a_site_known_as_a_point_has_its_position_for_a_shape(kent: Register) -> None:
    with kent.write() as session:
        site = session.get(Site, "kiln-court")
        assert site is not None
        site.easting, site.northing = 601234.5, 161234.5
    features = told(kent, SITES)
    point = shapely.from_wkb(features["kiln-court"]["shape"])
    assert (point.x, point.y) == (601234.5, 161234.5)
    by = {ref: each["located_by"] for ref, each in features.items()}
    assert (by["kiln-court"], by["steele-avenue"], by["wayfarers"]) == (
        "point", "boundary", "nothing",
    )  # fmt: skip


def test_on_a_day_in_the_past_the_boundary_and_the_parts_are_those_of_the_day(
    kent: Register,
) -> None:
    with past_the_guards(kent.place) as hand:
        hand.execute("UPDATE site_part SET made_on = '2021-01-04'")
    then = told(kent, SITES, PARTS, refs=("steele-avenue",), on=date(2017, 6, 1))
    assert list(then) == ["steele-avenue"]
    assert then["steele-avenue"]["revision"] == 1
    now = told(kent, SITES, PARTS, refs=("steele-avenue",))
    assert list(now) == ["steele-avenue", "steele-avenue/part-1", "steele-avenue/part-2"]


def test_the_stage_is_the_one_of_the_day(kent: Register) -> None:
    later = date(2021, 10, 7)
    moves.advance(kent, "steele-avenue", stamp(later), seen=versions(kent, "steele-avenue"))
    stages = {on: told(kent, PARTS, on=on)["steele-avenue/part-1"]["stage"] for on in (ON, later)}
    assert stages == {ON: "bid_shortlist", later: "heads_of_terms"}


def test_before_a_disposal_was_opened_the_land_has_none(kent: Register) -> None:
    then = told(kent, SITES, PARTS, LayerName.MILESTONES, on=date(1990, 1, 1))
    assert {each["disposal"] for each in then.values()} == {None}


def test_only_land_at_a_stage(kent: Register) -> None:
    at = "options_appraisal"
    assert list(told(kent, SITES, PARTS, stage=at)) == ["steele-avenue/part-2"]
    milestones = told(kent, LayerName.MILESTONES, stage=at)
    assert {each["reference"] for each in milestones.values()} == {"steele-avenue/part-2"}
    burdens = {stage: set(told(kent, LayerName.CONSTRAINTS, stage=stage)) for stage in (None, at)}
    assert burdens[at] == burdens[None]
    assert told(kent, LayerName.CONSTRAINTS, stage="marketing") == {}


def test_a_stage_or_reference_that_is_not_there_is_refused(kent: Register) -> None:
    with pytest.raises(BadFact, match="There is no stage “sold”"):
        told(kent, SITES, stage="sold")
    with pytest.raises(NoSuchCase, match="nowhere"):
        told(kent, SITES, refs=("nowhere",))


@pytest.mark.parametrize(
    ("ref", "features"),
    [
        ("steele-avenue", 3),
        ("steele-avenue/part-2", 1),
        ("bensted-house", 4),  # a disposal of four sites
        ("kiln-court", 1),  # one of those sites
    ],
)
def test_land_is_asked_for_by_disposal_site_or_part(
    kent: Register, ref: str, features: int
) -> None:
    assert len(told(kent, SITES, PARTS, refs=(ref,))) == features


def test_a_milestone_has_the_shape_of_the_land_it_is_about(kent: Register) -> None:
    milestones = told(kent, LayerName.MILESTONES, refs=("steele-avenue/part-1",))
    with kent.read() as session:
        part = current(session, "steele-avenue", 1)
    assert milestones
    for each in milestones.values():
        assert each["reference"] == "steele-avenue/part-1"
        assert from_wkb(each["shape"]).equals(part)


def test_a_constraint_is_told_while_it_burdens_the_land(kent: Register) -> None:
    with kent.write() as session:
        session.add(
            Constraint(
                site_ref="steele-avenue",
                kind=ConstraintKind.COVENANT,
                name="No ale house",
                effective_from=date(2000, 1, 1),
                effective_to=date(2010, 12, 31),
                recorded_by="Disposals Surveyor",
                recorded_at=AT,
            )
        )
    kinds = {
        on: [each["kind"] for each in told(kent, LayerName.CONSTRAINTS, on=on).values()]
        for on in (date(1999, 12, 31), date(2010, 12, 31), date(2011, 1, 1))
    }
    assert [("covenant" in found) for found in kinds.values()] == [False, True, False]


def test_a_corrected_constraint_is_told_once(kent: Register) -> None:
    with kent.write() as session:
        first = session.exec(select(Constraint).order_by(col(Constraint.id))).first()
        assert first is not None
        session.add(
            Constraint(**first.model_dump(exclude={"id", "name", "replaces"}),
                       name="Corrected", replaces=first.id)
        )  # fmt: skip
        old = first.name
    names = [each["name"] for each in told(kent, LayerName.CONSTRAINTS).values()]
    assert "Corrected" in names
    assert old not in names


def test_nothing_of_constraints_is_open(kent: Register) -> None:
    assert fields_shown(LayerName.CONSTRAINTS, Audience.PUBLIC) == ()
    assert told(kent, LayerName.CONSTRAINTS, audience=Audience.PUBLIC) == {}


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.OFFICER])
def test_for_the_public_no_bid_is_even_read(kent_file: Path, audience: Audience) -> None:
    with noted() as said:
        kent = open_register(kent_file)
        told(kent, SITES, PARTS, audience=audience)
        kent.close()
    asked_of_bids = [sql for sql, _ in said if re.search(r'FROM "?bid\b', sql)]
    assert bool(asked_of_bids) == (audience is Audience.OFFICER)


@pytest.mark.parametrize("refs", [(), ("bensted-house", "steele-avenue", "wayfarers")])
def test_page_by_page_the_layers_are_the_same(
    kent: Register, monkeypatch: pytest.MonkeyPatch, refs: tuple[str, ...]
) -> None:
    names = tuple(LayerName)
    whole = told(kent, *names, refs=refs)
    for at_once in (1, 3):
        monkeypatch.setattr(asking, "AT_ONCE", at_once)
        assert told(kent, *names, refs=refs) == whole
