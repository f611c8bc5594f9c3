"""A document that is refused leaves no copy behind; one that a row names is there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from disposals.casework.documents import attach, keeping
from disposals.disclosure.documents import verified
from disposals.disclosure.seen import versions
from disposals.errors import BadFact, CannotWriteRegister, ChangedMeanwhile, RegisterMoved
from disposals.filing import DamagedDocument, content_of, hashed, place_of
from disposals.moving import move
from disposals.register import Register
from tests.conftest import Said, stamp

PART = "steele-avenue/part-1"
FACTS = {"title": "Advice", "kind": "advice"}


@pytest.fixture
def advice(tmp_path: Path) -> Path:
    """An exempt paper."""
    paper = tmp_path / "advice.txt"
    paper.write_text("Legal advice on the covenant")
    return paper


def kept(register: Register) -> list[str]:
    """What lies in the folder of documents, under whatever name."""
    return [path.name for path in register.storage.documents.rglob("*") if path.is_file()]


def attached(register: Register, paper: Path, *, seen: int | None = None, **more: Any) -> str:
    at = versions(register, PART)[PART] if seen is None else seen
    return attach(register, PART, paper, {**FACTS, **more}, stamp(), seen=at)


def test_a_document_that_is_refused_leaves_no_copy(kent: Register, advice: Path) -> None:
    with pytest.raises(BadFact):
        attached(kent, advice, paragraphs="99")
    with pytest.raises(ChangedMeanwhile):
        attached(kent, advice, seen=versions(kent, PART)[PART] - 1)
    assert kept(kent) == []


def test_one_that_is_attached_already_is_not_kept_anew(kent: Register, advice: Path) -> None:
    sha256 = attached(kent, advice)
    (lost,) = [path for path in kent.storage.documents.rglob("*") if path.is_file()]
    lost.unlink()
    with pytest.raises(BadFact, match="attached to steele-avenue/part-1 already"):
        attached(kent, advice)
    with pytest.raises(DamagedDocument):
        content_of(kent.storage.documents, sha256)


@pytest.mark.parametrize("lies", ["another file", "a folder", "a link to nothing"])
def test_none_is_recorded_where_something_else_lies_under_its_hash(
    kent: Register, advice: Path, tmp_path: Path, lies: str
) -> None:
    sha256, _ = hashed(advice)
    place = place_of(kent.storage.take_documents(), sha256)
    place.parent.mkdir()
    if lies == "another file":
        place.write_text("Something else")
    elif lies == "a folder":
        place.mkdir()
    else:
        place.symlink_to(tmp_path / "elsewhere")
    before = versions(kent, PART)
    with pytest.raises(DamagedDocument):
        attached(kent, advice)
    assert versions(kent, PART) == before
    assert place.exists() or place.is_symlink()
    assert not (tmp_path / "elsewhere").exists()


def test_a_refusal_that_comes_at_the_very_end_leaves_no_copy(
    kent: Register, advice: Path, tmp_path: Path
) -> None:
    move(kent.place, tmp_path / "county.sqlite")
    with pytest.raises(RegisterMoved):
        attached(kent, advice)
    assert kept(kent) == []


def test_a_document_that_was_there_before_stays(kent: Register, advice: Path) -> None:
    sha256 = attached(kent, advice)
    with pytest.raises(BadFact):
        attached(kent, advice)
    assert kept(kent) == [sha256]


def test_what_someone_else_attached_meanwhile_stays(kent: Register, advice: Path) -> None:
    sha256, _ = hashed(advice)

    def act() -> None:
        with keeping(kent, {sha256: advice}) as keep:
            keep()
            attached(kent, advice)
            raise BadFact("Refused.")

    with pytest.raises(BadFact, match="Refused"):
        act()
    assert verified(kent).sound == 1


def test_a_list_of_which_one_row_is_refused_leaves_no_copy(
    kent: Register, disposals: Callable[..., Said], advice: Path
) -> None:
    papers = advice.with_name("list.csv")
    papers.write_text(
        f"disposal,file,title,kind,paragraphs\n{PART},advice.txt,Advice,advice,3\n"
        "no-such-case,advice.txt,Advice,advice,3\n"
    )
    said = disposals("document", "add", "--from", str(papers))
    assert said.status == 1
    assert "row 3" in said.err
    assert kept(kent) == []


def test_a_folder_in_which_nothing_can_be_kept_is_told_with_what_to_do(
    kent: Register, advice: Path
) -> None:
    sha256, _ = hashed(advice)
    kent.storage.take_documents().joinpath(sha256[:2]).write_text("A file in the way")
    with pytest.raises(CannotWriteRegister, match="see that you may write there"):
        attached(kent, advice)
