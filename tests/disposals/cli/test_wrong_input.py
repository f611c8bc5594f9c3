"""Wrong input: one clear sentence, status 1 (refused) or 2 (wrong usage), nothing changed."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from disposals.records import FORMAT
from disposals.storage.address import Place
from tests.conftest import Said
from tests.places import as_it_is, past_the_guards

Line = Callable[..., Said]


pytestmark = pytest.mark.usefixtures("kent_place")
DRAW = "site draw steele-avenue x.geojson --source s --because b"


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ("advance steel-avenue", 1, "Did you mean steele-avenue?"),
        ("show zzz", 1, "`disposals list` shows those there are"),
        ("history nowhere", 1, "There is no disposal “nowhere”"),
        ("milestones nowhere", 1, "There is no disposal “nowhere”"),
        ("export geojson nowhere -o out.geojson", 1, "There is no disposal “nowhere”"),
        ("advance steele-avenue/part-1 --to moon", 1, "has no stage “moon”"),
        ("back steele-avenue/part-1 --to moon --because x", 1, "has no stage “moon”"),
        ("list --stage moon", 1, "There is no stage “moon”. The stages are surplus declaration"),
        ("list --stage bid-shorlist", 1, "“bid shorlist”. Did you mean bid shortlist? The stages"),
        ("list --officer Nobody", 1, "No case is in the hands of “Nobody”."),
        ("advance wayfarers --to marketting", 1, "“marketting”. Did you mean marketing? It has:"),
        ("back steele-avenue/part-1 --to marketting --because x", 1, "Did you mean marketing?"),
        ("workflow show lease --mermaid --at heads_of_trems", 1, "Did you mean heads of terms?"),
        ("advance steele-avenue --on 2021-02-30", 2, "“2021-02-30” is not a date"),
        ("milestones --as-of soon", 2, "“soon” is not a date"),
        ("list --as-of 9999-12-31", 2, "not a day of our time"),
        ("advance steele-avenue/part-1 --on 2021-09-01", 1, "goes on until 30 September 2021"),
        ("advance steele-avenue/part-2 --to in_parts", 1, "a part is not sold in parts"),
        ("open again --name N --site wayfarers", 1, "wayfarers is being sold already: wayfarers"),
        ("open x --name N --site wayfarers --stage completed --because b", 1, "by its moves"),
        ("completion receipt steele-avenue --amount 1", 1, "steele-avenue/part-1"),
        (
            "completion contract steele-avenue/part-1 --buyer B --price 1 --conditional",
            1,
            "no agreed",
        ),
        ("list --as-of 2022", 2, "“2022” is not a single day"),
        ("advance steele-avenue --part 9", 1, "There is no disposal “steele-avenue/part-9”"),
        ("advance steele-avenue --part two", 2, "--part"),
        ("valuation add steele-avenue/part-1 --valuer V --value lots", 2, "not an amount of money"),
        ("valuation add steele-avenue/part-1 --valuer V --value=-5", 2, "not an amount of money"),
        ("valuation add steele-avenue/part-1 --valuer V", 2, "--value"),
        (f"valuation add wayfarers --valuer V --value {'9' * 30}", 1, "digit too many"),
        ("valuation add wayfarers --valuer= --value 1", 1, "valuer: it is blank"),
        ("withdraw steele-avenue/part-2", 1, "a reason is asked for"),
        ("waive steele-avenue/part-1 bids.best-consideration --authority A --because B", 1, "law"),
        ("decision take 99/99999 --interests None", 1, "No decision 99/99999 is recorded"),
        ("workflow show barter", 1, "There is no workflow “barter”"),
        ("advnce steele-avenue", 2, "Did you mean “disposals advance”"),
        ("bids steele-avenue", 2, "Did you mean “disposals bid”?"),
        ("split wayfarers", 2, "Did you mean “disposals site split”?"),
        ("upgrade", 2, "Did you mean “disposals db upgrade”?"),
        ("terms draft steele-avenue", 2, "There is no “disposals terms draft”. There is “add”,"),
        ("surplus", 2, "Declare land surplus, and offer it to other services."),
        ("init --authority mars", 2, "There is no policy file for “mars”"),
        ("milestone add steele-avenue --name N --when someday", 2, "“someday” is not a date"),
        ("open Mill_Lane --name N --site steele-avenue", 1, "can't be a reference"),
        ("open mill-lane --name N --site mill-lane", 1, "There is no site “mill-lane”"),
        ("open steele-avenue --name N --site steele-avenue", 1, "left as it is"),
        ("site add steele-avenue --name N", 1, "left as it is"),
        ("site draw steele-avenue nothing.gpkg --source s --because b", 1, "no such file"),
        ("site split steele-avenue --part 1", 2, "N:NAME:PURPOSE"),
        ("site split kiln-court --part 1:A:b", 1, "two parts or more"),
        ("site split kiln-court --part 1:A:b --part 1:C:d", 1, "the same number"),
        ("site split steele-avenue --part 1:A:b --part 2:C:d", 1, "is split already"),
        ("open mill-lane --name N --site kiln-court --site kiln-court", 1, "named twice"),
        ("open mill-lane --name N --site kiln-court --workflow barter", 1, "no workflow “barter”"),
        (
            "open mill-lane --name N --site kiln-court --stage moon --because b",
            1,
            "no stage “moon”",
        ),
        ("open mill-lane --name N --site kiln-court --stage marketing", 1, "a reason is asked for"),
        ("open mill-lane --name N --site kiln-court --on 2001-01-01", 1, "was in force on 2001"),
        ("land answer wayfarers --site x --question school --answer no --basis b", 1, "and not x"),
        ("land answer wayfarers --question ghosts --answer no --basis b", 2, "ghosts"),
        ("advance wayfarers --to in_parts", 1, "no move leads"),
        (f"{DRAW} --accuracy-m nan", 2, "'--accuracy-m': “nan” is not a number."),
        (f"{DRAW} --accuracy-m inf", 2, "'--accuracy-m': inf is more than 10000."),
        ("site split kiln-court --area 1ha --bearing nan", 2, "“nan” is not a number."),
    ],
)
def test_it_is_refused_in_a_sentence_and_nothing_changes(
    disposals: Line, place: Place, line: str, status: int, said: str
) -> None:
    before = as_it_is(place)
    answer = disposals(*line.split())
    assert answer.status == status
    assert said in " ".join((answer.err + answer.out).replace("│", " ").split())
    assert "Traceback" not in answer.err + answer.out
    assert as_it_is(place) == before


def test_a_refusal_is_one_json_object_where_json_is_asked_for(disposals: Line) -> None:
    answer = disposals("show", "steel-avenue", "--json")
    assert answer.status == 1
    assert answer.json["error"]["kind"] == "NoSuchCase"
    assert "steele-avenue" in answer.json["error"]["message"]


def test_a_register_that_is_not_there_is_made_by_init(disposals: Line, path: Path) -> None:
    path.unlink()
    answer = disposals("list")
    assert answer.status == 1
    assert "`disposals init`" in answer.err
    assert disposals("init").status == 0
    assert disposals("list").out.startswith(
        "The register holds no disposal yet. Open one: `disposals open REF --name NAME --site SITE`"
    )
    assert disposals("list", "--as-of", "2021-09-01").out == (
        "The register held no disposal on 1 September 2021.\n"
    )
    assert disposals("list", "--stage", "marketing").out == "No disposal matches.\n"


@pytest.mark.parametrize("content", [b"not a register", b"SQLite format 3\0" + bytes(200)])
def test_a_file_that_is_no_register_is_left_alone(
    disposals: Line, path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    for line in (("list",), ("advance", "x"), ("init",), ("init", "--example", "kent")):
        answer = disposals(*line)
        assert answer.status == 1
        assert "is not a register of this software" in answer.err
    assert path.read_bytes() == content


def test_a_character_that_stands_in_no_text_is_refused(disposals: Line) -> None:
    for name in ("Mill\x1b[2J", "Mill\x00", "Mill\x9b2J", "Mill\x1fLane", "Mill \u202eenaL"):
        said = disposals("site", "add", "mill-lane", "--name", name)
        assert (said.status, "a character that stands in no text (U+" in said.err) == (1, True)
    assert disposals("site", "add", "mill-lane", "--name", "Mill\tLane\nNorth").status == 0


def test_one_that_was_recorded_before_does_not_keep_the_case_from_going_on(
    disposals: Line, path: Path
) -> None:
    with past_the_guards(path) as hand:
        hand.execute(
            "UPDATE bid SET conditions = 'Non\x1ebreaking \u202e' WHERE bidder = 'Bidder E'"
        )
    line = ("bid", "shortlist", "steele-avenue/part-1", "--bidder", "Bidder B", "--because", "Best")
    said = disposals(*line, "--declined-because", "Lower")
    assert said.status == 0, said.err


def test_another_programs_database_is_not_taken_for_a_register(disposals: Line, path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE disposal (ref TEXT)")
    other.close()
    assert "is not a register" in disposals("list").err


def test_a_register_of_a_newer_version_is_refused_in_words(disposals: Line, path: Path) -> None:
    with past_the_guards(path) as newer:
        newer.execute("UPDATE register SET format = ?", (FORMAT + 1,))
    before = path.read_bytes()
    answer = disposals("advance", "steele-avenue")
    assert answer.status == 1
    assert f"has format {FORMAT + 1}" in answer.err
    assert path.read_bytes() == before


def test_a_damaged_register_is_refused_in_words(disposals: Line, path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + os.urandom(len(whole) - 4096))
    answer = disposals("list")
    assert answer.status == 1
    assert "damaged" in answer.err


@pytest.mark.parametrize(
    "line", ["audit verify", "db check", "backup out.backup", "db move out.sqlite"]
)
def test_a_text_in_a_register_that_is_no_text_is_told_as_damage(
    disposals: Line, path: Path, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    with past_the_guards(path) as hand:
        hand.execute("UPDATE ledger_entry SET hash = CAST(x'31ff' AS TEXT) WHERE no = 5")
    answer = disposals(*line.split())
    assert answer.status == 1
    assert f"{path} is damaged" in answer.err
    assert not Path(line.rsplit(maxsplit=1)[-1]).exists()


def test_a_path_that_no_file_can_have_is_told_as_such(disposals: Line) -> None:
    answer = disposals("--register", "x" * 5_000, "list")
    assert answer.status == 1
    assert "xxx: File name too long" in answer.err


def test_a_reason_of_blanks_is_none(disposals: Line) -> None:
    assert disposals("hold", "steele-avenue/part-2", "--because", "Survey awaited").status == 0
    assert disposals("resume", "steele-avenue/part-2", "--because", "  ").status == 0
    told = json.loads(disposals("history", "steele-avenue/part-2", "--json").out)
    assert told[-1]["because"] is None


def test_a_register_that_is_just_being_made_says_so(disposals: Line, path: Path) -> None:
    path.write_bytes(b"")
    answer = disposals("init", "--example", "kent")
    assert answer.status == 1
    assert "being made there by someone else" in answer.err


def test_a_read_only_register_can_be_read_and_not_written(disposals: Line, path: Path) -> None:
    path.chmod(0o444)
    before = path.read_bytes()
    assert disposals("list").status == 0
    assert disposals("advance", "steele-avenue", "--dry-run").status == 0
    answer = disposals("advance", "steele-avenue")
    assert answer.status == 1
    assert "is read-only, so nothing was recorded" in answer.err
    assert path.read_bytes() == before


def test_a_register_in_use_is_waited_for_and_then_refused_in_words(
    disposals: Line, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("disposals.storage.sqlite._WAIT_S", 0.1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = disposals("advance", "steele-avenue")
    other.close()
    assert answer.status == 1
    assert "in use by someone else" in answer.err


def test_an_export_to_a_full_disk_or_a_missing_folder_leaves_nothing(
    disposals: Line, tmp_path: Path
) -> None:
    there = set(tmp_path.iterdir())
    full = disposals("export", "geojson", "-o", "/dev/full")
    assert full.status == 1
    assert "no space left on device" in full.err
    answer = disposals("export", "geojson", "-o", str(tmp_path / "no" / "sites.geojson"))
    assert answer.status == 1
    assert "was not written" in answer.err
    assert set(tmp_path.iterdir()) == there


def test_another_example_or_authority_never_overwrites_a_register(
    disposals: Line, path: Path
) -> None:
    path.unlink()
    disposals("init", "--authority", "kent")
    before = path.read_bytes()
    answer = disposals("init", "--example", "kent")
    assert answer.status == 1
    assert "It was left as it is" in answer.err
    assert path.read_bytes() == before


def test_init_for_another_authority_says_whose_register_is_there(
    disposals: Line, path: Path
) -> None:
    path.unlink()
    disposals("init")
    before = path.read_bytes()
    answer = disposals("init", "--authority", "kent")
    assert answer.status == 1
    assert "follows the policy of england, not of kent. It was left as it is" in answer.err
    assert path.read_bytes() == before
    assert disposals("init").status == disposals("init", "--authority", "england").status == 0


def test_init_makes_no_folder_that_may_be_mistyped(
    disposals: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mistyped = tmp_path / "estaets" / "register.sqlite"
    answer = disposals("--register", str(mistyped), "init")
    assert answer.status == 1
    assert f"There is no folder {mistyped.parent}, so no register was made. Make the" in answer.err
    assert not mistyped.parent.exists()
    monkeypatch.delenv("DISPOSALS_REGISTER")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    assert disposals("init").status == 0  # the folder of one's own is known
    assert (tmp_path / "own" / "disposals" / "register.sqlite").exists()


def test_an_act_on_a_day_to_come_is_refused_in_an_ordinary_register(
    disposals: Line, path: Path
) -> None:
    path.unlink()
    disposals("init", "--authority", "kent")
    answer = disposals("site", "add", "mill-lane", "--name", "Mill Lane", "--on", "2199-01-01")
    assert answer.status == 1
    assert "1 January 2199 is still to come" in answer.err


@pytest.mark.parametrize("line", [("list",), ("show", "nowhere", "--json"), ("list", "--json")])
def test_an_answer_that_cannot_be_written_is_said_in_a_line(
    place: Place, line: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "disposals", "--register", str(place), *line],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "The answer could not be written: No space left on device." in done.stderr
    assert "Traceback" not in done.stderr


def test_bytes_that_are_no_text_are_wrong_usage(disposals: Line) -> None:
    answer = disposals("show", b"\xff".decode(errors="surrogateescape"))
    assert answer.status == 2
    assert "no UTF-8 text" in answer.err


def test_whoever_acts_has_a_name(disposals: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError

    monkeypatch.delenv("DISPOSALS_USER")
    monkeypatch.setattr("getpass.getuser", nobody)
    assert disposals("list").status == 0
    answer = disposals("hold", "wayfarers", "--because", "Waiting")
    assert answer.status == 1
    assert "Say so with `--by NAME`" in answer.err
