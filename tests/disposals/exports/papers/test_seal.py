"""Every paper carries the register's seal, by which it can be held against the register."""

import html
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pypdf
import pytest

from disposals.casework.acts import acting
from disposals.disclosure.seen import versions
from disposals.records.completion import Contract
from disposals.register import Register
from tests.conftest import Said, stamp
from tests.papers import PAPER_KINDS

Line = Callable[..., Said]
SITE, ONE = "steele-avenue", "steele-avenue/part-1"
SEAL = re.compile(r"seal (\d+(?:-[0-9A-Z]{4}){4}-[0-9A-Z]{2})")
PAPERS: tuple[tuple[str, ...], ...] = (
    ("paper", "report", SITE),
    ("paper", "record", "21/00100"),
    ("paper", "notice", "21/00100"),
    ("paper", "summary", SITE),
    ("paper", "options", SITE),
    ("paper", "evaluation", ONE),
    ("paper", "evaluation", ONE, "--audience", "member"),
    ("paper", "completion", ONE),
    ("paper", "handover", SITE),
    ("terms", "issue", ONE),
    ("programme",),
    ("programme", "--forthcoming"),
)
pytestmark = pytest.mark.usefixtures("drafted")


def feet(path: Path) -> str:
    """What stands at the foot of a paper, and all else that is on it."""
    if path.suffix == ".pdf":
        return " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    if path.suffix == ".docx":
        sections = docx.Document(str(path)).sections
        return " ".join(said.text for each in sections for said in each.footer.paragraphs)
    return html.unescape(path.read_text(encoding="utf-8"))


@pytest.fixture
def drafted(kent: Register, disposals: Line) -> Register:
    """Heads of terms to issue, and a contract to account for."""
    said = disposals(
        "terms", "add", ONE, "--buyer", "B", "--price", "1275000", "--on", "2021-09-29"
    )
    assert said.status == 0, said.err
    with (
        kent.write() as session,
        acting(session, ONE, "contract recorded", stamp(), seen=versions(kent, ONE)[ONE]) as act,
    ):
        facts = {"exchanged_on": date(2021, 9, 30), "buyer": "B", "price_pence": 1}
        act.record(Contract, facts | {"is_conditional": False})
    return kent


@pytest.mark.parametrize("suffix", PAPER_KINDS)
@pytest.mark.parametrize("line", PAPERS, ids=" ".join)
def test_a_paper_carries_the_seal_of_the_moment_it_was_made(
    disposals: Line, tmp_path: Path, line: tuple[str, ...], suffix: str
) -> None:
    out = tmp_path / f"paper.{suffix}"
    said = disposals(*line, "-o", str(out))
    assert said.status == 0, said.err
    foot = feet(out)
    assert set(SEAL.findall(foot)) == {disposals("audit", "seal", "--json").json["seal"]}
    if line[0] == "paper":
        of = ONE if ONE in line else SITE
        version = disposals("show", of, "--json").json["version"]
        assert f"{of} · version {version}" in " ".join(foot.split())


def test_a_seal_on_an_older_paper_still_holds_and_a_newer_paper_has_another(
    disposals: Line, tmp_path: Path
) -> None:
    out = tmp_path / "record.html"
    seals = []
    for valuer in ("A", "B"):
        disposals("paper", "record", "21/00100", "-o", str(out))
        seals += SEAL.findall(feet(out))
        disposals(
            "valuation", "add", SITE, "--valuer", valuer, "--value", "1", "--on", "2021-09-30"
        )
    assert len(set(seals)) == 2
    said = disposals("audit", "verify", "--seal", seals[0], "--seal", seals[1])
    assert said.status == 0, said.err
