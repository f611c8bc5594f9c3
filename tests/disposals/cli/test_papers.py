"""Papers from the command line: sections written and corrected, drafts, and what is final."""

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from disposals.casework.forms import form
from disposals.cli.main import COMMANDS, app
from disposals.register import Register
from tests.conftest import Said
from tests.papers import words_in

Line = Callable[..., Said]
SITE = "steele-avenue"


@pytest.fixture
def written(disposals: Line, mill_lane: str) -> Callable[..., Said]:
    """`disposals paper write mill-lane …`, on 30 September 2021."""
    return lambda *line: disposals("paper", "write", mill_lane, *line, "--on", "2021-09-30")


def issued(disposals: Line, out: Path, *line: str, ref: str = "mill-lane") -> Said:
    return disposals("paper", "report", ref, "-o", str(out), *line, "--as-of", "2021-09-30")


def test_a_section_that_is_written_stands_in_the_paper(
    disposals: Line, written: Callable[..., Said], tmp_path: Path
) -> None:
    said = written("--paper", "report", "--section", "planning", "--text", "White land.", "--open")
    assert said.status == 0, said.err
    out = tmp_path / "report.docx"
    assert issued(disposals, out).status == 0
    assert "3.1 White land." in words_in(out)


def test_a_section_may_come_from_a_text_file_with_paragraphs_and_a_list(
    disposals: Line, written: Callable[..., Said], tmp_path: Path
) -> None:
    text = tmp_path / "context.md"
    text.write_text("Around it:\n- houses,\n- shops\n  and a school.\n\nIt is\nvacant.\n")
    said = written("--paper", "report", "--section", "site-context", "--from", str(text), "--open")
    assert said.status == 0, said.err
    out = tmp_path / "report.docx"
    assert issued(disposals, out).status == 0
    assert "1.1 Around it: houses, shops and a school. 1.2 It is vacant." in words_in(out)


def test_a_section_that_is_not_declared_open_stays_out_of_the_report(
    disposals: Line, written: Callable[..., Said], tmp_path: Path
) -> None:
    assert written("--paper", "report", "--section", "planning", "--text", "Secret.").status == 0
    out = tmp_path / "report.html"
    said = issued(disposals, out)
    assert "Secret" not in words_in(out)
    assert "[Missing: planning, which is written but not declared open]" in words_in(out)
    assert "planning, which is written but not declared open" in said.err


def test_a_section_is_corrected_as_any_entry_and_what_stood_is_kept(
    disposals: Line, written: Callable[..., Said]
) -> None:
    written("--paper", "report", "--section", "planning", "--text", "White land.", "--open")
    (entry,) = disposals("paper", "list", "mill-lane", "--json").json
    said = disposals(
        "paper", "edit", "mill-lane", entry["entry"], "--set", "text=Green belt.",
        "--because", "Read the map again", "--on", "2021-09-30",
    )  # fmt: skip
    assert said.status == 0, said.err
    (now,) = disposals("paper", "list", "mill-lane", "--json").json
    told = disposals("paper", "show", "mill-lane", now["entry"], "--json").json
    assert [each["text"] for each in told] == ["Green belt.", "White land."]


@pytest.mark.parametrize(
    ("line", "status", "says"),
    [
        (
            ("--paper", "report", "--section", "plannning", "--text", "x"),
            1,
            "no section “plannning”",
        ),
        (("--paper", "report", "--section", "planning", "--text", "  "), 1, "is blank"),
        (("--paper", "report", "--section", "planning"), 2, "--text TEXT"),
        (("--paper", "raport", "--section", "planning", "--text", "x"), 2, "raport"),
        (
            ("--paper", "exempt-appendix", "--section", "risk", "--text", "x", "--open"),
            1,
            "nothing in it is open",
        ),
        (
            ("--paper", "report", "--section", "planning", "--from", "nowhere.md"),
            1,
            "can't be read",
        ),
    ],
)
def test_what_can_not_be_written_is_refused(
    written: Callable[..., Said], line: tuple[str, ...], status: int, says: str
) -> None:
    said = written(*line)
    assert said.status == status
    assert says in said.err


def test_an_edit_is_held_to_the_same_rules(disposals: Line, written: Callable[..., Said]) -> None:
    written("--paper", "report", "--section", "planning", "--text", "White land.")
    (entry,) = disposals("paper", "list", "mill-lane", "--json").json
    said = disposals(
        "paper", "edit", "mill-lane", entry["entry"], "--set", "section=risk", "--because", "x",
        "--on", "2021-09-30",
    )  # fmt: skip
    assert said.status == 1
    assert "The report has no section “risk”" in said.err


def test_a_bare_case_makes_a_draft_that_says_all_that_is_missing(
    disposals: Line, mill_lane: str, tmp_path: Path
) -> None:
    out, exempt = tmp_path / "report.pdf", tmp_path / "exempt.pdf"
    said = disposals(
        "paper", "report", mill_lane, "-o", str(out), "--exempt-appendix", str(exempt), "--json"
    )
    assert said.status == 0, said.err
    gaps = said.json["missing"]
    assert len(gaps) > 15
    drafted = words_in(out) + words_in(exempt)
    for gap in gaps:
        assert f"[Missing: {gap['what']}]" in drafted
    assert set(said.json["files"]) == {str(out), str(exempt)}


def refuse_what_is_no_command(gaps: list[dict[str, str]]) -> None:
    root: Any = get_command(app)
    context = root.make_context("disposals", [], resilient_parsing=True)
    assert gaps
    for gap in gaps:
        _, group, *rest = shlex.split(gap["command"])
        assert group in COMMANDS, gap
        command = root.get_command(context, group)
        command = command.commands[rest[0]] if hasattr(command, "commands") else command
        if "--set" in rest:
            kind = rest[2].rpartition("-")[0] or group
            name = rest[rest.index("--set") + 1].partition("=")[0]
            assert form(kind.replace("-", "_")).entry(name).field
        known = {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
        given = (each for word in rest if word.startswith("--") for each in word.split("/"))
        assert set(given) <= known, gap


def test_every_command_that_a_draft_names_is_there(
    disposals: Line, mill_lane: str, tmp_path: Path
) -> None:
    out, exempt = str(tmp_path / "report.html"), str(tmp_path / "exempt.html")
    line = ("report", mill_lane, "-o", out, "--exempt-appendix", exempt, "--json")
    refuse_what_is_no_command(disposals("paper", *line).json["missing"])
    decided = ("--number", "21/00001", "--title", "Sale", "--taker", "Leader", "--key")
    disposals("decision", "add", mill_lane, *decided, "--on", "2021-09-30")
    for kind in ("options", "evaluation", "summary"):
        other = ("paper", kind, mill_lane, "-o", out, "--json")
        refuse_what_is_no_command(disposals(*other).json["missing"])
    record = ("record", "21/00001", "-o", out, "--json")
    refuse_what_is_no_command(disposals("paper", *record).json["missing"])
    disposals("decision", "add", mill_lane, *decided, "--open", "--on", "2021-09-30")
    refuse_what_is_no_command(disposals("paper", *record).json["missing"])
    option = ("--no", "2", "--title", "Keep the land", "--do-nothing", "--open")
    disposals("option", "add", mill_lane, *option, "--on", "2021-09-30")
    missing = disposals("paper", *record).json["missing"]
    assert "why option 2 was rejected" in [gap["what"] for gap in missing]
    refuse_what_is_no_command(missing)


def remedies(said: Said) -> dict[str, str | None]:
    return {gap["what"]: gap["command"] for gap in said.json["missing"]}


EXEMPT = {
    "how the land was marketed": ("campaign", "add", "--method", "formal tender", "--agent", "X"),
    "the option that is recommended": (
        "option", "add", "--no", "1", "--title", "Sell it", "--recommended",
    ),
    "who takes the decision": (
        "decision", "add", "--number", "21/00001", "--title", "Sale", "--taker", "Leader", "--key",
    ),
    "the outcome of the equality screening": (
        "decision", "screen", "--kind", "equality", "--outcome", "No effect",
    ),
    "who was consulted, and what they said": (
        "consultation", "add", "--consultee", "The local member", "--capacity", "local member",
        "--said", "No objection",
    ),
    "the key milestones": ("milestone", "add", "--name", "Sale", "--when", "July 2022"),
    "planning, which is written but not declared open": (
        "paper", "write", "--paper", "report", "--section", "planning", "--text", "White land.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", EXEMPT)
def test_what_is_recorded_and_exempt_is_opened_and_not_recorded_again(
    disposals: Line, mill_lane: str, tmp_path: Path, what: str
) -> None:
    (group, act, *told), out = EXEMPT[what], tmp_path / "report.html"
    said = disposals(group, act, mill_lane, *told, "--on", "2021-09-30")
    assert said.status == 0, said.err
    drafted = issued(disposals, out, "--json")
    before = words_in(out)
    for _ in range(2):  # a milestone is open when its date is open too
        if command := remedies(drafted).get(what):
            assert command.startswith(f"disposals classify {mill_lane} ")
            opened = disposals(*shlex.split(command)[1:], "--on", "2021-09-30")
            assert opened.status == 0, opened.err
            drafted = issued(disposals, out, "--json")
    assert what not in remedies(drafted)
    assert "classify" not in before
    assert f"[Missing: {what}]" in before


def test_a_draft_says_the_same_where_something_is_exempt_and_where_nothing_is(
    disposals: Line, mill_lane: str, tmp_path: Path
) -> None:
    nothing, exempt = tmp_path / "nothing.html", tmp_path / "exempt.html"
    issued(disposals, nothing)
    for group, act, *told in EXEMPT.values():
        if group != "paper":
            disposals(group, act, mill_lane, *told, "--on", "2021-09-30")
    issued(disposals, exempt)
    said, before = (words_in(out).partition(" · version ")[0] for out in (exempt, nothing))
    assert said == before


def test_an_option_without_its_reasons_is_corrected_and_stays_open(
    disposals: Line, mill_lane: str, tmp_path: Path
) -> None:
    option = ("--no", "1", "--title", "Keep the land", "--do-nothing", "--open")
    disposals("option", "add", mill_lane, *option, "--on", "2021-09-30")
    drafted = disposals("paper", "options", mill_lane, "-o", str(tmp_path / "o.html"), "--json")
    command = remedies(drafted)["why option 1 was rejected"]
    assert command == (
        f"disposals option edit {mill_lane} option-1 --set reasons-against=REASON --because REASON"
    )
    edited = disposals(*shlex.split(command)[1:], "--on", "2021-09-30")
    assert edited.status == 0, edited.err
    (now,) = disposals("option", "list", mill_lane, "--json").json
    assert (now["disclosure"], now["reasons_against"]) == ("open", "REASON")


def test_a_day_that_is_kept_back_by_itself_is_opened_by_itself(
    disposals: Line, mill_lane: str, tmp_path: Path
) -> None:
    decided = ("--number", "21/00001", "--title", "Sale", "--taker", "Leader", "--key", "--open")
    meeting = ("--considered-on", "2021-11-09")
    disposals("decision", "add", mill_lane, *decided, *meeting, "--on", "2021-09-30")
    said = disposals(
        "classify", mill_lane, "decision-1", "--exempt", "--field", "considered_on",
        "--paragraph", "3", "--because", "It would tell when the buyer is bound.",
        "--on", "2021-09-30",
    )  # fmt: skip
    assert said.status == 0, said.err
    command = remedies(issued(disposals, tmp_path / "r.html", "--json"))["the day of the meeting"]
    assert command == (
        f"disposals classify {mill_lane} decision-1 --field considered_on --open --because REASON"
    )


@pytest.mark.parametrize("paper", ["record", "notice"])
def test_a_decision_whose_number_alone_is_kept_back_is_opened_by_its_number(
    disposals: Line, mill_lane: str, tmp_path: Path, paper: str
) -> None:
    decided = ("--number", "21/00001", "--title", "Sale", "--taker", "Leader", "--key", "--open")
    disposals("decision", "add", mill_lane, *decided, "--on", "2021-09-30")
    said = disposals(
        "classify", mill_lane, "decision-1", "--exempt", "--field", "number",
        "--paragraph", "3", "--because", "It is known by another name.", "--on", "2021-09-30",
    )  # fmt: skip
    assert said.status == 0, said.err
    line = ("paper", paper, "21/00001", "-o", str(tmp_path / "p.html"), "--as-of", "2021-09-30")
    told = remedies(disposals(*line, "--json"))
    assert told["the decision, which is recorded but not declared open"] == (
        f"disposals classify {mill_lane} decision-1 --field number --open --because REASON"
    )


@pytest.mark.usefixtures("kent")
def test_a_decision_that_is_taken_and_exempt_is_opened_by_the_remedy_of_its_record(
    disposals: Line, tmp_path: Path
) -> None:
    decided = ("--number", "24/00055", "--title", "Sale", "--taker", "Leader", "--not-key")
    disposals("decision", "add", "gibson-drive", *decided, "--on", "2021-09-30")
    disposals("decision", "take", "24/00055", "--interests", "None declared", "--on", "2021-10-09")
    out = tmp_path / "record.html"
    record = ("paper", "record", "24/00055", "-o", str(out), "--as-of", "2021-10-10", "--json")
    (command,) = remedies(disposals(*record)).values()
    listed = disposals("decision", "list", "--json").json
    (entry,) = next(each["entries"] for each in listed if each["number"] == "24/00055")
    assert command == f"disposals classify gibson-drive {entry} --open --because REASON"
    assert disposals(*shlex.split(command)[1:], "--on", "2021-10-10").status == 0
    assert f"gibson-drive ({entry})" in disposals("decision", "show", "24/00055").out
    told = remedies(disposals(*record))
    assert str(told["the alternatives that were rejected"]).startswith("disposals paper write")


@pytest.fixture
def settled(disposals: Line, kent: Register) -> Callable[..., str]:
    """An open key decision that says nothing but its title, and was taken or withdrawn."""

    def made(*how: str, **said: str) -> str:
        assert kent.example == "kent"
        told = [word for name, value in said.items() for word in (f"--{name}", value)]
        decided = (
            "--number",
            "24/00055",
            "--title",
            "Sale",
            "--taker",
            "Leader",
            "--key",
            "--open",
        )
        disposals("decision", "add", "gibson-drive", *decided, *told, "--on", "2021-09-01")
        disposals("decision", "notify", "24/00055", "--on", "2021-09-01")
        act, *rest = how
        done = disposals("decision", act, "24/00055", *rest, "--on", "2021-10-09")
        assert done.status == 0, done.err
        return "24/00055"

    return made


TAKEN = ("take", "--interests", "None declared")


@pytest.mark.parametrize("how", [TAKEN, ("withdraw", "--because", "Rethought")], ids=str)
def test_of_a_decision_that_is_settled_no_command_is_offered_that_is_refused(
    disposals: Line, settled: Callable[..., str], tmp_path: Path, how: tuple[str, ...]
) -> None:
    out = str(tmp_path / "r.html")
    line = ("paper", "record", settled(*how), "-o", out, "--as-of", "2021-10-10")
    told = remedies(disposals(*line, "--json"))
    assert told["the reasons for the decision"] is None
    assert told["what makes the decision key"] is None
    for command in set(filter(None, told.values())):
        said = disposals(*shlex.split(command)[1:], "--on", "2021-10-10")
        assert said.status == 0, said.err
    left = remedies(disposals(*line, "--json"))
    assert left == {"the reasons for the decision": None, "what makes the decision key": None}
    assert "another decision can change it" in disposals(*line).err
    assert "another decision can change it" in disposals(*line, "--final").err


def test_what_a_decision_says_of_its_committee_stands_beside_what_is_written_later(
    disposals: Line, settled: Callable[..., str], tmp_path: Path
) -> None:
    about = {"committee": "Property Committee", "committee-outcome": "Endorsed"}
    number, out = settled(*TAKEN, **about), tmp_path / "r.html"
    write = ("paper", "write", "gibson-drive", "--paper", "record", "--section", "consultation")
    said = disposals(*write, "--text", "It met on 5 October.", "--open", "--on", "2021-10-10")
    assert said.status == 0, said.err
    disposals("paper", "record", number, "-o", str(out), "--as-of", "2021-10-10", "--signed")
    assert "Property Committee: Endorsed It met on 5 October." in words_in(out)


@pytest.mark.usefixtures("kent")
def test_a_final_paper_is_refused_while_anything_is_missing_and_nothing_is_written(
    disposals: Line, tmp_path: Path
) -> None:
    out, exempt = tmp_path / "report.docx", tmp_path / "exempt.docx"
    both = ("-o", str(out), "--exempt-appendix", str(exempt), "--final")
    said = disposals("paper", "report", SITE, *both)
    assert said.status == 1
    assert "1 thing is missing" in said.err
    assert "a valuation: disposals valuation add steele-avenue" in said.err
    assert list(tmp_path.glob("*.docx")) == []
    disposals(
        "valuation", "add", SITE, "--valuer", "A valuer", "--value", "1250000", "--on", "2021-09-30"
    )
    said = disposals("paper", "report", SITE, *both)
    assert said.status == 0, said.err
    assert "[Missing" not in words_in(out) + words_in(exempt)
    assert "£1,250,000" in words_in(exempt)
    assert "£1,250,000" not in words_in(out)


@pytest.mark.usefixtures("kent")
def test_the_contradictions_of_the_published_papers_are_pointed_out(
    disposals: Line, tmp_path: Path
) -> None:
    out = tmp_path / "record.html"
    said = disposals("paper", "record", "21/00100", "-o", str(out), "--json").json
    told = "\n".join(said["contradictions"])
    for words in (
        "rejected alternatives do not name options 4.1.1 and 4.1.2",
        "interests declared is blank",
        "Road, Dartford”; the record is to “agree to authorise the disposal of the sites”",
        "bids are recorded for Part 1 alone",
        "savings or expenditure, and a sale brings a receipt",
        "one area, approximately 1.29 acres, but the land of 1973 was 1.56 acres",
        "Planning consent is expected 8 weeks after the application",
    ):  # fmt: skip
        assert words in told
    assert len(said["contradictions"]) == 7
    assert "contradict" not in words_in(out)


@pytest.mark.usefixtures("kent")
def test_a_signed_record_waits_for_the_decision_and_then_says_when_it_was_taken(
    disposals: Line, tmp_path: Path
) -> None:
    out = tmp_path / "record.pdf"
    line = ("paper", "record", "21/00100", "-o", str(out), "--signed")
    said = disposals(*line)
    assert said.status == 1
    assert "has not been taken" in said.err
    disposals("decision", "notify", "21/00100", "--on", "2021-10-08")
    taken = ("decision", "take", "21/00100", "--interests", "None declared", "--on", "2021-11-15")
    assert disposals(*taken).status == 0
    assert disposals("decision", "publish", "21/00100", "--on", "2021-11-16").status == 0
    said = disposals(*line, "--as-of", "2021-11-20")
    assert said.status == 0, said.err
    told = words_in(out)
    assert "KENT COUNTY COUNCIL – RECORD OF DECISION" in told
    assert "Decision taken by:" in told
    assert "None declared" in told
    assert "15 November 2021" in told
    assert "Published on 16 November 2021." in told
    assert "[Missing: what the committee recommended]" in told


@pytest.mark.usefixtures("kent")
@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("report", SITE, "-o", "r.txt"), "it ends in .pdf, .docx or .html"),
        (("report", SITE, "-o", "r.pdf", "--exempt-appendix", "r.pdf"), "another name"),
        (("report", SITE, "-o", "r.pdf", "--exempt-appendix", "r.odt"), "“r.odt”"),
        (("report", SITE, "-o", "no/such/r.pdf"), "no/such/r.pdf"),
        (("report", "stele-avenue", "-o", "r.pdf"), "Did you mean steele-avenue"),
        (("record", "99/99999", "-o", "r.pdf"), "those recorded are"),
    ],
)
def test_what_can_not_be_made_is_refused_and_leaves_no_file(
    disposals: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...],
    says: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    said = disposals("paper", *line)
    assert said.status == 1
    assert says in said.err
    assert set(tmp_path.iterdir()) == before


def test_the_sections_of_a_paper_are_listed(disposals: Line) -> None:
    told = disposals("paper", "sections", "--paper", "report", "--json").json
    assert {"paper": "report", "section": "planning", "required": True} in [
        {name: each[name] for name in ("paper", "section", "required")} for each in told
    ]
    assert "occupational-history" in disposals("paper", "sections").out
