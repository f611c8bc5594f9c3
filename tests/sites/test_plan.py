"""Plans measured on the paper: to scale, literal, described, and the same every time."""

import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pypdf
import pytest
import shapely
from pypdf.generic import ContentStream
from shapely import MultiPolygon, box

from sites.errors import CannotDraw, DoesNotFit
from sites.geometry import on_grid
from sites.plan.choices import Kind, Paper
from sites.plan.drawing import Burden, Piece, Plan, Subject, site_plan
from sites.plan.files import rendered
from sites.plan.page import laid_out
from sites.plan.sheets import STANDARD, Sheet, chosen, sheet

POINT_MM = 25.4 / 72
PORTRAIT = sheet(Paper.A4, landscape=False, lines=4)
LANDSCAPE = sheet(Paper.A4, landscape=True, lines=4)
# The boundary of the land south of Steele Avenue as the example has it, EPSG:27700.
STEELE_AVENUE = on_grid(
    shapely.from_wkt(
        "POLYGON ((558332.6 174814.45, 558289.03 174810.97, 558287.29 174788.31, 558288.14 "
        "174764.39, 558288.16 174763.92, 558292.52 174737.78, 558301.23 174715.99, 558318.66 "
        "174709.02, 558336.96 174706.41, 558342.18 174723.84, 558344.8 174748.23, 558344.18 "
        "174766.73, 558343.93 174774.37, 558340.44 174798.77, 558332.6 174814.45))"
    )
)
CUT = box(558_200, 174_764, 558_400, 174_900)


def part(no: int, shape: shapely.Geometry) -> Piece:
    """A numbered part of the land."""
    return Piece(f"Part {no}", f"Part {no}, homes: approx. 0.1 ha", on_grid(shape), no)


def subject(land: MultiPolygon = STEELE_AVENUE, *parts: Piece, title: str = "The land") -> Subject:
    """A plan's land and words."""
    return Subject(
        ref="steele-avenue", title=title, address="Steele Avenue, Greenhithe",
        edged_red=(Piece(title, f"{title}: approx. 0.522 ha (1.29 acres)", land),), parts=parts,
        day="30 September 2021", stamp="2021-09-30", revision="3 of the boundary",
        provenance=("Boundary: derived.",), notices=("© Crown copyright",),
    )  # fmt: skip


def drawn(plan: Plan, kind: Kind, on: Sheet = PORTRAIT, scale: int = 1250) -> bytes:
    """A file of one plan."""
    return rendered([(plan, on, scale)], kind)


def sides_m(shape: MultiPolygon) -> list[float]:
    """The length of each side in metres, the shortest first."""
    xy = shape.geoms[0].exterior.coords
    return sorted(math.dist(a, b) for a, b in pairwise(xy))


def paths_in_pdf(pdf: bytes) -> Iterator[list[tuple[float, float]]]:
    """Every straight-sided path on the first page, in millimetres of paper."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    stream = ContentStream(reader.pages[0].get_contents(), reader)
    matrix, kept = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), []
    path: list[tuple[float, float]] = []
    for operands, operator in stream.operations:
        numbers = [float(each) for each in operands if isinstance(each, (int, float))]
        if operator == b"q":
            kept.append(matrix)
        elif operator == b"Q":
            matrix = kept.pop()
        elif operator == b"cm":
            a, b, c, d, e, f = numbers
            p, q, r, s, t, u = matrix
            matrix = (
                a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
                e * p + f * r + t, e * q + f * s + u,
            )  # fmt: skip
        elif operator in {b"m", b"l"}:
            x, y = numbers
            p, q, r, s, t, u = matrix
            at = ((x * p + y * r + t) * POINT_MM, (x * q + y * s + u) * POINT_MM)
            path = [at] if operator == b"m" else [*path, at]
        elif operator == b"h" and path:
            yield [*path, path[0]]
            path = []


def paths_in_svg(svg: bytes) -> Iterator[list[tuple[float, float]]]:
    """Every path of moves and lines, in millimetres (an SVG of Typst counts in points)."""
    for told in re.findall(r' d="([^"]*)"', svg.decode()):
        at = (0.0, 0.0)
        path: list[tuple[float, float]] = []
        for letter, rest in re.findall(r"([MLHVZmlhvz])([^A-Za-z]*)", told):
            numbers = [float(each) for each in re.findall(r"-?[\d.]+(?:e-?\d+)?", rest)]
            x, y = at
            if letter in "ML":
                at = (numbers[0], numbers[1])
            elif letter in "ml":
                at = (x + numbers[0], y + numbers[1])
            elif letter in "Hh":
                at = (numbers[0] + (x if letter == "h" else 0), y)
            elif letter in "Vv":
                at = (x, numbers[0] + (y if letter == "v" else 0))
            elif path:
                at = path[0]
            path = [at] if letter in "Mm" else [*path, at]
        yield [(x * POINT_MM, y * POINT_MM) for x, y in path]


def measured(paths: Iterator[Sequence[tuple[float, float]]], corners: int) -> list[list[float]]:
    """The sides in millimetres of every closed path with so many corners, the shortest first."""
    return [
        sorted(math.dist(a, b) for a, b in pairwise(path))
        for path in paths
        if len(path) == corners + 1
    ]


@pytest.mark.parametrize("scale", [1250, 1000, 2500])
@pytest.mark.parametrize("kind", [Kind.PDF, Kind.SVG])
def test_every_side_on_the_paper_is_as_long_as_the_scale_says(kind: Kind, scale: int) -> None:
    made = drawn(site_plan(subject()), kind, scale=scale)
    found = measured(
        paths_in_pdf(made) if kind is Kind.PDF else paths_in_svg(made), len(sides_m(STEELE_AVENUE))
    )
    wanted = [side * 1000 / scale for side in sides_m(STEELE_AVENUE)]
    best = min(max(abs(a - b) for a, b in zip(sides, wanted, strict=True)) for sides in found)
    assert best < 0.001


def test_the_paper_itself_has_the_size_that_it_is_named_for() -> None:
    page = pypdf.PdfReader(io.BytesIO(drawn(site_plan(subject()), Kind.PDF))).pages[0]
    size = [float(page.mediabox.width) * POINT_MM, float(page.mediabox.height) * POINT_MM]
    assert size == pytest.approx([210, 297], abs=0.01)


@pytest.mark.parametrize(
    ("land", "scale", "lies_across"),
    [
        (box(0, 0, 60, 110), 1250, False),
        (box(0, 0, 15, 12), 200, False),
        (box(0, 0, 45, 30), 500, False),
        (box(0, 0, 400, 180), 2500, False),
        (box(0, 0, 230, 90), 1250, True),
        (box(0, 0, 3_000, 2_500), 25_000, False),
    ],
    ids=["an acre", "a garden", "a yard", "a field", "a wide field", "an airfield"],
)
def test_land_is_drawn_at_1250_or_the_next_standard_scale_that_shows_it(
    land: shapely.Polygon, scale: int, *, lies_across: bool
) -> None:
    on, found = chosen(land.bounds, [PORTRAIT, LANDSCAPE])
    assert (found, on is LANDSCAPE) == (scale, lies_across)
    assert found in STANDARD


def test_land_that_no_standard_scale_shows_is_refused_with_its_size() -> None:
    with pytest.raises(DoesNotFit, match=r"At 1:50000 the land is 400 mm × 400 mm.*No standard"):
        chosen((0, 0, 20_000, 20_000), [PORTRAIT, LANDSCAPE])


def test_a_scale_that_is_too_large_is_refused_with_the_one_that_fits() -> None:
    with pytest.raises(DoesNotFit, match=r"has room for .* 1:1250 fits"):
        chosen(STEELE_AVENUE.bounds, [PORTRAIT], scale=200)


def test_words_of_the_register_are_printed_as_they_are_and_never_run() -> None:
    title = 'Land at #panic("x") $x^2$ *bold* <label> @ref \\ “quoted”'
    text = pypdf.PdfReader(io.BytesIO(drawn(site_plan(subject(title=title)), Kind.PDF)))
    assert title in " ".join(text.pages[0].extract_text().split())


@pytest.mark.parametrize("kind", list(Kind))
def test_the_same_plan_gives_the_same_bytes(kind: Kind) -> None:
    assert drawn(site_plan(subject()), kind) == drawn(site_plan(subject()), kind)


def test_a_pdf_is_tagged_titled_and_described_in_words() -> None:
    parts = part(1, STEELE_AVENUE & CUT), part(2, STEELE_AVENUE - CUT)
    reader = pypdf.PdfReader(io.BytesIO(drawn(site_plan(subject(STEELE_AVENUE, *parts)), Kind.PDF)))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title == "The land"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    figures = list(alternatives(root["/StructTreeRoot"]))
    assert len(figures) == 1
    assert figures[0].startswith("Site plan of The land, Steele Avenue, Greenhithe. Edged red:")
    assert "Part 2, homes" in figures[0]


def alternatives(node: object) -> Iterator[str]:
    """The alternative texts in a structure tree."""
    if isinstance(node, pypdf.generic.IndirectObject):
        node = node.get_object()
    if isinstance(node, pypdf.generic.DictionaryObject):
        if "/Alt" in node:
            yield str(node["/Alt"])
        if "/K" in node:
            yield from alternatives(node["/K"])
    elif isinstance(node, pypdf.generic.ArrayObject):
        for each in node:
            yield from alternatives(each)


def test_the_fonts_are_in_the_file() -> None:
    reader = pypdf.PdfReader(io.BytesIO(drawn(site_plan(subject()), Kind.PDF)))
    resources: Any = reader.pages[0]["/Resources"]
    fonts = resources["/Font"]
    names = {str(fonts[name]["/BaseFont"]) for name in fonts}
    assert names
    assert all("SourceSansPro" in name for name in names)


def test_edging_lies_inside_the_boundary_so_that_the_line_itself_is_seen() -> None:
    page = laid_out(site_plan(subject()), PORTRAIT, 1250)
    band, line = (shapely.Polygon(item["rings"][0], item["rings"][1:]) for item in page["edged"])
    assert band.area > 0
    assert shapely.difference(band, line.buffer(0.001)).is_empty


def test_parts_look_the_same_on_every_plan_and_different_from_their_neighbours() -> None:
    strips = [
        part(no, box(558_000 + 30 * no, 174_000, 558_030 + 30 * no, 174_060)) for no in range(1, 7)
    ]
    whole = on_grid(shapely.union_all([strip.shape for strip in strips]))
    plan = site_plan(subject(whole, *strips))
    styles = [mark.style for mark in plan.marks if mark.style.startswith("tint-")]
    assert len(set(styles)) == 6
    alone = site_plan(replace(subject(whole, *strips), edged_red=(strips[2],), edged_blue=()))
    assert [mark.style for mark in alone.marks if mark.style.startswith("tint-")] == styles


def test_labels_stand_in_their_parts_or_beside_the_land_with_a_leader_and_never_on_each_other() -> (
    None
):
    widths = [20, 60, 5, 30, 3, 40, 25, 50, 8, 15, 4, 40]
    west = 558_000
    strips = []
    for no, width in enumerate(widths, 1):
        strips.append(part(no, box(west, 174_000, west + width, 174_200)))
        west += width
    whole = on_grid(shapely.union_all([strip.shape for strip in strips]))
    plan = site_plan(subject(whole, *strips))
    on, scale = chosen(plan.bounds, [sheet(Paper.A4, landscape=False, lines=len(plan.key))])
    labels = laid_out(plan, on, scale)["labels"]
    assert len(labels) == 12
    places = [
        shapely.box(x - 6, y - 1.8, x + 6, y + 1.8) for x, y in (each["at"] for each in labels)
    ]
    crossing = [
        (labels[i]["text"], labels[j]["text"])
        for i in range(12)
        for j in range(i)
        if places[i].intersection(places[j]).area > 1
    ]
    assert crossing == []
    assert any(each["from"] is not None for each in labels)


def test_burdens_are_numbered_on_the_map_and_named_in_the_key() -> None:
    tunnel = Burden(
        "tunnel",
        "Tunnel: tram tunnel",
        shapely.LineString([(558_330, 174_700), (558_340, 174_820)]),
    )
    oak = Burden("tree preservation", "Tree preservation: oak", shapely.Point(558_300, 174_750))
    plan = site_plan(replace(subject(), burdens=(tunnel, oak)))
    assert ("line tunnel", "C1 Tunnel: tram tunnel") in plan.key
    assert ("point tree preservation", "C2 Tree preservation: oak") in plan.key
    text = pypdf.PdfReader(io.BytesIO(drawn(plan, Kind.PDF))).pages[0].extract_text()
    assert text.count("C1") == 2


def test_words_that_find_no_room_are_refused_and_not_cut() -> None:
    long = replace(subject(), provenance=("Boundary: " + "very long " * 3_000,))
    with pytest.raises(CannotDraw, match="do not find room on the sheet"):
        drawn(site_plan(long), Kind.PDF)


def test_a_picture_holds_one_plan() -> None:
    page = (site_plan(subject()), PORTRAIT, 1250)
    with pytest.raises(CannotDraw, match=r"A file .svg holds one plan and not 2"):
        rendered([page, page], Kind.SVG)


def test_several_plans_are_several_pages_of_one_pdf() -> None:
    pages = [(site_plan(subject()), PORTRAIT, 1250), (site_plan(subject()), LANDSCAPE, 1250)]
    reader = pypdf.PdfReader(io.BytesIO(rendered(pages, Kind.PDF)))
    assert [float(p.mediabox.width) > float(p.mediabox.height) for p in reader.pages] == [
        False,
        True,
    ]
