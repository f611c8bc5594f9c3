"""The published registers: exactly their columns, the register's own facts before imported ones."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from pyproj import Transformer

from disposals.disclosure.asked import Asked
from disposals.disclosure.fields import OPEN, Audience
from disposals.disclosure.published import Published, columns
from disposals.exports.registers import published_register
from disposals.register import Register
from sites.records import Site
from sites.sources import ImportedRow
from tests.conftest import AT

ON = date(2021, 9, 30)
# Trafford Council's land and building assets, 2023-09-29 (Open Government Licence v3.0).
TOWN_HALL = {
    "OrganisationLabel": "Trafford Council", "EffectiveDate": "2023-09-29",
    "UPRN": "100012797623", "AssetCode": "TMBC0001/T0000003",
    "PropertyName": "Altrincham Town Hall", "StreetNumber": "", "StreetName": "Market Street",
    "PostTown": "Altrincham", "PostCode": "WA14 1PF", "CoordinateReferenceSystem": "WGS84",
    "GeoX": "-2.3520922", "GeoY": "53.3879587", "TenureType": "Freehold",
    "TenureDetail": "Owner Occupied", "OtherDetail": "Town Hall", "HoldingType": "Buildings",
    "BuildingSize": "415.05", "LandArea": "", "EnergyRating": "E",
}  # fmt: skip
# Dartford's brownfield register of 2018 (Open Government Licence v3.0), abridged.
EBBSFLEET = {
    "SiteReference": "1", "Site Name Address": "Ebbsfleet Central", "Hectares": "31.92",
    "OwnershipStatus": "not owned by a public authority", "Deliverable": "yes",
    "PlanningHistory": "=cmd()", "Surveyor’s telephone": "01322 000000",
}  # fmt: skip


def enter(register: Register, ref: str, preset: str, read: dict[str, str], **facts: object) -> None:
    with register.write() as session:
        if session.get(Site, ref) is None:
            told = {"ref": ref, "recorded_by": "Officer", "recorded_at": AT, **facts}
            session.add(Site.model_validate(told))
            session.flush()
        session.add(
            ImportedRow(
                site_ref=ref,
                preset=preset,
                key=read.get("AssetCode") or read["SiteReference"],
                source="register.csv",
                fields=json.dumps(read),
                digest="0" * 64,
                recorded_by="Officer",
                recorded_at=AT,
            )
        )


@pytest.fixture
def trafford(register: Register) -> Register:
    enter(
        register, "tmbc0001-t0000003", "transparency-code", TOWN_HALL, name="Altrincham Town Hall",
        address="Market Street, Altrincham", postcode="WA14 1PF", uprn="100012797623",
        tenure="Freehold", easting=376690.12, northing=387900.34,
    )  # fmt: skip
    enter(
        register, "dartford-1", "brownfield-2017", EBBSFLEET, name="Ebbsfleet Central",
        easting=561344.0, northing=174076.0,
    )  # fmt: skip
    return register


def published(
    register: Register, folder: Path, kind: Published, *refs: str
) -> tuple[list[str], dict[str, dict[str, str]]]:
    path = folder / "register.csv"
    published_register(register, path, kind, Asked(Audience.PUBLIC, ON, refs))
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        key = "AssetCode" if kind is Published.TRANSPARENCY_CODE else "SiteReference"
        rows = {row[key]: row for row in table}
        return list(table.fieldnames or ()), rows


@pytest.mark.parametrize("kind", Published)
def test_the_columns_are_the_published_ones_in_their_order(
    trafford: Register, tmp_path: Path, kind: Published
) -> None:
    header, _ = published(trafford, tmp_path, kind)
    assert tuple(header) == columns(kind)
    assert set(columns(kind)) <= OPEN[kind.value]


def test_an_imported_asset_comes_out_as_it_came_in(trafford: Register, tmp_path: Path) -> None:
    _, rows = published(trafford, tmp_path, Published.TRANSPARENCY_CODE)
    told = rows["TMBC0001/T0000003"]
    placed = {"EffectiveDate", "CoordinateReferenceSystem", "GeoX", "GeoY"}
    assert {k: v for k, v in told.items() if k not in placed and k in TOWN_HALL} == {
        k: v for k, v in TOWN_HALL.items() if k not in placed
    }
    assert (told["GeoX"], told["GeoY"]) == ("376690.12", "387900.34")
    assert told["CoordinateReferenceSystem"] == "OSGB36"


def test_what_the_register_has_since_changed_comes_from_the_register(
    trafford: Register, tmp_path: Path
) -> None:
    with trafford.write() as session:
        site = session.get(Site, "tmbc0001-t0000003")
        assert site is not None
        site.name, site.address, site.tenure = "Old Town Hall", "1 Market Street", "Leasehold"
    _, rows = published(trafford, tmp_path, Published.TRANSPARENCY_CODE)
    told = rows["TMBC0001/T0000003"]
    assert (told["PropertyName"], told["TenureType"]) == ("Old Town Hall", "Leasehold")
    assert (told["StreetName"], told["PostTown"]) == ("1 Market Street", "")
    assert told["EnergyRating"] == "E"


def test_the_newest_imported_row_counts(trafford: Register, tmp_path: Path) -> None:
    enter(trafford, "tmbc0001-t0000003", "transparency-code", TOWN_HALL | {"EnergyRating": "C"})
    _, rows = published(trafford, tmp_path, Published.TRANSPARENCY_CODE)
    assert rows["TMBC0001/T0000003"]["EnergyRating"] == "C"


def test_each_register_has_its_own_sites(trafford: Register, tmp_path: Path) -> None:
    _, assets = published(trafford, tmp_path, Published.TRANSPARENCY_CODE)
    _, brownfield = published(trafford, tmp_path, Published.BROWNFIELD)
    assert (set(assets), set(brownfield)) == ({"TMBC0001/T0000003"}, {"1"})


def test_a_brownfield_row_is_in_degrees_and_runs_no_formula(
    trafford: Register, tmp_path: Path
) -> None:
    _, rows = published(trafford, tmp_path, Published.BROWNFIELD)
    told = rows["1"]
    # PROJ's own way from the grid is good to about two metres, which tells a swap or a wrong datum.
    east, north = Transformer.from_crs(4326, 27700, always_xy=True).transform(
        float(told["GeoX"]), float(told["GeoY"])
    )
    assert (east, north) == pytest.approx((561344.0, 174076.0), abs=3)
    assert told["PlanningHistory"] == "'=cmd()"
    assert told["OwnershipStatus"] == "not owned by a public authority"
    assert told["Hectares"] == "31.92"


def test_a_column_that_is_not_published_stays_in(trafford: Register, tmp_path: Path) -> None:
    for kind in Published:
        published(trafford, tmp_path, kind)
        assert "01322" not in (tmp_path / "register.csv").read_text("utf-8")


def test_a_site_asked_for_has_a_row_to_send_to_the_district(kent: Register, tmp_path: Path) -> None:
    _, everything = published(kent, tmp_path, Published.BROWNFIELD)
    assert everything == {}
    _, rows = published(kent, tmp_path, Published.BROWNFIELD, "steele-avenue")
    told = rows["steele-avenue"]
    assert told["Hectares"] == "0.52"
    assert told["SiteNameAddress"].startswith("Land south of Steele Avenue, Greenhithe")
    assert told["GeoX"].startswith("0.27")
    assert told["Notes"] == ""


def test_land_without_a_position_has_none(kent: Register, tmp_path: Path) -> None:
    _, rows = published(kent, tmp_path, Published.TRANSPARENCY_CODE)
    told = rows["wayfarers"]
    assert told["GeoX"] == told["GeoY"] == told["CoordinateReferenceSystem"] == ""
