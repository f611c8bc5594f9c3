"""The programme as a picture: places as the dates say, and words for those who do not see it."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest

from disposals.disclosure.fields import Audience
from disposals.disclosure.gantt import Bar, Gantt, Row, State
from disposals.errors import BadFact
from disposals.exports.gantt.drawing import draw_gantt
from disposals.exports.gantt.sheet import sheet_of
from tests.conftest import Said

Line = Callable[..., Said]
WHOLE, ONE, TWO = "steele-avenue", "steele-avenue/part-1", "steele-avenue/part-2"
ON = date(2021, 9, 30)
POINTS = 72 / 25.4  # in a millimetre
LENGTH = 118 * POINTS  # of the line of time
INK, OVERDUE = "#262626", "#b00020"


def bar(no: int, earliest: date, latest: date, state: State = State.AHEAD, **facts: object) -> Bar:
    when = f"{earliest:%b %Y}"
    return Bar(no, f"Step {no}", when, earliest, latest, state, is_reading=False, **facts)  # type: ignore[arg-type]


def a_case(*bars: Bar, ref: str = "mill-lane") -> Gantt:
    row = Row(ref, "Land at Mill Lane", "marketing", None, None, bars)
    return Gantt(ref=ref, on=ON, of=(), rows=(row,), notes=())


def boxes(svg: Path) -> Iterator[tuple[str, str, float, float]]:
    """Every outlined shape: its fill, the paint of its outline, where it begins and ends."""

    def walk(node: ET.Element, left: float) -> Iterator[tuple[str, str, float, float]]:
        moved = re.search(r"translate\(([-\d.]+)", node.get("transform", ""))
        left += float(moved[1]) if moved else 0
        if node.tag.endswith("}path") and node.get("stroke"):
            across = [0.0] + [float(x) for x in re.findall(r"h ([-\d.]+)", node.get("d", ""))]
            yield node.get("fill", ""), node.get("stroke", ""), left, left + max(across)
        for each in node:
            yield from walk(each, left)

    yield from walk(ET.fromstring(svg.read_text(encoding="utf-8")), 0)  # noqa: S314 (our own)


def words(path: Path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages]


def test_a_bar_begins_and_ends_where_its_dates_say_and_today_stands_on_its_day(
    tmp_path: Path,
) -> None:
    out = tmp_path / "out.svg"
    july = (date(2022, 7, 1), date(2022, 7, 31))
    slipped = bar(1, date(2022, 10, 1), date(2022, 12, 31), baseline="Jul 2022",
                  baseline_earliest_on=july[0], baseline_latest_on=july[1])  # fmt: skip
    draw_gantt(out, a_case(slipped), audience=Audience.OFFICER)
    # The line of time runs from 1 September 2021 to 31 January 2023: 518 days.
    drawn = list(boxes(out))
    begins = 12 * POINTS + (273 - 118 - 37 - 36) * POINTS

    def places(fill: str, stroke: str) -> list[tuple[float, float]]:
        return [
            ((left - begins) / LENGTH * 518, (right - begins) / LENGTH * 518)
            for one, other, left, right in drawn
            if (one, other) == (fill, stroke) and left >= begins and right > left
        ]

    assert places("#ffffff", INK) == [pytest.approx((395, 487), abs=0.01)]
    assert places("#d1d1d1", "#595959") == [pytest.approx((303, 334), abs=0.01)]
    today = [
        (left - begins) / LENGTH * 518
        for fill, stroke, left, _ in drawn
        if (fill, stroke) == ("none", OVERDUE) and left >= begins
    ]
    assert today == [pytest.approx(29, abs=0.01)] * 2


def test_states_differ_by_pattern_and_shape_and_not_by_colour_alone(tmp_path: Path) -> None:
    looks = {}
    for state in State:
        out = tmp_path / f"{state}.svg"
        july = bar(1, date(2022, 7, 1), date(2022, 7, 31), state)
        draw_gantt(out, a_case(july), audience=Audience.OFFICER)
        text = re.sub(
            r"<(title|desc)>.*?</\1>", "", out.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        (look,) = (
            (
                "pattern" if "url(" in path else re.findall(r'fill="([^"]*)"', path)[0],
                "dashed" if "dasharray" in path else "whole",
            )
            for path in re.findall(r'<path[^>]*stroke-width="0.5"[^>]*h [\d.]+v[^>]*>', text)[-1:]
        )
        tiles = re.findall(r"<pattern.*?</pattern>", text, flags=re.DOTALL)
        looks[state] = (*look, re.sub(r"#\w{6}|id=\"\w+\"", "", tiles[0]) if tiles else "")
    assert len(set(looks.values())) == len(State)
    assert looks[State.VOID][1] == "dashed"
    assert looks[State.OVERDUE][0] == looks[State.CONDITIONAL][0] == "pattern"


@pytest.mark.usefixtures("kent")
def test_the_paper_of_a_case_is_a_table_in_words_with_its_parts(
    disposals: Line, tmp_path: Path
) -> None:
    disposals("milestone", "forecast", ONE, "5", "--when", "Oct 2022", "--because", "Objections",
              "--follow")  # fmt: skip
    out = tmp_path / "out.pdf"
    said = disposals("gantt", WHOLE, "-o", str(out))
    assert said.status == 0, said.err
    assert "10 milestones of 3 disposals drawn" in said.err
    (text,) = words(out)
    assert text.startswith("For officers: not for publication Land south of Steele Avenue")
    assert "Part 1 2. Developer finalises designs" in text
    assert "Oct 2022, first set Jul 2022 Critical. Amber: It is 3 months later" in text
    assert "After 5 and 7" in text
    assert "2021/22 2022/23 2023/24" in text
    assert "Hangs on: Outline planning consent" in text
    root = pypdf.PdfReader(out).trailer["/Root"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()  # type: ignore[index]
    tags = [str(each) for each in kinds(root["/StructTreeRoot"])]  # type: ignore[index]
    assert tags.count("/Table") == 1
    assert tags.count("/TR") == 1 + 3 + 10


def kinds(node: object) -> Iterator[object]:
    """The tags of a tagged PDF."""
    told = node.get_object() if isinstance(node, pypdf.generic.IndirectObject) else node
    if isinstance(told, list):
        for each in told:
            yield from kinds(each)
    elif isinstance(told, dict):
        if "/S" in told:
            yield told["/S"]
        if "/K" in told:
            yield from kinds(told["/K"])


def many(count: int) -> Gantt:
    bars = [
        bar(1, date(2021, 5, 1), date(2021, 5, 31), State.MET),
        bar(2, date(2022, 5, 1), date(2022, 5, 31)),
    ]
    rows = [
        Row(f"land-{no:03}", f"Land, lot {no}", "marketing", None, None, tuple(bars))
        for no in range(count)
    ]
    return Gantt(ref=None, on=ON, of=("officer: Disposals Surveyor",), rows=tuple(rows), notes=())


def test_a_long_portfolio_takes_pages_and_repeats_its_head_and_key(tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    draw_gantt(out, many(60), audience=Audience.OFFICER)
    pages = words(out)
    assert len(pages) == 3
    for page, text in enumerate(pages, start=1):
        assert "Case 2021/22 2022/23" in text
        assert f"Page {page} of 3" in text
        assert "For officers: not for publication" in text
        assert "met ahead today" in text
        assert "Today" in text
    for no in range(60):
        assert sum(f"land-{no:03} · marketing" in page for page in pages) == 1
    assert "60 disposals, 120 milestones · officer: Disposals Surveyor" in pages[0]


def test_a_picture_is_one_tall_page_and_an_svg_says_what_is_on_it(tmp_path: Path) -> None:
    out = tmp_path / "out.svg"
    draw_gantt(out, many(60), audience=Audience.OFFICER)
    picture = ET.fromstring(out.read_text(encoding="utf-8"))  # noqa: S314 (our own file)
    height, width = float(picture.get("height", "")[:-2]), float(picture.get("width", "")[:-2])
    assert height > width
    assert picture.get("role") == "img"
    title, told = picture[0], picture[1]
    assert title.tag.endswith("}title")
    assert title.text == "Programme of disposals"
    assert told.text is not None
    assert "Land, lot 59. land-059 · marketing. May 2022: Step 2. –. " in told.text
    assert "Step 1: May 2021, met; Step 2: May 2022, ahead" in told.text
    assert told.text.endswith(
        "As a table: `disposals milestones`. As data: `disposals gantt --json`."
    )


def test_the_same_programme_gives_the_same_bytes(tmp_path: Path) -> None:
    for kind in ("pdf", "svg", "png"):
        made = []
        for name in ("one", "two"):
            out = tmp_path / f"{name}.{kind}"
            draw_gantt(out, many(3), audience=Audience.OFFICER)
            made.append(out.read_bytes())
        assert made[0] == made[1]


def test_words_that_would_be_markup_stay_words(tmp_path: Path) -> None:
    told = a_case(bar(1, ON, ON, hangs_on='#panic("x") <b> & $x$ *not bold*'))
    for kind in ("pdf", "svg"):
        draw_gantt(tmp_path / f"out.{kind}", told, audience=Audience.OFFICER)
    assert '#panic("x") <b> & $x$ *not bold*' in words(tmp_path / "out.pdf")[0]
    told_by_svg = ET.fromstring((tmp_path / "out.svg").read_text(encoding="utf-8"))[1].text  # noqa: S314
    assert '#panic("x") <b> & $x$ *not bold*' in str(told_by_svg)


def test_a_word_without_an_end_stays_in_its_column(tmp_path: Path) -> None:
    heights = []
    for name in ("Sale", "Sale" * 60):
        out = tmp_path / "out.svg"
        told = a_case(replace(bar(1, date(2022, 7, 1), date(2022, 7, 31)), name=name))
        draw_gantt(out, told, audience=Audience.OFFICER)
        picture = ET.fromstring(out.read_text(encoding="utf-8"))  # noqa: S314 (our own file)
        heights.append(float(picture.get("height", "")[:-2]))
    assert heights[1] > heights[0] + 2 * 8.5  # the row grew by two lines of type or more


def test_only_what_lies_in_the_months_asked_for_is_on_the_line(tmp_path: Path) -> None:
    told = a_case(
        bar(1, date(2021, 1, 1), date(2021, 1, 31)),
        bar(2, date(2022, 3, 1), date(2022, 5, 31)),
        bar(3, date(2040, 1, 1), date(2040, 12, 31)),
    )
    sheet = sheet_of(
        replace(told, since=date(2022, 4, 14), until=date(2023, 3, 31)), audience=Audience.OFFICER
    )
    items = {line.label: line.items for line in sheet.lines}
    assert items["1. Step 1"] == items["3. Step 3"] == ()
    (cut,) = items["2. Step 2"]
    assert cut.start == 0
    assert cut.end == pytest.approx(61 / 365)
    assert "today" not in dict(sheet.key)
    draw_gantt(
        tmp_path / "out.pdf", replace(told, since=date(2022, 4, 1)), audience=Audience.PUBLIC
    )
    assert "3. Step 3 Jan 2040" in words(tmp_path / "out.pdf")[0]


def test_nothing_to_draw_and_a_file_of_another_kind_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFact, match="No milestone of mill-lane is recorded that may be shown"):
        draw_gantt(tmp_path / "out.pdf", a_case(), audience=Audience.PUBLIC)
    with pytest.raises(BadFact, match=r"it ends in \.pdf, \.svg or \.png"):
        draw_gantt(tmp_path / "out.docx", many(1), audience=Audience.PUBLIC)
    assert list(tmp_path.iterdir()) == []
