"""The everyday commands on the Kent example, as officers type them and scripts read them."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from disposals.cli import output
from disposals.cli.happened import happened
from disposals.cli.main import COMMANDS, app
from disposals.storage.address import Place
from tests.conftest import Said
from tests.places import as_it_is

Line = Callable[..., Said]
ONE, TWO = "steele-avenue/part-1", "steele-avenue/part-2"


pytestmark = pytest.mark.usefixtures("kent_place")


def test_advance_moves_part_1_and_shows_why_part_2_waits(disposals: Line) -> None:
    said = disposals("advance", "steele-avenue")
    assert said.status == 0
    assert "steele-avenue/part-1 moved from bid shortlist to heads of terms." in said.out
    assert "steele-avenue/part-2 can't move from options appraisal to marketing" in said.out
    assert "Outline planning consent" in said.out
    assert "as at 30 September 2021" in said.err


def test_advance_again_refuses_with_every_unmet_gate_its_source_and_its_command(
    disposals: Line,
) -> None:
    disposals("advance", "steele-avenue")
    said = disposals("advance", "steele-avenue")
    assert said.status == 1
    assert "Heads of terms are not agreed" in said.out
    assert f"disposals terms add {ONE} --buyer NAME --price POUNDS" in said.out
    assert "21/00100 has not been taken." in said.out
    assert "SI 2012/2089 reg 13" in said.out
    assert "disposals decision take 21/00100 --interests 'None declared' --on DATE" in said.out


@pytest.mark.parametrize("stage", ["bid shortlist", "Bid-Shortlist", "bid_shortlist"])
def test_a_stage_is_taken_as_it_is_read_and_as_it_is_written(
    disposals: Line, stage: str, tmp_path: Path
) -> None:
    listed = disposals("list", "--stage", stage, "--json").json
    assert [each["reference"] for each in listed] == ["bensted-house", ONE]
    found = disposals("milestones", "--stage", stage, "--json").json
    assert {each["reference"] for each in found} == {ONE}
    assert disposals("gantt", "--stage", stage, "--json").json["rows"][0]["reference"] == ONE
    exported = disposals(
        "export", "geojson", "--stage", stage, "--audience", "officer", "--json",
        "-o", str(tmp_path / "land.geojson"),
    )  # fmt: skip
    assert exported.json["features"] == 5
    shown = disposals("workflow", "show", "open-market-sale", "--mermaid", "--at", stage)
    assert "class bid_shortlist here" in shown.out
    assert disposals("advance", ONE, "--dry-run", "--to", "Heads of terms").status == 0
    assert disposals("advance", ONE, "--to", "heads-of-terms").status == 0
    back = disposals("back", ONE, "--to", stage, "--because", "Another look at the bids")
    assert "return to bid shortlist recorded" in back.out


def test_a_case_taken_on_may_be_opened_at_a_stage_as_it_is_read(disposals: Line) -> None:
    disposals("site", "add", "mill-lane", "--name", "Mill Lane")
    opened = disposals(
        "open", "mill-lane", "--name", "Mill Lane", "--site", "mill-lane",
        "--stage", "Options appraisal", "--because", "Taken over",
    )  # fmt: skip
    assert opened.status == 0
    assert disposals("show", "mill-lane", "--json").json["stage"] == "options_appraisal"


def test_advance_as_json_is_one_object_of_moved_and_blocked(disposals: Line) -> None:
    said = disposals("advance", "steele-avenue", "--json")
    assert set(said.json) == {"moved", "blocked"}
    [moved] = said.json["moved"]
    assert (moved["reference"], moved["from"], moved["to"]) == (
        ONE, "bid_shortlist", "heads_of_terms",
    )  # fmt: skip
    [blocked] = said.json["blocked"]
    assert blocked["reference"] == TWO
    for gate in moved["gates"] + blocked["gates"]:
        assert {"gate", "status", "reason", "source", "remedy"} <= set(gate)
        assert gate["status"] in {"met", "unmet", "unknown", "not applicable", "waived"}
    refused = disposals("advance", "steele-avenue", "--json")
    assert refused.status == 1
    assert refused.json["moved"] == []
    assert len(refused.json["blocked"]) == 2


def test_a_dry_run_says_what_would_happen_and_leaves_every_byte(
    disposals: Line, place: Place
) -> None:
    before = as_it_is(place)
    said = disposals("advance", "steele-avenue", "--dry-run")
    assert "would move from bid shortlist to heads of terms" in said.out
    assert as_it_is(place) == before


def test_next_names_the_outline_consent_and_the_missing_agent(disposals: Line) -> None:
    said = disposals("next", TWO, "--json")
    [standing] = said.json["next"]
    reasons = {
        gate["gate"]: gate["reason"] for gate in standing["gates"] if gate["status"] == "unmet"
    }
    assert "Outline planning consent" in reasons["land.consents-before-marketing"]
    assert "No agent is appointed" in reasons["marketing.agent-appointed"]


def test_list_filters_by_stage_officer_and_overdue(disposals: Line) -> None:
    assert len(disposals("list", "--json").json) == 8
    at_shortlist = disposals("list", "--stage", "bid_shortlist", "--json").json
    assert [line["reference"] for line in at_shortlist] == ["bensted-house", ONE]
    assert "No case is in the hands of “Nobody”." in disposals("list", "--officer", "Nobody").err
    assert disposals("list", "--overdue", "--json").json == []
    late = disposals("list", "--overdue", "--as-of", "2022-08-01", "--json").json
    assert ONE in [line["reference"] for line in late]


def test_show_tells_a_part_with_what_it_has_from_the_whole(disposals: Line) -> None:
    said = disposals("show", ONE)
    assert "[bid shortlist]" in said.out
    assert "from the whole" in said.out
    assert "£1,275,000" in said.out
    assert "illustrative, exempt 3" in said.out


def test_show_to_the_public_holds_no_figure(disposals: Line) -> None:
    said = disposals("show", ONE, "--audience", "public")
    assert said.status == 0
    assert "Avison Young" in said.out
    assert "£1,275,000" not in said.out
    assert "Bidder" not in said.out
    assert disposals("show", ONE, "--audience", "public", "--json").status == 0


def test_milestones_are_listed_as_published_with_the_readings_marked(disposals: Line) -> None:
    lines = disposals("milestones", "steele-avenue", "--json").json
    assert [(line["no"], line["when"]) for line in lines] == [
        (1, "Nov/Dec 2021"), (2, "Feb 2022"), (3, "Apr 2022"), (4, "Jun 2022"), (5, "Jul 2022"),
        (6, "Jul 2022"), (7, "Jul 2022"), (8, "Jul 2022"), (9, "Aug 2022"), (10, "Sep 2023"),
    ]  # fmt: skip
    assert {line["no"] for line in lines if not line["is_reading"]} == {8, 9, 10}
    assert "Our reading" in disposals("milestones", "steele-avenue").out


def test_july_2022_is_overdue_on_1_august_and_not_before(disposals: Line) -> None:
    def late(day: str) -> set[int]:
        said = disposals("milestones", "steele-avenue", "--overdue", "--as-of", day, "--json")
        return {line["no"] for line in said.json}

    assert 8 not in late("2022-07-31")
    assert 8 in late("2022-08-01")
    assert disposals("milestones", "--overdue").out == "No milestone is overdue.\n"


def test_history_tells_who_did_what(disposals: Line) -> None:
    disposals("advance", "steele-avenue")
    said = disposals("history", ONE)
    assert "bid shortlist → heads of terms" in said.out
    entries = disposals("history", ONE, "--json").json
    assert [entry["no"] for entry in entries] == list(range(1, len(entries) + 1))
    assert entries[-1]["report"][0]["gate"] == "bids.received"


def test_hold_back_withdraw_and_waive_are_said_in_a_line(disposals: Line) -> None:
    assert "hold recorded" in disposals("hold", ONE, "--because", "Funding").out
    assert "on hold" in disposals("next", ONE).out.lower()
    assert "resumption recorded" in disposals("resume", ONE).out
    said = disposals(
        "waive", TWO, "marketing.agent-appointed", "--authority", "Director of Infrastructure",
        "--because", "The council markets it itself", "--json",
    )  # fmt: skip
    assert said.json["recorded"] == "waiver of marketing.agent-appointed"
    assert "~" in disposals("next", TWO).out
    back = disposals("back", ONE, "--to", "marketing", "--because", "No bid is acceptable")
    assert "return to marketing recorded" in back.out
    assert "withdrawal recorded" in disposals("withdraw", TWO, "--because", "Kept").out


def test_a_workflow_is_shown_as_table_diagram_and_json(disposals: Line) -> None:
    assert "Exchange contracts" in disposals("workflow", "show", "open-market-sale").out
    assert disposals("workflow", "show", "direct-sale", "--mermaid").out.startswith("stateDiagram")
    assert disposals("workflow", "show", "direct-sale", "--json").json["version"] == 2


def test_every_command_and_subcommand_has_help(
    disposals: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERMINAL_WIDTH", "200")
    whole = disposals("--help")
    for command in COMMANDS:
        assert command in whole.out
        said = disposals(command, "--help")
        assert said.status == 0
        assert "Usage: disposals" in said.out


def test_every_option_says_what_it_is_for() -> None:
    def silent(command: Any, path: str) -> list[str]:
        if not hasattr(command, "list_commands"):
            return [f"{path} {each.opts[0]}" for each in command.params if not each.help]
        within = [(name, command.get_command(None, name)) for name in command.list_commands(None)]
        return [said for name, one in within for said in silent(one, f"{path} {name}")]

    assert silent(get_command(app), "disposals") == []


def test_references_complete_in_the_shell(disposals: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_DISPOSALS_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "disposals advance ste")
    monkeypatch.setenv("COMP_CWORD", "2")
    said = disposals()
    assert said.out.split() == ["steele-avenue", ONE, TWO]


def test_init_again_harms_nothing_and_says_what_it_found(disposals: Line, place: Place) -> None:
    before = as_it_is(place)
    said = disposals("init", "--example", "kent")
    assert said.status == 0
    assert "nothing was changed" in said.out
    assert "8 disposals" in said.out
    assert as_it_is(place) == before
    assert disposals("init", "--json").json["made"] is False


def test_the_register_may_be_named_anywhere_on_the_line(
    disposals: Line, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPOSALS_REGISTER")
    assert disposals("list", "--register", str(place)).status == 0
    assert disposals(f"--register={place}", "list").status == 0


def test_no_colour_is_printed_where_no_terminal_looks(disposals: Line) -> None:
    for command in ("list", "next", "show"):
        arguments = () if command == "list" else (ONE,)
        assert "\x1b" not in disposals(command, *arguments).out


def test_a_stage_may_be_said_in_the_words_on_the_screen(disposals: Line) -> None:
    said = disposals("advance", ONE, "--to", "Heads of terms", "--dry-run")
    assert "would move from bid shortlist to heads of terms" in said.out


def test_an_option_said_again_keeps_what_is_not_mentioned(disposals: Line) -> None:
    disposals("option", "add", "steele-avenue", "--no", "4.1.3", "--title", "Split it")
    shown = disposals("show", "steele-avenue", "--json").json["evidence"]["option"]
    [option] = [row for row in shown if row["no"] == "4.1.3"]
    assert (option["title"], option["is_recommended"]) == ("Split it", True)


def test_next_says_that_a_site_may_be_sold_in_parts(disposals: Line) -> None:
    disposals("waive", "wayfarers", "surplus.circulated", "--authority", "D", "--because", "B")
    disposals("surplus", "add", "wayfarers", "--declared-by", "Care", "--because", "Closed")
    disposals("advance", "wayfarers")
    assert "disposals advance wayfarers --to in_parts" in disposals("next", "wayfarers").out
    assert "in_parts" not in disposals("next", TWO).out


def test_the_version_is_said_without_a_command(disposals: Line) -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))
    assert disposals("--version").out == f"disposals {project['project']['version']}\n"


def test_the_remedy_of_what_a_part_has_from_its_whole_is_a_line_that_works(
    disposals: Line,
) -> None:
    disposals("advance", ONE)
    said = disposals("advance", ONE, "--dry-run")
    line = "disposals option edit steele-avenue option-1 --set reasons-against=WORDS"
    assert line in said.out
    done = disposals(*line.split()[1:], "--because", "Report 4.2")
    assert done.status == 0, done.err


def test_an_entry_that_was_corrected_names_the_one_that_stands(disposals: Line) -> None:
    change = ("--set", "said=Content", "--because", "Misheard")
    disposals("consultation", "edit", "steele-avenue", "consultation-1", *change)
    (new,) = (
        each["entry"]
        for each in disposals("consultation", "list", "steele-avenue", "--json").json
        if each["said"] == "Content"
    )
    old = disposals("consultation", "show", "steele-avenue", "consultation-1")
    assert old.out.startswith(f"Corrected or carried forward since; {new} stands.")
    assert "Corrected" not in disposals("consultation", "show", "steele-avenue", new).out


def test_a_list_without_entries_says_so_in_a_line(disposals: Line) -> None:
    said = disposals("valuation", "list", ONE)
    assert said.out == f"{ONE}: nothing is recorded on it itself (valuation).\n"


def test_a_document_is_got_by_the_name_that_the_list_gives_it(
    disposals: Line, tmp_path: Path
) -> None:
    paper, back = tmp_path / "report.txt", tmp_path / "back.txt"
    paper.write_text("Item 10.", encoding="utf-8")
    disposals("document", "add", ONE, str(paper), "--title", "Report", "--kind", "report")
    assert disposals("document", "get", ONE, "document-1", "-o", str(back)).status == 0
    assert back.read_text(encoding="utf-8") == "Item 10."
    assert "names no document" in disposals("document", "get", ONE, "paper-1").err


def test_where_the_terminal_is_too_narrow_no_sum_is_broken(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "_WIDTH_IN_A_FILE", 30)
    columns = ["Year", "Unadjusted", "Risk-adjusted", "Target"]
    output.table("Receipts", columns, [["2022/23", "£1,275,000", "£765,000", ""]])
    assert capfd.readouterr().out.splitlines() == [
        "Receipts", "2022/23", "    Unadjusted: £1,275,000", "    Risk-adjusted: £765,000",
    ]  # fmt: skip
    output.table("Receipts", columns[:2], [["2022/23", "£1,275,000"]])
    assert "2022/23   £1,275,000" in capfd.readouterr().out


@pytest.mark.parametrize("command", ["milestones", "agenda", "pace", "gantt"])
def test_a_misspelt_officer_is_no_good_news(disposals: Line, command: str) -> None:
    said = disposals(command, "--officer", "Disposal Surveyor")
    assert said.status == 1
    assert "in the hands of “Disposal Surveyor”. There are: Disposals Surveyor." in said.err


def test_what_would_follow_is_for_officers_and_of_all_milestones(disposals: Line) -> None:
    for more in (("--audience", "public"), ("--overdue",), ("--due", "30d"), ("--check",)):
        assert disposals("milestones", ONE, "--room", *more).status == 2
        assert disposals("milestones", ONE, "--if", "5=Oct 2022", *more).status == 2


def test_a_milestone_is_not_met_twice_on_one_day(disposals: Line) -> None:
    assert disposals("milestone", "meet", ONE, "2").status == 0
    again = disposals("milestone", "meet", ONE, "2")
    assert again.status == 1
    assert "met on 30 September 2021 already" in again.err


@pytest.mark.usefixtures("mill_lane")
def test_a_word_between_colons_stays_as_it_was_written(disposals: Callable[..., Said]) -> None:
    disposals("site", "add", "oak-lane", "--name", "Oak Lane :house: and yard")
    assert ":house:" in disposals("site", "list").out


@pytest.mark.usefixtures("kent")
def test_the_history_tells_an_officer_whose_bid_it_was_and_how_much_and_the_public_neither(
    disposals: Line,
) -> None:
    valued = ("valuation", "add", ONE, "--valuer", "A valuer", "--value", "1250000")
    assert disposals(*valued, "--on", "2021-09-30").status == 0
    told = disposals("history", ONE).out
    assert "bid received: Bidder F, £860,000" in told
    assert "preferred bidder: Bidder B, £1,275,000" in told
    assert "Bidder E, £905,000, declined" in " ".join(told.split())
    assert "valuation recorded: A valuer, £1,250,000" in told
    for audience in ("public", "member"):
        told = disposals("history", ONE, "--audience", audience).out
        assert "open" in told
        assert "£" not in told
        assert "Bidder" not in told


@pytest.mark.usefixtures("kent")
def test_the_history_repeats_nothing_of_the_act_and_no_milestones_date_as_that_of_a_move(
    disposals: Line,
) -> None:
    bound = ("milestone", "add", ONE, "--name", "Terms", "--when", "Jul 2022")
    assert disposals(*bound, "--met-by", "Heads of terms").status == 0
    assert disposals("advance", ONE).status == 0
    assert disposals("back", ONE, "--to", "bid_shortlist", "--because", "Lost").status == 0
    told = [happened(entry) for entry in disposals("history", ONE, "--json").json]
    assert "preferred bidder: Bidder B, £1,275,000" in told
    assert told[-3:] == [
        "milestone set: 11, Terms; Jul 2022", "advance",
        "back: Bidder B, £1,275,000, fell through",
    ]  # fmt: skip


def test_a_name_like_a_bidders_in_a_list_is_refused_unless_the_officer_insists(
    disposals: Line, tmp_path: Path
) -> None:
    bids = tmp_path / "bids.csv"
    bids.write_text("bidder,price\nJane Homes,1000000\nJane homes,900000\n", encoding="utf-8")
    said = disposals("bid", "add", ONE, "--from", str(bids), "--on", "2021-09-30")
    assert said.status == 1
    assert "row 3: bidder: nobody is called “Jane homes” here" in said.err
    insists = disposals("bid", "add", ONE, "--from", str(bids), "--another", "--on", "2021-09-30")
    assert insists.status == 0
    assert "2 rows of bids.csv recorded" in insists.out


def test_bidders_without_names_are_each_their_own(disposals: Line, tmp_path: Path) -> None:
    bids = tmp_path / "bids.csv"
    rows = "".join(f"Bidder-{no},{no}00000\n" for no in range(1, 5))
    bids.write_text(f"bidder,price\n{rows}", encoding="utf-8")
    said = disposals("bid", "add", ONE, "--from", str(bids), "--on", "2021-09-30")
    assert said.status == 0, said.err
    assert "4 rows of bids.csv recorded" in said.out


def test_a_list_is_recorded_once_and_what_is_counted_as_often_as_it_happens(
    disposals: Line, tmp_path: Path
) -> None:
    bids = tmp_path / "bids.csv"
    bids.write_text("bidder,price\nJane Homes,1000000\n", encoding="utf-8")
    line = ("bid", "add", ONE, "--from", str(bids), "--on", "2021-09-30")
    assert disposals(*line).status == 0
    again = disposals(*line)
    assert again.status == 1
    assert "row 2: That is recorded already" in again.err
    spoke = ("consultation", "add", ONE, "--consultee", "Town Council", "--capacity")
    for _ in range(2):
        assert disposals(*spoke, "parish council", "--said", "No objection").status == 0
