"""Constraints, occupations and checks of the land, as officers ask for them."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from disposals.finding import case_file, find_case
from disposals.gates import find
from disposals.policy import Policy
from disposals.register import Register
from disposals.storage.address import Place
from tests.conftest import Said
from tests.places import as_it_is
from workflows.gates import Verdict

Line = Callable[..., Said]

pytestmark = pytest.mark.usefixtures("kent")


def a_site(disposals: Line, folder: Path, ref: str, west: int, *, width: int = 100) -> None:
    """A square site with its boundary drawn."""
    disposals("site", "add", ref, "--name", f"The {ref}")
    file = folder / f"{ref}.wkt"
    east = west + width
    file.write_text(
        f"SRID=27700;POLYGON (({west} 174000, {east} 174000, {east} 174100, {west} 174100, "
        f"{west} 174000))"
    )
    said = disposals("site", "draw", ref, str(file), "--source", "Survey", "--because", "Drawn")
    assert said.status == 0, said.err


def test_what_each_constraint_touches_is_told_by_part_and_length(disposals: Line) -> None:
    lines = disposals("site", "constraints", "steele-avenue", "--json").json
    by_kind = {line["kind"]: line for line in lines}
    assert by_kind["tunnel"]["touches"] == ["part 1 over 37.1 m", "part 2 over 61.9 m"]
    assert by_kind["easement"]["touches"] == ["part 1 over 24.3 m", "part 2 over 83.3 m"]
    said = disposals("site", "constraints", "steele-avenue")
    assert "not drawn: every part" in said.out


def test_a_part_has_only_what_touches_it_or_is_not_drawn(disposals: Line) -> None:
    names = [
        line["name"]
        for line in disposals("site", "constraints", "steele-avenue/part-2", "--json").json
    ]
    assert "free 30-space car park at the north end" not in names
    assert "hand car wash and parking business" in names


def open_space(register: Register, part: int) -> tuple[Verdict, str]:
    """What the gate on open space says of a part of Steele Avenue, from the register itself."""
    asked = find("land.open-space")
    with register.read() as session:
        case = find_case(session, f"steele-avenue/part-{part}")
        policy = Policy("kent", date(2021, 9, 30))
        told = asked.answer(case_file(session, case, policy=policy, reads=asked.reads))
    return told.verdict, told.reason


def test_open_space_on_the_map_asks_one_part_for_its_notice_and_not_the_other(
    disposals: Line, kent: Register
) -> None:
    green = "POLYGON ((558290 174710, 558330 174710, 558330 174740, 558290 174740, 558290 174710))"
    said = disposals(
        "site", "constraint", "steele-avenue", "--kind", "open space", "--name", "The green",
        "--shape", green,
    )  # fmt: skip
    assert said.status == 0, said.err
    assert open_space(kent, 1) == (
        Verdict.NOT_APPLICABLE,
        "steele-avenue: open space is marked on the site and does not touch part 1.",
    )
    assert open_space(kent, 2) == (
        Verdict.UNMET,
        "steele-avenue is open space and no newspaper notice is recorded.",
    )
    touched = disposals("site", "constraints", "steele-avenue", "--json").json
    green_line = next(line for line in touched if line["kind"] == "open space")
    assert [each["part"] for each in green_line["measured"]] == [None, 2]


def test_a_correction_takes_the_place_of_the_entry_it_names(disposals: Line) -> None:
    before = disposals("site", "constraints", "steele-avenue", "--json").json
    tunnel = next(line for line in before if line["kind"] == "tunnel")
    line = (
        "site", "constraint", "steele-avenue", "--kind", "tunnel", "--name", "Tram tunnel, filled",
        "--standing", "resolved", "--replaces", str(tunnel["no"]),
    )  # fmt: skip
    assert disposals(*line).status == 0
    after = disposals("site", "constraints", "steele-avenue", "--json").json
    assert [each["name"] for each in after if each["kind"] == "tunnel"] == ["Tram tunnel, filled"]
    again = disposals(*line)
    assert again.status == 1
    assert "corrected already" in again.err


def test_a_new_boundary_measures_what_lies_on_it_again(disposals: Line, tmp_path: Path) -> None:
    a_site(disposals, tmp_path, "yard", 560_000)
    disposals(
        "site", "constraint", "yard", "--kind", "easement", "--name", "Sewer", "--shape",
        "LINESTRING (559900 174050, 560300 174050)",
    )  # fmt: skip
    assert disposals("site", "constraints", "yard", "--json").json[0]["touches"] == [
        "the site over 101.0 m"
    ]
    file = tmp_path / "narrow.wkt"
    file.write_text(
        "SRID=27700;POLYGON ((560000 174000, 560050 174000, 560050 174100, 560000 174100, "
        "560000 174000))"
    )
    disposals("site", "draw", "yard", str(file), "--source", "Survey", "--because", "Sold in part")
    assert disposals("site", "constraints", "yard", "--json").json[0]["touches"] == [
        "the site over 51.0 m"
    ]


@pytest.mark.parametrize(
    ("line", "status", "says"),
    [
        ("constraint steele-avenue --kind moat --name x", 2, "moat"),
        ("constraint nowhere --kind tunnel --name x", 1, "There is no site “nowhere”"),
        ("constraint steele-avenue --kind tunnel --name x --replaces 99", 1, "no constraint 99"),
        ("constraint steele-avenue --kind tunnel --name x --shape none.gpkg", 1, "none.gpkg"),
        ("constraint steele-avenue --kind tunnel --name x --from soon", 2, "soon"),
        ("constraints nowhere", 1, "There is no site “nowhere”"),
        ("constraints steele-avenue/part-9", 1, "no part 9 in force"),
        ("check --kind moat", 2, "“moat” is none of overlap"),
        ("area none.geojson --name x --source y", 1, "none.geojson"),
    ],
)
def test_wrong_lines_are_refused_in_a_sentence_and_nothing_changes(
    disposals: Line, place: Place, line: str, status: int, says: str
) -> None:
    before = as_it_is(place)
    said = disposals("site", *line.split())
    assert (said.status, said.out) == (status, "")
    assert says in " ".join(said.err.replace("│", " ").split())
    assert as_it_is(place) == before


def test_a_register_in_order_has_no_problem(disposals: Line) -> None:
    said = disposals("site", "check", "--strict")
    assert said.status == 0
    assert "10 sites: 1 with a boundary" in said.out
    assert "No problem was found." in said.out


def test_overlaps_slivers_and_duplicates_are_found_with_place_and_size(
    disposals: Line, tmp_path: Path
) -> None:
    a_site(disposals, tmp_path, "yard", 560_000)
    a_site(disposals, tmp_path, "barn", 560_090)
    a_site(disposals, tmp_path, "mill", 560_190)
    a_site(disposals, tmp_path, "copy", 560_000)
    problems = disposals("site", "check", "--json").json["problems"]
    told = {(each["kind"], tuple(each["sites"])): each for each in problems}
    assert set(told) == {
        ("duplicate", ("copy", "yard")),
        ("overlap", ("barn", "copy")),
        ("overlap", ("barn", "yard")),
    }
    assert told["overlap", ("barn", "yard")]["size_m2"] == 1_000
    assert told["overlap", ("barn", "yard")]["place"] == pytest.approx([560_095, 174_050])
    assert disposals("site", "check", "--strict").status == 1
    only = disposals("site", "check", "--kind", "duplicate", "--json").json["problems"]
    assert [each["kind"] for each in only] == ["duplicate"]


def test_the_problems_are_a_map_layer_too(disposals: Line, tmp_path: Path) -> None:
    a_site(disposals, tmp_path, "yard", 560_000)
    a_site(disposals, tmp_path, "barn", 560_090)
    out = tmp_path / "problems.geojson"
    disposals("site", "check", "--geojson", str(out))
    feature = json.loads(out.read_text("utf-8"))["features"][0]
    assert feature["properties"]["kind"] == "overlap"
    assert feature["geometry"]["type"] in {"Polygon", "MultiPolygon"}


def test_a_boundary_that_its_source_has_ended_is_named(disposals: Line, tmp_path: Path) -> None:
    file = tmp_path / "lease.wkt"
    file.write_text(
        "SRID=27700;POLYGON ((560000 174000, 560050 174000, 560050 174100, 560000 174000))"
    )
    disposals(
        "site", "draw", "kiln-court", str(file), "--source", "Lease plan", "--because", "Drawn",
        "--from", "2010", "--to", "2019",
    )  # fmt: skip
    problems = disposals("site", "check", "--json").json["problems"]
    assert [(each["kind"], each["sites"]) for each in problems] == [("expired", ["kiln-court"])]


def test_a_site_outside_the_area_of_the_council_is_named(
    disposals: Line, kent: Register, tmp_path: Path
) -> None:
    a_site(disposals, tmp_path, "yard", 560_000)
    file = tmp_path / "area.wkt"
    file.write_text(
        "SRID=27700;POLYGON ((558000 174000, 559000 174000, 559000 175000, 558000 174000))"
    )
    said = disposals("site", "area", str(file), "--name", "The borough", "--source", "Its order")
    assert said.status == 0, said.err
    problems = disposals("site", "check", "--json").json["problems"]
    assert ("outside", ["yard"]) in [(each["kind"], each["sites"]) for each in problems]
    assert kent.authority == "kent"


def test_a_misspelt_site_is_met_with_the_nearest_one(disposals: Line) -> None:
    for line in (("show", "kiln-cort"), ("history", "kiln-cort"), ("constraints", "kiln-cort")):
        said = disposals("site", *line)
        assert said.status == 1
        assert "There is no site “kiln-cort” in this register. Did you mean kiln-court?" in said.err


def test_what_lies_on_a_site_that_is_not_drawn_counts_for_all_of_it(disposals: Line) -> None:
    disposals(
        "site", "constraint", "kiln-court", "--kind", "tunnel", "--name", "Tram tunnel", "--shape",
        "LINESTRING (558290 174740, 558410 174740)",
    )  # fmt: skip
    told = disposals("site", "constraints", "kiln-court", "--json").json[0]
    assert told["touches"] == ["the site is not drawn: every part"]
