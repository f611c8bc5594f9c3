"""Files that commands write: named alike, and never called what they are not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Said

Line = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("kent")

WRITES = [
    (("milestone", "sheet"), "s.csv", ".xlsx"),
    (("audit", "bundle", "steele-avenue"), "case.txt", ".zip"),
    (("foi", "bundle", "FOI-1"), "b.pdf", ".zip"),
    (("gantt",), "g.html", ".pdf, .svg or .png"),
    (("plan", "steele-avenue"), "p.txt", ".pdf, .svg or .png"),
    (("paper", "report", "steele-avenue"), "r.odt", ".pdf, .docx or .html"),
    (("programme",), "w.xlsx", ".pdf, .docx, .html or .ics"),
]


@pytest.mark.parametrize(("command", "name", "wanted"), WRITES)
def test_a_file_is_not_called_what_it_is_not(
    disposals: Line, tmp_path: Path, command: tuple[str, ...], name: str, wanted: str
) -> None:
    for each in (str(tmp_path / name), "-"):
        refused = disposals(*command, "-o", each)
        assert refused.status == 1
        assert f"it ends in {wanted}." in refused.err
        assert not (tmp_path / name).exists()


def test_text_goes_to_the_screen_where_it_is_asked_to(disposals: Line) -> None:
    for command in (("export", "calendar"), ("export", "geojson"), ("receipts", "--format", "csv")):
        assert disposals(*command, "-o", "-").status == 0, command
