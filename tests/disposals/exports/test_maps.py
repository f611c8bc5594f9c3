"""Sites and parts as a map layer: what the public may see, and what an officer may."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import shapely
from shapely.geometry import shape

from disposals.casework import moves
from disposals.disclosure.asked import Asked
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions
from disposals.errors import NoSuchCase
from disposals.exports.maps import Format, export
from disposals.register import Register
from sites.boundaries import current
from sites.projection import from_wgs84
from tests.conftest import stamp

ON = date(2021, 9, 30)
SCHEMA = Path(__file__).parents[2] / "data" / "geojson-schema" / "FeatureCollection.json"


def layer(
    register: Register, out: Path, *refs: str, audience: Audience = Audience.PUBLIC, on: date = ON
) -> dict[str, Any]:
    export(register, out, Format.GEOJSON, Asked(audience, on, refs))
    return {f["id"]: f for f in json.loads(out.read_text("utf-8"))["features"]}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "sites.geojson"


def test_the_layer_of_the_whole_register_passes_the_published_schema(
    kent: Register, out: Path
) -> None:
    features = layer(kent, out)
    jsonschema.validate(json.loads(out.read_text("utf-8")), json.loads(SCHEMA.read_text("utf-8")))
    assert len(features) == 12
    assert {"steele-avenue", "steele-avenue/part-1", "steele-avenue/part-2"} <= set(features)


def test_a_part_carries_its_reference_stage_purpose_and_areas(kent: Register, out: Path) -> None:
    told = layer(kent, out, "steele-avenue")["steele-avenue/part-1"]["properties"]
    assert told["stage"] == "bid_shortlist"
    assert (told["part"], told["purpose"]) == (1, "medical centre")
    assert told["area_acres"] == pytest.approx(told["area_hectares"] * 2.4711, abs=0.01)
    assert told["is_indicative"] is True


def test_the_stage_follows_the_case(kent: Register, out: Path) -> None:
    moves.advance(kent, "steele-avenue", stamp(), seen=versions(kent, "steele-avenue"))
    features = layer(kent, out, "steele-avenue")
    assert features["steele-avenue/part-1"]["properties"]["stage"] == "heads_of_terms"
    assert features["steele-avenue"]["properties"]["stage"] == "in_parts"


def test_read_back_into_the_grid_no_vertex_moved_by_two_centimetres(
    kent: Register, out: Path
) -> None:
    written = layer(kent, out, "steele-avenue")["steele-avenue"]["geometry"]
    with kent.read() as session:
        held = current(session, "steele-avenue")
    assert held is not None
    assert shapely.hausdorff_distance(from_wgs84(shape(written)), held) < 0.02


def test_a_disposal_of_four_sites_has_four_features_without_a_position(
    kent: Register, out: Path
) -> None:
    features = layer(kent, out, "bensted-house")
    assert len(features) == 4
    assert all(feature["geometry"] is None for feature in features.values())


def test_only_an_officer_sees_the_preferred_bidder_and_the_price(kent: Register, out: Path) -> None:
    public = layer(kent, out)["steele-avenue/part-1"]["properties"]
    assert "preferred_bidder" not in public
    assert b"1275000" not in out.read_bytes()
    officer = layer(kent, out, audience=Audience.OFFICER)["steele-avenue/part-1"]["properties"]
    assert officer["preferred_bidder"] == "Bidder B"
    assert officer["preferred_bid_pounds"] == 1_275_000


def test_the_boundary_is_the_one_of_the_day_asked_about(kent: Register, out: Path) -> None:
    then = layer(kent, out, "steele-avenue", on=date(2017, 6, 1))["steele-avenue"]["properties"]
    now = layer(kent, out, "steele-avenue")["steele-avenue"]["properties"]
    assert then["boundary_from"] == "1973"
    assert then["area_hectares"] > now["area_hectares"]


def test_an_unknown_reference_writes_no_file(kent: Register, out: Path) -> None:
    with pytest.raises(NoSuchCase):
        layer(kent, out, "nowhere")
    assert not out.exists()
