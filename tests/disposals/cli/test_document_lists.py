"""`disposals document add --from`: many papers at once, all or none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Said

Line = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("kent")


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder of two papers and the list of them."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "report.txt").write_text("Item 10.", encoding="utf-8")
    (folder / "valuation.txt").write_text("Red Book, illustrative.", encoding="utf-8")
    (folder / "list.csv").write_text(
        "disposal,file,title,kind,open,paragraphs\n"
        "steele-avenue,report.txt,Report of item 10,report,yes,\n"
        "steele-avenue/part-1,valuation.txt,Valuation of Part 1,valuation,no,3\n",
        encoding="utf-8",
    )
    return folder


def titles(disposals: Line, ref: str) -> list[str]:
    return [row["title"] for row in disposals("document", "list", ref, "--json").json]


def test_every_paper_of_a_list_is_attached_to_its_own_case(disposals: Line, papers: Path) -> None:
    said = disposals("document", "add", "--from", str(papers / "list.csv"))
    assert said.status == 0, said.err
    assert "2 rows of list.csv recorded on 2 disposals." in said.out
    assert titles(disposals, "steele-avenue") == ["Report of item 10"]
    (valuation,) = disposals("document", "list", "steele-avenue/part-1", "--json").json
    assert (valuation["file_name"], valuation["disclosure"]) == ("valuation.txt", "exempt")
    assert disposals("document", "verify", "--json").json["sound"] == 2
    out = papers / "back.txt"
    disposals("document", "get", "steele-avenue/part-1", str(valuation["id"]), "-o", str(out))
    assert out.read_text(encoding="utf-8") == "Red Book, illustrative."


def test_a_list_with_a_paper_that_is_not_there_attaches_none(disposals: Line, papers: Path) -> None:
    (papers / "valuation.txt").unlink()
    said = disposals("document", "add", "--from", str(papers / "list.csv"))
    assert said.status == 1
    assert "row 3:" in said.err
    assert "there is no such file" in said.err
    assert titles(disposals, "steele-avenue") == []


def test_a_paper_that_is_attached_already_is_named_with_its_row(
    disposals: Line, papers: Path
) -> None:
    disposals("document", "add", "--from", str(papers / "list.csv"))
    said = disposals("document", "add", "--from", str(papers / "list.csv"))
    assert said.status == 1
    assert "row 2: report.txt is attached to steele-avenue already, as document 1" in said.err
    assert titles(disposals, "steele-avenue") == ["Report of item 10"]


def test_neither_a_list_nor_a_file_is_wrong_usage(disposals: Line) -> None:
    said = disposals("document", "add", "steele-avenue")
    assert said.status == 2
    assert "give a list with --from" in said.err
