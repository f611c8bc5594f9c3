"""Columns become fields by a published layout, by their names, or as an officer says."""

import pytest

from sites.columns import mapped, preset, reference_from
from sites.errors import BadColumn

TRAFFORD = [
    "OrganisationLabel",
    "OrganisationURI",
    "EffectiveDate",
    "UPRN",
    "AssetCode",
    "PropertyName",
    "StreetNumber",
    "StreetName",
    "PostTown",
    "PostCode",
    "CoordinateReferenceSystem",
    "GeoX",
    "GeoY",
    "TenureType",
    "TenureDetail",
    "OtherDetail",
    "HoldingType",
    "BuildingSize",
    "LandArea",
    "EnergyRating",
]


def test_the_published_layouts_have_their_published_columns() -> None:
    assert list(preset("transparency-code").columns) == TRAFFORD
    brownfield = preset("brownfield").columns
    assert brownfield[3:7] == ("SiteNameAddress", "SiteplanURL", "GeoX", "GeoY")
    assert (len(brownfield), brownfield[-1]) == (22, "EndDate")
    assert len(preset("brownfield-2017").columns) == 28


def test_a_layout_is_recognised_by_its_columns_and_told() -> None:
    columns = mapped(TRAFFORD, preset=None, told={})
    assert columns.preset == "transparency-code"
    assert any("Transparency Code" in said for said in columns.guessed)
    row = dict.fromkeys(TRAFFORD, None) | {
        "AssetCode": "TMBC0001/T0000003", "PropertyName": "The yard", "StreetNumber": "1",
        "StreetName": "Mill Lane", "PostTown": "Sale",
    }  # fmt: skip
    facts = columns.facts(row)
    assert facts["name"] == "The yard"
    assert facts["address"] == "1 Mill Lane, Sale"
    assert columns.key_of(row) == "TMBC0001/T0000003"


def test_what_an_officer_says_goes_before_every_guess() -> None:
    columns = mapped(("id", "name", "label"), preset=None, told={"name": "label"})
    assert columns.facts({"id": "1", "name": "guess", "label": "said"})["name"] == "said"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"name": "Lable"}, "label"),
        ({"colour": "label"}, "colour"),
    ],
)
def test_a_column_or_a_field_that_is_not_there_is_refused_with_those_that_are(
    told: dict[str, str], says: str
) -> None:
    with pytest.raises(BadColumn, match=says):
        mapped(("id", "name", "label"), preset=None, told=told)


def test_a_column_that_is_told_is_taken_for_nothing_else_and_a_told_reference_is_the_key() -> None:
    columns = mapped(("id", "code", "Title"), preset=None, told={"ref": "code", "name": "Title"})
    assert columns.key == "code"
    assert columns.guessed == ()
    assert columns.facts({"id": None, "code": "A1", "Title": "The yard"}) == {
        "ref": "A1", "name": "The yard",
    }  # fmt: skip


def test_columns_that_no_field_takes_are_named() -> None:
    assert "Notes" in mapped((*TRAFFORD, "Notes"), preset=None, told={}).unused


@pytest.mark.parametrize(
    ("key", "name", "reference"),
    [
        ("TMBC0001/T0000003", "", "tmbc0001-t0000003"),
        ("", "Land at Mill Lane", "land-at-mill-lane"),
        ("  H1(13) ", "x", "h1-13"),
        ("Ŵŷe/é", "", "wye-e"),
        ("../../etc/passwd", "", "etc-passwd"),
    ],
)
def test_a_reference_is_made_of_the_key_or_the_name(key: str, name: str, reference: str) -> None:
    assert reference_from(key, name) == reference
