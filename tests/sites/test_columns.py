"""Columns become fields by a published layout, by their names, or as an officer says."""

from pathlib import Path

import pytest

from sites.columns import coordinates_of, mapped, preset, reference_from
from sites.errors import BadColumn
from sites.reading import Row, read_rows

DATA = Path(__file__).parents[1] / "data"

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


def rows_of(name: str) -> tuple[tuple[str, ...], dict[str, Row]]:
    """The columns of a published register, and its rows by their key."""
    table = read_rows(DATA / name)
    columns = mapped(table.columns)
    return table.columns, {columns.key_of(row.fields): row for row in table.rows}


@pytest.mark.parametrize(
    ("name", "recognised", "key", "organisation"),
    [
        ("asset-registers/trafford.csv", "transparency-code", "AssetCode", None),
        ("brownfield/dartford-2018.csv", "brownfield-2017", "SiteReference", "OrganisationURI"),
        ("brownfield/dartford-2019.csv", "brownfield", "SiteReference", "OrganisationURI"),
        ("brownfield/maidstone-2019.csv", None, "Site reference", None),
    ],
)
def test_published_registers_are_recognised_and_every_row_has_a_key_of_its_own(
    name: str, recognised: str | None, key: str, organisation: str | None
) -> None:
    table = read_rows(DATA / name)
    columns = mapped(table.columns)
    assert (columns.preset, columns.key, columns.organisation) == (recognised, key, organisation)
    keys = {columns.key_of(row.fields) for row in table.rows}
    assert len(keys) == len(table.rows)
    assert "" not in keys


def test_trafford_has_the_columns_that_are_published_in_their_order() -> None:
    columns, rows = rows_of("asset-registers/trafford.csv")
    assert list(columns) == TRAFFORD == list(preset("transparency-code").columns)
    assert mapped(columns).facts(rows["TMBC0001/T0000003"].fields) == {
        "name": "Altrincham Town Hall", "address": "Market Street, Altrincham",
        "postcode": "WA14 1PF", "uprn": "100012797623", "tenure": "Freehold",
    }  # fmt: skip


def test_both_registers_of_dartford_give_a_site_the_same_reference() -> None:
    refs = []
    for name in ("brownfield/dartford-2018.csv", "brownfield/dartford-2019.csv"):
        table = read_rows(DATA / name)
        columns = mapped(table.columns)
        refs.append({
            reference_from(columns.key_of(row.fields), "", columns.organisation_of(row.fields))
            for row in table.rows
        })  # fmt: skip
    assert len(refs[0]) == 28
    assert refs[0] <= refs[1]
    assert {"dartford-1", "dartford-129"} <= refs[0]


def test_maidstones_own_layout_is_read_by_its_names_or_as_the_published_one_when_told() -> None:
    table = read_rows(DATA / "brownfield/maidstone-2019.csv")
    assert table.notes[0] == "line 1 is a title, “MBC Brownfield Land Register (2019) : Part 1”"
    assert table.columns[:2] == ("BLR reference", "URI")
    guessed = mapped(table.columns)
    assert guessed.facts(table.rows[0].fields) == {
        "ref": "05/2350.", "name": "Springfield", "stated_area": "1.1",
    }  # fmt: skip
    assert "stated area is taken from Site area (ha)" in guessed.guessed
    told = mapped(table.columns, preset="brownfield")
    assert told.key_of(table.rows[0].fields) == "BLR0001"
    assert told.facts(table.rows[0].fields) == {
        "name": "Springfield", "stated_area": "1.1",
        "address": "Royal Engineers Road and Mill Lane, Maidstone, Kent",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["transparency-code", "brownfield-2017", "brownfield"])
def test_a_layout_is_recognised_by_nine_in_ten_of_its_columns_in_any_order_and_case(
    name: str,
) -> None:
    columns = [column.upper() for column in reversed(preset(name).columns)]
    assert mapped(columns).preset == name
    few = len(columns) // 10
    assert mapped(columns[few:]).preset == name
    assert mapped(columns[few + 2 :]).preset != name


@pytest.mark.parametrize(
    ("columns", "taken"),
    [
        (("GeoX", "GeoY"), ("GeoX", "GeoY", None, None)),
        (("Easting", "Northing"), ("Easting", "Northing", None, "OSGB36")),
        (("NORTHINGS", "EASTINGS"), ("EASTINGS", "NORTHINGS", None, "OSGB36")),
        (("Lat", "Long"), ("Long", "Lat", None, "WGS84")),
        (("latitude", "longitude", "CRS"), ("longitude", "latitude", "CRS", "WGS84")),
        (("X", "Y"), ("X", "Y", None, None)),
        (("X_COORD", "Y_COORD", "srid"), ("X_COORD", "Y_COORD", "srid", None)),
        (("X", "Latitude"), None),
        (("Name", "Notes"), None),
    ],
)
def test_positions_are_found_by_the_names_of_their_columns(
    columns: tuple[str, ...], taken: tuple[str | None, ...] | None
) -> None:
    found = coordinates_of(columns)
    assert (found and (found.x, found.y, found.system, found.stated)) == taken


def test_numbered_references_of_two_councils_are_kept_apart_by_the_name_of_the_council() -> None:
    assert reference_from("12", "x", "dartford") == "dartford-12"
    assert reference_from("12-3", "x", "maidstone") == "maidstone-12-3"
    assert reference_from("BLR12", "x", "dartford") == "blr12"
    assert reference_from("12", "x") == "12"


def test_a_layout_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(BadColumn, match="transparency-code, brownfield-2017, brownfield"):
        preset("brownfields")


def test_of_two_columns_that_could_be_a_field_only_one_is_taken_and_the_other_is_named() -> None:
    columns = mapped(("Name", "Site Name", "Reference"))
    assert columns.fields["name"] == ("Name",)
    assert "Site Name" in columns.unused


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        (("1", "Mill Lane", "Sale"), "1 Mill Lane, Sale"),
        (("12a-14", "Mill Lane", "Sale"), "12a-14 Mill Lane, Sale"),
        (("The Barn", "Mill Lane", "Sale"), "The Barn, Mill Lane, Sale"),
        ((None, "Mill  Lane ,", "Sale"), "Mill Lane, Sale"),
        (("1", None, None), "1"),
        ((None, None, None), None),
    ],
)
def test_an_address_is_written_as_an_envelope_has_it(
    cells: tuple[str | None, ...], address: str | None
) -> None:
    row = dict(zip(("StreetNumber", "StreetName", "PostTown"), cells, strict=True))
    assert mapped(TRAFFORD).facts(row).get("address") == address
