"""A paper as PDF, Word and HTML: accessible, whole, and its text taken for nothing else."""

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import docx
import page
import pypdf
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from disposals.exports.paper import (
    Block,
    Boxed,
    Cell,
    Heading,
    Labelled,
    Listing,
    Paper,
    Point,
    Said,
    Table,
    html,
    missing,
    write_paper,
)  # fmt: skip
from disposals.exports.paper.blocks import pieces
from tests.conftest import Said as Printed

Line = Callable[..., Printed]
NASTY = '<script>alert("&amp;")</script> #let x = 1; {{ y }} \\ $z$ *b* _u_ @ref ]]>'
PAPERS = {
    "report.pdf": ("report", "steele-avenue"),
    "record.pdf": ("record", "21/00100"),
    "bare.pdf": ("report", "bensted-house"),
}


def a_paper(*blocks: Block, title: str = "A paper") -> Paper:
    return Paper(title, "Of Mill Lane", "Kent County Council", date(2021, 9, 30), "UNRESTRICTED",
                 "mill-lane · version 1", blocks)  # fmt: skip


ALL = a_paper(
    Labelled((("From:", NASTY),)), Heading(NASTY), Point("1.1", NASTY), Listing((NASTY,)),
    Said(NASTY), Boxed(NASTY), Table((NASTY, "B"), ((Cell(NASTY), Cell(NASTY)),), (1, 1)),
    title=NASTY,
)  # fmt: skip


@pytest.mark.usefixtures("kent")
@pytest.mark.parametrize("name", PAPERS)
def test_a_pdf_is_found_to_be_pdf_ua_by_another_hand(
    disposals: Line, tmp_path: Path, name: str
) -> None:
    out, exempt = tmp_path / name, tmp_path / "exempt.pdf"
    more = ("--exempt-appendix", str(exempt)) if name == "report.pdf" else ()
    assert disposals("paper", *PAPERS[name], "-o", str(out), *more).status == 0
    for file in [out, *([exempt] if more else [])]:
        found = page.validate_pdf(str(file), profile=page.ValidationProfile.PDF_UA_1)
        assert found.failures == []
        assert found.is_compliant


def test_the_validator_finds_what_is_not_pdf_ua(tmp_path: Path) -> None:
    bare = pypdf.PdfWriter()
    bare.add_blank_page(100, 100)
    bare.write(tmp_path / "bare.pdf")
    found = page.validate_pdf(str(tmp_path / "bare.pdf"), profile=page.ValidationProfile.PDF_UA_1)
    assert not found.is_compliant


@pytest.mark.usefixtures("kent")
@pytest.mark.parametrize("suffix", ["pdf", "html"])
def test_the_same_paper_gives_the_same_bytes(disposals: Line, tmp_path: Path, suffix: str) -> None:
    first, second = tmp_path / f"1.{suffix}", tmp_path / f"2.{suffix}"
    for out in (first, second):
        assert disposals("paper", "report", "steele-avenue", "-o", str(out)).status == 0
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.usefixtures("kent")
def test_word_has_real_headings_header_rows_and_described_plans(
    disposals: Line, tmp_path: Path
) -> None:
    out = tmp_path / "report.docx"
    assert disposals("paper", "report", "steele-avenue", "-o", str(out)).status == 0
    word = docx.Document(str(out))
    styles = [each.style.name for each in word.paragraphs if each.style is not None]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") == 15
    for table in word.tables:
        assert table.rows[0]._tr.trPr is not None
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    plans = [shape._inline.docPr.get("descr") or "" for shape in word.inline_shapes]
    assert [plan.partition(" ")[0] for plan in plans] == ["Location", "Site"]
    assert [section.page_height.mm for section in word.sections if section.page_height] == (
        [pytest.approx(297, abs=0.1)] * 3
    )


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.usefixtures("kent")
def test_libreoffice_opens_the_word_document_and_each_plan_fills_a_page(
    disposals: Line, tmp_path: Path
) -> None:
    out = tmp_path / "report.docx"
    assert disposals("paper", "report", "steele-avenue", "-o", str(out)).status == 0
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(out)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pages = pypdf.PdfReader(tmp_path / "report.pdf").pages
    assert "Practical completion" in "".join(each.extract_text() for each in pages)
    without_words = [no for no, each in enumerate(pages) if not each.extract_text().strip()]
    assert without_words == [len(pages) - 2, len(pages) - 1]  # the plans, and no blank page


class Tags(HTMLParser):
    """The tags of a page in their order, and whether every one is closed where it should be."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.opened: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in {"meta", "img", "br", "col"}:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(paper: Paper) -> Tags:
    tags = Tags()
    tags.feed(html.content(paper).decode())
    assert tags.opened == []
    return tags


def test_html_takes_no_text_for_markup() -> None:
    tags = read(ALL)
    assert {tag for tag, _ in tags.seen} <= {
        "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "h1", "h2",
        "p", "dl", "div", "dt", "dd", "span", "ul", "li", "table", "colgroup", "col", "thead",
        "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert "".join(tags.text).count(NASTY) == 11


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_whatever_text_stands_in_html_is_read_back_as_it_is(text: str) -> None:
    tags = read(a_paper(Said(text), Listing((text,)), Table(("A",), ((Cell(text),),), (1,))))
    assert tags.seen.count(("script", {})) == 0
    assert "".join(tags.text).count(text) >= 3


def test_html_names_its_language_scopes_its_headers_and_asks_for_nothing() -> None:
    tags = read(ALL)
    told = [attributes for tag, attributes in tags.seen if tag == "html"]
    assert told == [{"lang": "en-GB"}]
    assert {attributes.get("scope") for tag, attributes in tags.seen if tag == "th"} == {
        "col", "row",
    }  # fmt: skip
    assert not [
        value for _, attributes in tags.seen for value in attributes.values()
        if value is not None and value.startswith(("http:", "https:", "//"))
    ]  # fmt: skip


@pytest.mark.usefixtures("kent")
def test_html_is_one_file_whose_plans_are_described(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    assert disposals("paper", "report", "steele-avenue", "-o", str(out)).status == 0
    tags = Tags()
    tags.feed(out.read_text(encoding="utf-8"))
    plans = [attributes for tag, attributes in tags.seen if tag == "img"]
    assert len(plans) == 2
    for plan in plans:
        assert (plan["src"] or "").startswith("data:image/svg+xml;base64,")
        assert len(plan["alt"] or "") > 40


@pytest.mark.parametrize("suffix", ["pdf", "docx", "html"])
def test_every_kind_takes_any_text_as_it_is(tmp_path: Path, suffix: str) -> None:
    write_paper(tmp_path / f"all.{suffix}", ALL)
    assert (tmp_path / f"all.{suffix}").stat().st_size > 1000


def test_what_is_missing_is_told_apart_from_the_rest() -> None:
    said = f"To: {missing('the committee')}, 9 November"
    assert list(pieces(said)) == [
        ("To: ", False), ("[Missing: the committee]", True), (", 9 November", False),
    ]  # fmt: skip
    assert json.dumps(list(pieces(""))) == "[]"
