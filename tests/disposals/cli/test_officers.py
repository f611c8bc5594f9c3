"""An officer is one and the same, however an é is typed and however a register keeps it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from openpyxl import load_workbook

from disposals.storage.address import Place
from tests.conftest import Said
from tests.places import past_the_guards

Line = Callable[..., Said]
SURVEYOR = "Disposals Surveyor"
COMPOSED, DECOMPOSED = (normalize(form, "Zoë Québec") for form in ("NFC", "NFD"))
ASKING = [
    ("list", "--json"),
    ("agenda", "--days", "4000", "--json"),
    ("milestones", "--json"),
    ("milestones", "--overdue", "--json"),
    ("gantt", "--json"),
    ("pace", "--json"),
    ("milestone", "sheet", "-o", "out.xlsx"),
    ("export", "calendar", "--audience", "officer", "-o", "out.ics"),
]


def told(disposals: Line, line: tuple[str, ...], officer: str) -> Any:
    """What an officer is told of their own cases, in one spelling."""
    said = disposals(*line, "--officer", officer)
    assert said.status == 0, said.err
    out = said.out
    if line[-1] == "out.ics":
        out = Path("out.ics").read_text(encoding="utf-8").replace("\r\n ", "")
    if line[-1] == "out.xlsx":
        sheet = load_workbook("out.xlsx").worksheets[0]
        out = str(list(sheet.iter_rows(values_only=True)))
    return normalize("NFC", out).replace(COMPOSED, SURVEYOR)


@pytest.fixture
def in_two_spellings(kent_place: Place) -> Callable[[], None]:
    """What an older release left: the cases of one officer under a name in two spellings."""

    def leave() -> None:
        with past_the_guards(kent_place) as register:
            update = "UPDATE disposal SET officer = ?"
            register.execute(update, (DECOMPOSED,))
            register.execute(f"{update} WHERE ref LIKE 'steele-avenue%'", (COMPOSED,))

    return leave


@pytest.mark.parametrize("line", ASKING, ids=" ".join)
def test_an_officers_cases_are_found_in_every_spelling(
    disposals: Line,
    in_two_spellings: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    line: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    asks = ("--requested-by", "press", "--asks", "All bids")
    assert disposals("foi", "add", "FOI-1", "steele-avenue", *asks).status == 0
    before = told(disposals, line, SURVEYOR)
    in_two_spellings()
    for officer in (COMPOSED, DECOMPOSED):
        assert told(disposals, line, officer) == before


def test_an_officer_in_two_spellings_is_named_once(
    disposals: Line, in_two_spellings: Callable[[], None]
) -> None:
    in_two_spellings()
    assert disposals("agenda", "--officer", "Nobody").err.count("There are: Zoë Québec.") == 1
