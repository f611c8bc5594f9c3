"""The programme on the terminal, at any width and without colour, and as a file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from disposals.register import Register
from tests.conftest import Said
from tests.programmes import a_portfolio

Line = Callable[..., Said]
WHOLE, ONE, TWO = "steele-avenue", "steele-avenue/part-1", "steele-avenue/part-2"


def chart(said: Said, label: str) -> str:
    (line,) = (line for line in said.out.splitlines() if label in line)
    return line


@pytest.mark.usefixtures("kent")
@pytest.mark.parametrize("columns", [30, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(
    disposals: Line, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for asked in ((WHOLE,), ("wayfarers",), ()):
        said = disposals("gantt", *asked)
        assert said.status == 0, said.err
        drawn = [line for line in said.out.splitlines() if not line.startswith(("No ", "* "))]
        assert max(map(len, drawn)) <= columns
        assert "\x1b" not in said.out


@pytest.mark.usefixtures("kent")
def test_at_eighty_columns_dates_states_and_parts_are_there(
    disposals: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    disposals("milestone", "meet", WHOLE, "1")
    disposals("milestone", "forecast", ONE, "5", "--when", "Oct 2022", "--because", "x",
              "--follow")  # fmt: skip
    said = disposals("gantt", WHOLE, "--as-of", "2022-03-10")
    lines = said.out.splitlines()
    assert lines[0] == "As at 10 March 2022 · 10 milestones"
    assert "2021/22" in lines[1]
    order = [lines.index(each) for each in ("Part 1", "Part 2")]
    assert order == sorted(order)
    assert chart(said, " 1 Decision").count("█") == 1
    assert "!" in chart(said, " 2 Developer")
    assert "▒" in chart(said, " 4 Planning App")
    fifth = chart(said, "> 5 Planning")
    assert fifth.index("─") < fifth.index("▒")
    assert fifth.endswith("Oct 2022 +3")
    assert "?" in chart(said, " 6 If outline")
    today = {line.index("┊") for line in lines if "┊" in line and "today" not in line}
    assert len(today) == 1
    key = " ".join(lines[lines.index(chart(said, " 6 If outline")) + 1 :])
    for sign in ("█ met", "▒ ahead", "! overdue", "─ first set", "> critical", "┊ today"):
        assert sign in key


@pytest.mark.usefixtures("kent")
def test_a_terminal_without_blocks_gets_plain_characters(
    disposals: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("disposals.cli.gantt_view._can_print", lambda _: False)
    said = disposals("gantt", ONE)
    drawn = "\n".join(said.out.splitlines()[2:])
    assert drawn.isascii()
    assert "=" in chart(said, " 2 Developer")


def test_a_portfolio_has_a_line_a_case_which_can_be_copied(
    kent: Register, disposals: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_portfolio(kent, 10)
    monkeypatch.setenv("COLUMNS", "80")
    said = disposals("gantt")
    assert said.status == 0, said.err
    assert chart(said, "land-005").endswith("Feb 2022 +4")
    assert chart(said, "land-009").endswith("void")
    assert "×" in chart(said, "land-009")
    assert chart(said, ONE).startswith(ONE)
    narrowed = disposals("gantt", "--stage", "bid shortlist", "--officer", "Disposals Surveyor")
    assert "officer: Disposals Surveyor · stage: bid shortlist" in narrowed.out
    assert "land-003" in narrowed.out
    assert "land-004" not in narrowed.out


@pytest.mark.usefixtures("kent")
@pytest.mark.parametrize("audience", ["officer", "public"])
def test_a_case_completes_where_that_is_forecast_and_not_with_any_last_milestone(
    disposals: Line, monkeypatch: pytest.MonkeyPatch, audience: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = disposals("gantt", "--audience", audience)
    assert chart(said, "Completes").endswith("Completes")
    assert chart(said, ONE).endswith("Jul 2022")
    assert chart(said, "gibson-drive").endswith(" –")  # a committee meets
    assert chart(said, TWO).endswith(" –")  # a consent lets marketing begin


@pytest.mark.usefixtures("kent")
def test_some_months_are_drawn_larger_and_the_dates_beyond_them_still_told(
    disposals: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = disposals("gantt", WHOLE, "--from", "2022-04-01", "--to", "2023-03-31")
    assert "from April 2022 · to March 2023" in said.out
    assert "▒" in chart(said, " 4 Planning App")
    for beyond in (" 2 Developer", "10 Practical"):
        assert "▒" not in chart(said, beyond)
    assert chart(said, "10 Practical").endswith("Sep 2023")
    assert "┊" not in said.out


@pytest.mark.usefixtures("kent")
def test_the_table_behind_the_picture_is_json(disposals: Line) -> None:
    told = disposals("gantt", WHOLE, "--json").json
    assert [row["reference"] for row in told["rows"]] == [WHOLE, ONE, TWO]
    assert told["rows"][2]["bars"][0]["state"] == "conditional"
    public = disposals("gantt", WHOLE, "--audience", "public", "--json").json
    assert public["rows"][1]["bars"][0]["why"] is None


@pytest.mark.usefixtures("kent")
@pytest.mark.parametrize("kind", ["pdf", "svg", "png"])
def test_a_file_is_written_whole(disposals: Line, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"out.{kind}"
    said = disposals("gantt", "-o", str(out), "--audience", "public")
    assert said.status == 0, said.err
    assert f"13 milestones of 6 disposals drawn in {out}, for the public." in said.err
    assert out.read_bytes()[:5] in {b"%PDF-", b"<svg ", b"\x89PNG\r"}
    assert disposals("gantt", "-o", str(out), "--json").json["rows"]


@pytest.mark.usefixtures("kent")
@pytest.mark.parametrize(
    ("line", "said", "status"),
    [
        (("bensted-house",), "No milestone of bensted-house is recorded that may be shown", 1),
        (("steele-avenu",), "steele-avenue", 1),
        (("--officer", "X"), "hands of “X”", 1),
        (("--stage", "selling"), "There is no stage “selling”", 1),
        (("-o", "plan.docx"), "it ends in .pdf, .svg or .png", 1),
        (("-o", "/nowhere/plan.pdf"), "/nowhere", 1),
        (("--as-of", "soon"), "is not a date", 2),
        (("--from", "2050-01-01"), "runs from 1 November 2021 to 30 September 2023", 1),
        (("--to", "1999-01-01"), "Nothing lies there to draw", 1),
        (("--from", "2022-02-01", "--to", "2022-01-01"), "lies before 1 February 2022", 1),
    ],
)
def test_wrong_input_is_refused_in_words(
    disposals: Line, line: tuple[str, ...], said: str, status: int
) -> None:
    refused = disposals("gantt", *line)
    assert refused.status == status
    assert said in refused.err.replace("│", " ").replace("\n", " ")
    assert "Traceback" not in refused.err
