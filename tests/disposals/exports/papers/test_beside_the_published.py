"""Our report and record for Steele Avenue laid beside the published ones, heading by heading.

The published facts stand in `tests/data/steele-avenue-published.toml`, heading by heading, and with
them what is published and not in ours, each with why.
"""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Said
from tests.papers import PAPER_KINDS, under_headings, words_in

Line = Callable[..., Said]
PUBLISHED = tomllib.loads(
    (Path(__file__).parents[3] / "data" / "steele-avenue-published.toml").read_text("utf-8")
)
REPORT: dict[str, list[str]] = PUBLISHED["report"]
RECORD: dict[str, list[str]] = PUBLISHED["record"]
NOT_OURS: dict[str, str] = PUBLISHED["not_ours"]
pytestmark = pytest.mark.usefixtures("kent")


@pytest.fixture
def report(disposals: Line, tmp_path: Path) -> Callable[[str], Path]:
    """Our report for Steele Avenue, as a kind of file."""

    def made(suffix: str) -> Path:
        out = tmp_path / f"report.{suffix}"
        said = disposals("paper", "report", "steele-avenue", "-o", str(out))
        assert said.status == 0, said.err
        return out

    return made


@pytest.fixture
def record(disposals: Line, tmp_path: Path) -> Callable[[str], Path]:
    """Our proposed record of decision 21/00100, as a kind of file."""

    def made(suffix: str) -> Path:
        out = tmp_path / f"record.{suffix}"
        said = disposals("paper", "record", "21/00100", "-o", str(out))
        assert said.status == 0, said.err
        return out

    return made


def lacking(found: dict[str, str], published: dict[str, list[str]]) -> list[str]:
    """The published facts that do not stand under the heading that they are published under."""
    return [
        f"{heading}: {fact}"
        for heading, facts in published.items()
        for fact in facts
        if fact.casefold() not in found[heading].casefold()
    ]


def test_the_report_has_the_published_headings_in_their_order(
    report: Callable[[str], Path],
) -> None:
    assert [name for name in under_headings(report("docx")) if name] == list(REPORT)


def test_the_report_has_every_published_fact_under_its_heading(
    report: Callable[[str], Path],
) -> None:
    assert lacking(under_headings(report("docx")), REPORT) == []


def test_the_record_has_the_published_headings_and_facts(record: Callable[[str], Path]) -> None:
    found = under_headings(record("docx"))
    assert [name for name in found if name] == list(RECORD)
    assert lacking(found, RECORD) == []


@pytest.mark.parametrize("suffix", PAPER_KINDS)
def test_every_kind_of_file_says_the_same(
    report: Callable[[str], Path], record: Callable[[str], Path], suffix: str
) -> None:
    for made, published in ((report(suffix), REPORT), (record(suffix), RECORD)):
        words = words_in(made).casefold()
        facts = [fact for each in published.values() for fact in each]
        assert [fact for fact in facts if fact.casefold() not in words] == []
        assert [heading for heading in published if heading.casefold() not in words] == []
        assert "[missing" not in words
        for name in NOT_OURS:
            assert name.casefold() not in words


def test_the_exempt_figures_stand_in_the_appendix_alone(
    disposals: Line, tmp_path: Path, report: Callable[[str], Path]
) -> None:
    out, exempt = tmp_path / "r.docx", tmp_path / "exempt.docx"
    disposals("paper", "report", "steele-avenue", "-o", str(out), "--exempt-appendix", str(exempt))
    told = words_in(exempt)
    for fact in (
        "EXEMPT – NOT FOR PUBLICATION",
        "By virtue of paragraph(s) 3 of Part 1 of Schedule 12A of the Local Government Act 1972",
        "Bidder B", "£1,275,000", "preferred", "Part 2) on the open market. (recommended)",
        "Illustrative: the published papers do not give these figures.",
        "[Missing: a valuation]",
    ):  # fmt: skip
        assert fact in told
    for fact in ("Bidder", "£1,275,000", "leaves the cost and the risk of building with KCC"):
        assert fact not in words_in(report("docx"))
