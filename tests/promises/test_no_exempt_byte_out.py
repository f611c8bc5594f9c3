"""No exempt value leaves by any output for the public.

A canary stands in every text field of every record that is not declared open, found by walking
the records themselves, so that a new field is included by itself.
"""

import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from typer.main import get_command

from disposals.cli.main import COMMANDS, app
from disposals.disclosure.fields import OPEN
from disposals.records import evidence_kinds
from disposals.records.cases import RegisterNote
from sites.record import Record
from tests.conftest import Said

Line = Callable[..., Said]
CANARY = "zxqcanary"
PENCE = 987_654_321_00
PUBLIC = [
    ("list", "--audience", "public", "--json"),
    ("list", "--audience", "public"),
    ("show", "steele-avenue", "--audience", "public", "--json"),
    ("show", "steele-avenue/part-1", "--audience", "public", "--json"),
    ("show", "steele-avenue/part-1", "--audience", "public"),
    ("show", "bensted-house", "--audience", "public"),
    ("history", "steele-avenue/part-1", "--audience", "public", "--json"),
    ("history", "steele-avenue/part-1", "--audience", "public"),
    ("milestones", "--audience", "public", "--json"),
    ("milestones", "--audience", "public"),
    ("receipts", "--audience", "public", "--json"),
    ("receipts", "--audience", "public"),
    ("receipts", "--audience", "public", "--fy", "2022/23"),
    ("receipts", "--audience", "public", "--format", "csv"),
    ("site", "list", "--audience", "public", "--json"),
    ("site", "list", "--audience", "public"),
    ("site", "show", "steele-avenue", "--audience", "public", "--json"),
    ("site", "show", "steele-avenue", "--audience", "public"),
    ("site", "history", "steele-avenue", "--audience", "public", "--json"),
    ("site", "history", "steele-avenue", "--audience", "public"),
    ("site", "diff", "steele-avenue", "--from", "1", "--to", "2", "--audience", "public", "--json"),
    ("site", "diff", "steele-avenue", "--from", "1", "--to", "2", "--audience", "public"),
]
LAYERS = ("geojson", "gpkg", "shapefile", "flatgeobuf", "kml", "csv")
# A command that writes a file, the suffix of it, and whether officers see more in it.
FILES: list[tuple[tuple[str, ...], str, bool]] = [
    *((("export", form), "shp.zip" if form == "shapefile" else form, True) for form in LAYERS),
    (("export", "calendar"), "ics", True),
    (("export", "transparency-code"), "csv", False),
    (("export", "brownfield", "steele-avenue"), "csv", False),
    (("receipts", "--audience", "public"), "csv", False),
    (("receipts", "--audience", "public"), "json", False),
    (("receipts", "--audience", "public"), "xlsx", False),
    (("receipts", "--audience", "public"), "pdf", False),
    (("receipts", "--audience", "public", "--fy", "2022/23"), "svg", False),
    (("plan", "steele-avenue"), "pdf", True),
    (("plan", "steele-avenue/part-1", "--show", "both"), "pdf", True),
    (("plan", "steele-avenue"), "svg", False),
    (
        ("site", "diff", "steele-avenue", "--from", "1", "--to", "2", "--audience", "public"),
        "pdf",
        False,
    ),
]
SEEN = ("canary", "987654321", "987,654,321", "98765432100")


def tables(kind: type[Record] = Record) -> Iterator[type[Record]]:
    """Every record that is kept in a table."""
    for each in kind.__subclasses__():
        if "__table__" in vars(each):
            yield each
        yield from tables(each)


def exempt_texts() -> list[tuple[str, str]]:
    """Every free text that the allow-list does not open, table by table."""
    evidence_kinds()
    keys = {"ref", "disposal_ref", "site_ref", "whole_ref", "workflow", "authority", "stage"}
    return [
        (str(kind.__tablename__), name)
        for kind in tables()
        if kind is not RegisterNote
        for name, field in kind.model_fields.items()
        if field.annotation in {str, str | None}
        and name not in keys | OPEN.get(str(kind.__tablename__), frozenset())
    ]


@pytest.fixture
def planted(kent_file: Path, path: Path) -> Path:
    """The Kent example with a canary in every exempt text, and a telling sum in every amount."""
    shutil.copy(kent_file, path)
    with sqlite3.connect(path) as register:
        triggers = register.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            register.execute(f"DROP TRIGGER {name}")
        for table, column in exempt_texts():
            if column in {"report", "details"}:
                text = f'[{{"{CANARY}": "{CANARY}-{table}-{column}"}}]'
            else:
                text = f"{CANARY}-{table}-{column}"
            register.execute(f"UPDATE {table} SET {column} = ?", (text,))  # noqa: S608
        for table in evidence_kinds():
            columns = [row[1] for row in register.execute(f"PRAGMA table_info({table})")]
            for column in columns:
                if column.endswith("_pence"):
                    register.execute(f"UPDATE {table} SET {column} = ?", (PENCE,))  # noqa: S608
            # What is exempt as a row keeps even its open fields in.
            for column in OPEN.get(table, frozenset()) & {"title", "name", "said", "agent"}:
                register.execute(
                    f"UPDATE {table} SET {column} = ? WHERE disclosure = 'exempt'",  # noqa: S608
                    (f"{CANARY}-exempt-{table}",),
                )
    register.close()
    return path


def test_the_canaries_are_there_to_be_found(planted: Path, disposals: Line) -> None:
    assert len(exempt_texts()) > 60
    said = disposals("show", "steele-avenue/part-1", "--json")
    assert CANARY in said.out
    assert str(PENCE) in said.out
    assert planted.exists()


@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize("line", PUBLIC, ids=" ".join)
def test_no_command_for_the_public_lets_one_out(disposals: Line, line: tuple[str, ...]) -> None:
    said = disposals(*line)
    assert said.status == 0, said.err
    for token in SEEN:
        assert token not in said.out + said.err


def all_that_is_in(file: Path) -> bytes:
    """The bytes of a file, unpacked; of a PDF the words on it and about it."""
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    if file.suffix == ".pdf":
        reader = pypdf.PdfReader(file)
        words = [page.extract_text() for page in reader.pages]
        about = reader.trailer["/Root"]["/Metadata"].get_data().decode()  # type: ignore[index]
        return "\n".join([*words, about, *alternatives(reader.trailer["/Root"])]).encode()
    return file.read_bytes()


def alternatives(node: object) -> Iterator[str]:
    """Every text that stands in for a drawing in a tagged PDF."""
    root = node["/StructTreeRoot"] if isinstance(node, dict) and "/StructTreeRoot" in node else node
    told = root.get_object() if isinstance(root, pypdf.generic.IndirectObject) else root
    if isinstance(told, list):
        for each in told:
            yield from alternatives(each)
    elif isinstance(told, dict):
        if "/Alt" in told:
            yield str(told["/Alt"])
        if "/K" in told:
            yield from alternatives(told["/K"])


@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize(("line", "suffix", "officer"), FILES, ids=str)
def test_no_file_for_the_public_lets_one_out(
    disposals: Line, tmp_path: Path, line: tuple[str, ...], suffix: str, *, officer: bool
) -> None:
    out = tmp_path / f"out.{suffix}"
    said = disposals(*line, "-o", str(out))
    assert said.status == 0, said.err
    for token in SEEN:
        assert token.encode() not in all_that_is_in(out)
        assert token not in said.out + said.err
    if officer:
        assert disposals(*line, "--audience", "officer", "-o", str(out)).status == 0
        assert CANARY.encode() in all_that_is_in(out)


@pytest.mark.usefixtures("planted")
def test_the_public_history_does_not_let_the_bids_be_counted(disposals: Line) -> None:
    acts = disposals("history", "steele-avenue/part-1", "--audience", "public", "--json").json
    assert [entry["act"] for entry in acts] == ["open"]
    said = disposals("history", "steele-avenue/part-1", "--audience", "public")
    assert "received" not in said.out


def commands() -> Iterator[tuple[str, ...]]:
    """Every command there is, those of groups too."""
    root: Any = get_command(app)
    context = root.make_context("disposals", [], resilient_parsing=True)
    for name in COMMANDS:
        command = root.get_command(context, name)
        inner = getattr(command, "commands", {})
        yield from ((name, each) for each in inner) if inner else [(name,)]


def test_a_public_output_is_tried_for_every_command_that_has_an_audience(disposals: Line) -> None:
    offering = {each for each in commands() if "--audience" in disposals(*each, "--help").out}
    tried = [line for line, *_ in FILES] + PUBLIC
    assert {each for each in offering if not any(line[: len(each)] == each for line in tried)} == (
        set()
    )


def test_a_public_output_is_tried_for_every_command_that_exports() -> None:
    assert {each for each in commands() if each[0] == "export"} == {
        line[:2] for line, *_ in FILES if line[0] == "export"
    }


def test_an_evidence_row_is_exempt_unless_it_is_declared_open() -> None:
    for kind in evidence_kinds().values():
        assert kind.model_fields["disclosure"].default == "exempt"


def test_money_is_never_on_the_allow_list() -> None:
    for fields in OPEN.values():
        assert not [field for field in fields if "pence" in field or "pounds" in field]
