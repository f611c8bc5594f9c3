"""Heads of terms as papers that both sides can read: what stands in them, and what changed."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pypdf
import pytest

from tests.conftest import Said

Line = Callable[..., Said]
ONE = "steele-avenue/part-1"
BUYER = "Bidder B"
pytestmark = pytest.mark.usefixtures("kent")


@pytest.fixture
def terms(disposals: Line) -> Callable[..., Said]:
    """The command `disposals terms … steele-avenue/part-1`, which succeeds."""

    def does(act: str, *rest: str) -> Said:
        said = disposals("terms", act, ONE, *rest)
        assert said.status == 0, said.err
        return said

    does(
        "add", "--buyer", BUYER, "--price", "£1,275,000", "--deposit", "£127,500",
        "--seller-solicitor", "Invicta Law", "--overage", "25% above £1.5m for 10 years",
        "--overage-guaranteed", "50000", "--overage-after-months", "36",
        "--longstop-on", "2022-12-30", "--on", "2021-09-27",
    )  # fmt: skip
    for no, heading in (("2", "Tram tunnel"), ("10", "Signs"), ("1", "Car park")):
        does(
            "clause", "--no", no, "--heading", heading, "--text", f"{heading}, as agreed.",
            "--on", "2021-09-27",
        )  # fmt: skip
    return does


def in_pdf(path: Path) -> str:
    reader = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def in_docx(path: Path) -> str:
    word = docx.Document(str(path))
    cells = [
        said.text
        for table in word.tables
        for row in table.rows
        for at in row.cells
        for said in at.paragraphs
    ]
    return " ".join(" ".join([*(said.text for said in word.paragraphs), *cells]).split())


READERS: dict[str, Callable[[Path], str]] = {"pdf": in_pdf, "docx": in_docx}


@pytest.mark.parametrize("suffix", READERS)
def test_the_paper_says_all_that_the_sides_are_to_agree(
    terms: Callable[..., Said], tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"terms.{suffix}"
    said = terms("issue", "-o", str(out))
    assert "Draft; neither side has agreed." in said.err
    text = READERS[suffix](out)
    for expected in (
        "Confidential. Subject to contract", "Version 1 of 27 September 2021",
        "Illustrative: the published papers do not give these terms.",
        "Land south of Steele Avenue, Greenhithe, Part 1, 0.250 ha (0.62 acres)",
        "Kent County Council. Solicitor: Invicta Law", BUYER, "£1,275,000",
        "£127,500, on exchange", "30 December 2022",
        "25% above £1.5m for 10 years; £50,000 is paid in any case, after 36 months",
        "2. Tram tunnel", "are not a contract",
    ):  # fmt: skip
        assert expected in text
    assert text.index("1. Car park") < text.index("2. Tram tunnel") < text.index("10. Signs")


def test_who_has_agreed_stands_on_the_paper_with_the_day(
    terms: Callable[..., Said], tmp_path: Path
) -> None:
    out = tmp_path / "terms.pdf"
    terms("agree", "--version", "1", "--side", "buyer", "--on", "2021-09-28")
    terms("issue", "-o", str(out))
    assert f"agreed by {BUYER} on 28 September 2021, and not yet by the other side" in in_pdf(out)
    terms("agree", "--version", "1", "--side", "seller", "--on", "2021-09-29")
    terms("issue", "-o", str(out))
    text = in_pdf(out)
    assert "Version 1 of 27 September 2021. Agreed by both sides on 29 September 2021" in text
    assert "Kent County Council 29 September 2021" in text


@pytest.fixture
def second(terms: Callable[..., Said]) -> Callable[..., Said]:
    """A second version: a lower price, one clause reworded, one struck out, one new."""
    on = ("--on", "2021-09-29")
    terms("add", "--buyer", BUYER, "--price", "£1,250,000", *on)
    terms("clause", "--no", "1", "--heading", "Car park", "--text", "It closes in March.", *on)
    terms("clause", "--no", "10", "--heading", "Signs", "--text", "–", "--struck-out", *on)
    terms("clause", "--no", "11", "--heading", "Fence", "--text", "The buyer fences the land.", *on)
    return terms


def test_the_changes_are_told_clause_by_clause(second: Callable[..., Said]) -> None:
    told = second("changes", "--from", "1", "--json").json
    assert (told["from"], told["to"]) == (1, 2)
    rows = [
        tuple(each[name] for name in ("clause", "heading", "was", "is")) for each in told["changes"]
    ]
    assert rows == [
        (None, "Price", "£1,275,000", "£1,250,000"),
        ("1", "Car park", "Car park, as agreed.", "It closes in March."),
        ("10", "Signs", "Signs, as agreed.", None),
        ("11", "Fence", None, "The buyer fences the land."),
    ]  # fmt: skip
    back = second("changes", "--from", "2", "--to", "1", "--json").json
    assert [each["clause"] for each in back["changes"]] == [None, "1", "10", "11"]


def test_what_was_carried_forward_unchanged_is_no_change(terms: Callable[..., Said]) -> None:
    terms("add", "--buyer", BUYER, "--price", "£1,275,000", "--on", "2021-09-29")
    assert "Nothing differs between version 1 and version 2." in terms("changes", "--from", "1").out


def test_a_clause_under_another_heading_is_the_same_clause_changed(
    terms: Callable[..., Said],
) -> None:
    on = ("--on", "2021-09-29")
    terms("add", "--buyer", BUYER, "--price", "£1,275,000", *on)
    terms("clause", "--no", "10", "--heading", "Boards", "--text", "Signs, as agreed.", *on)
    (change,) = terms("changes", "--from", "1", "--json").json["changes"]
    assert (change["was"], change["is"]) == ("Signs: Signs, as agreed.", "Signs, as agreed.")


@pytest.mark.parametrize("suffix", READERS)
def test_a_paper_held_against_a_version_shows_what_no_longer_stands(
    second: Callable[..., Said], tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"terms.{suffix}"
    second("issue", "--against", "1", "-o", str(out))
    text = READERS[suffix](out)
    assert "Compared with version 1" in text
    for former, now in (("£1,275,000", "£1,250,000"), ("Car park, as agreed.", "It closes")):
        assert text.index(former) < text.index(now)
    for mark in ("changed", "struck out", "new"):
        assert mark in text
    second("issue", "-o", str(out))
    assert "£1,275,000" not in READERS[suffix](out)


def test_former_wording_is_struck_through_in_word(
    second: Callable[..., Said], tmp_path: Path
) -> None:
    out = tmp_path / "terms.docx"
    second("issue", "--against", "1", "-o", str(out))
    runs = [
        run
        for table in docx.Document(str(out)).tables
        for row in table.rows
        for at in row.cells
        for said in at.paragraphs
        for run in said.runs
    ]
    assert [run.text for run in runs if run.font.strike] == [
        "£1,275,000", "Car park, as agreed.", "Signs, as agreed.",
    ]  # fmt: skip


def test_a_pdf_is_tagged_titled_and_the_same_each_time(
    terms: Callable[..., Said], tmp_path: Path
) -> None:
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    terms("issue", "-o", str(one))
    terms("issue", "-o", str(two))
    assert one.read_bytes() == two.read_bytes()
    reader = pypdf.PdfReader(one)
    assert reader.metadata is not None
    assert (
        reader.metadata.title == "Heads of terms: Land south of Steele Avenue, Greenhithe, Part 1"
    )
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"] == "en-GB"  # type: ignore[index]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()  # type: ignore[index]


def test_a_word_document_has_headings_and_tables_whose_head_repeats(
    terms: Callable[..., Said], tmp_path: Path
) -> None:
    out = tmp_path / "terms.docx"
    terms("issue", "-o", str(out))
    word = docx.Document(str(out))
    styles = {said.text: said.style and said.style.name for said in word.paragraphs}
    assert styles["Heads of terms"] == "Heading 1"
    assert styles["Further clauses"] == "Heading 2"
    inside = zipfile.ZipFile(out).read("word/document.xml").decode()
    assert inside.count("<w:tblHeader") == len(word.tables) == 3


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        (("-o", "terms.txt"), "it ends in .pdf, .docx or .html"),
        (("-o", "nowhere/terms.pdf"), "nowhere/terms.pdf"),
        (("-o", "terms.pdf", "--version", "3"), "has no version 3 of heads of terms; it has 1"),
        (("-o", "terms.pdf", "--against", "1"), "Version 1 is the one asked for"),
    ],
)
def test_a_paper_that_can_not_be_is_refused_and_nothing_is_written(
    disposals: Line, terms: Callable[..., Said], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, rest: tuple[str, ...], said: str,
) -> None:  # fmt: skip
    assert terms("list").status == 0
    folder = tmp_path / "papers"
    folder.mkdir()
    monkeypatch.chdir(folder)
    refused = disposals("terms", "issue", ONE, *rest)
    assert refused.status == 1
    assert said in refused.err
    assert list(folder.iterdir()) == []


def test_a_case_without_terms_is_told_how_to_draft_them(disposals: Line, tmp_path: Path) -> None:
    refused = disposals("terms", "issue", "steele-avenue/part-2", "-o", str(tmp_path / "t.pdf"))
    assert refused.status == 1
    assert "Draft a version first: `disposals terms add steele-avenue/part-2`" in refused.err
