"""A bundle holds what is open as at a day and says what is withheld; the same bytes each time."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest

from disposals.register import Register
from tests.conftest import Said

Line = Callable[..., Said]
ONE = "steele-avenue/part-1"
ADD = ("foi", "add", "FOI-1", ONE, "bensted-house", "--requested-by", "press", "--asks", "All bids")


@pytest.fixture
def bundled(kent: Register, disposals: Line, tmp_path: Path) -> Callable[..., zipfile.ZipFile]:
    """Makes the bundle, as at a day, and opens it."""
    assert kent.authority == "kent"
    disposals(*ADD)

    def made(*more: str) -> zipfile.ZipFile:
        said = disposals("foi", "bundle", "FOI-1", "-o", str(tmp_path / "b.zip"), *more)
        assert said.status == 0, said.err
        return zipfile.ZipFile(tmp_path / "b.zip")

    return made


def rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def test_records_are_there_as_json_and_as_tables(bundled: Callable[..., zipfile.ZipFile]) -> None:
    with bundled() as archive:
        told = json.loads(archive.read("records.json"))
        assert told["as_at"] == "2021-09-30"
        assert [each["reference"] for each in told["disposals"]] == ["bensted-house", ONE]
        options = [row["no"] for row in rows(archive, "records/option.csv")]
        assert {"4.1.1", "4.1.2", "4.1.3"} <= set(options)
        assert "records/bid.csv" not in archive.namelist()


def test_the_schedule_says_what_is_withheld_as_a_table_and_as_a_paper(
    bundled: Callable[..., zipfile.ZipFile], disposals: Line
) -> None:
    disposals(
        "foi", "answer", "FOI-1", "--outcome", "disclosed in part", "--exemptions", "s.43(2)",
        "--public-interest", "Bids are still compared.",
    )  # fmt: skip
    with bundled() as archive:
        (bids,) = [row for row in rows(archive, "withheld.csv") if row["kind"] == "bid"]
        assert bids["schedule_12a_paragraphs"] == "3"
        assert bids["foi_exemption"] == "s.43(2)"
        officers = [row for row in rows(archive, "withheld.csv") if row["values"] == "officer"]
        assert {row["foi_exemption"] for row in officers} == {"s.40(2) (not named in the answer)"}
        paper = pypdf.PdfReader(io.BytesIO(archive.read("withheld.pdf")))
        text = " ".join("".join(page.extract_text() for page in paper.pages).split())
        assert "What is withheld, and why" in text
        assert "The public interest: Bids are still compared." in text
        assert "Bidder" not in text


def test_an_open_document_is_in_it_and_an_exempt_one_is_not(
    kent: Register, bundled: Callable[..., zipfile.ZipFile], disposals: Line, tmp_path: Path
) -> None:
    assert kent.authority == "kent"
    for name, is_open in (("report.pdf", True), ("appendix.pdf", False)):
        (tmp_path / name).write_bytes(f"%PDF {name}".encode())
        disposals(
            "document", "add", ONE, str(tmp_path / name), "--title", name, "--kind", "report",
            *(["--open"] if is_open else []),
        )  # fmt: skip
    with bundled() as archive:
        assert archive.read("documents/1.pdf") == b"%PDF report.pdf"
        assert [name for name in archive.namelist() if name.startswith("documents/")] == [
            "documents/1.pdf"
        ]
        withheld = [row["values"] for row in rows(archive, "withheld.csv")]
        assert any("content" in values for values in withheld)


def test_a_damaged_document_leaves_no_bundle_and_the_older_one_stays(
    kent: Register, bundled: Callable[..., zipfile.ZipFile], disposals: Line, tmp_path: Path
) -> None:
    bundled().close()
    before = (tmp_path / "b.zip").read_bytes()
    (tmp_path / "report.pdf").write_bytes(b"%PDF")
    disposals(
        "document", "add", ONE, str(tmp_path / "report.pdf"), "--title", "R", "--kind", "report",
        "--open",
    )  # fmt: skip
    (kept,) = kent.storage.documents.glob("*/*")
    kept.write_bytes(b"altered")
    said = disposals("foi", "bundle", "FOI-1", "-o", str(tmp_path / "b.zip"))
    assert said.status == 1
    assert "is not what was attached" in said.err
    assert (tmp_path / "b.zip").read_bytes() == before
    assert not list(tmp_path.glob(".b.zip*"))


def test_the_same_bundle_has_the_same_bytes(
    bundled: Callable[..., zipfile.ZipFile], tmp_path: Path
) -> None:
    bundled().close()
    first = (tmp_path / "b.zip").read_bytes()
    bundled().close()
    assert (tmp_path / "b.zip").read_bytes() == first


def test_what_is_released_later_is_in_the_bundle_of_that_day(
    bundled: Callable[..., zipfile.ZipFile], disposals: Line
) -> None:
    entry = disposals("bid", "list", ONE, "--json").json[-1]["entry"]
    disposals(
        "classify", ONE, entry, "--exempt", "--paragraph", "3", "--because", "Bids are compared.",
        "--release-on", "2022-06-01",
    )  # fmt: skip
    with bundled("--as-of", "2022-05-31") as before:
        assert "records/bid.csv" not in before.namelist()
    with bundled("--as-of", "2022-06-01") as after:
        (bid,) = rows(after, "records/bid.csv")
        assert bid["price_pence"] == "127500000"


def test_what_was_recorded_after_the_day_is_not_in_it_though_the_request_may_be(
    kent: Register, disposals: Line, tmp_path: Path
) -> None:
    assert kent.authority == "kent"
    option = ("option", "add", ONE, "--no", "9", "--title", "Later", "--open")
    assert disposals(*option, "--on", "2021-10-20").status == 0
    assert disposals(*ADD, "--on", "2021-10-21").status == 0
    for day, titles in (("2021-10-19", 0), ("2021-10-20", 1)):
        out = tmp_path / f"{day}.zip"
        said = disposals("foi", "bundle", "FOI-1", "-o", str(out), "--as-of", day)
        assert said.status == 0, said.err
        with zipfile.ZipFile(out) as archive:
            found = [row["title"] for row in rows(archive, "records/option.csv")]
        assert found.count("Later") == titles


def test_a_formula_in_a_record_is_text_in_a_table(
    bundled: Callable[..., zipfile.ZipFile], disposals: Line
) -> None:
    disposals("option", "add", "bensted-house", "--no", "1", "--title", "=1+1", "--open")
    with bundled() as archive:
        assert "'=1+1" in [row["title"] for row in rows(archive, "records/option.csv")]


def test_a_file_of_another_kind_is_wrong_usage(kent: Register, disposals: Line) -> None:
    assert kent.authority == "kent"
    disposals(*ADD)
    assert disposals("foi", "bundle", "FOI-1", "-o", "b.pdf").status == 1
