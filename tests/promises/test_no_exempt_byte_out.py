"""No exempt value leaves by any output for the public, nor for members what is not for them.

A canary stands in every text field of every record that is not declared open, found by walking
the records themselves, so that a new field is included by itself.
"""

import base64
import contextlib
import io
import re
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from typer.main import get_command

from disposals.casework import documents, requests
from disposals.casework.acts import acting
from disposals.cli.main import COMMANDS, app
from disposals.disclosure.fields import OPEN, openable
from disposals.disclosure.seen import versions
from disposals.records import evidence_kinds
from disposals.records.cases import RegisterNote
from disposals.records.completion import Contract
from disposals.records.ledger import LedgerEntry
from disposals.register import open_register
from disposals.vocabulary import RequestedBy
from sites.record import Record
from tests.conftest import Said, stamp
from tests.papers import PAPER_KINDS

Line = Callable[..., Said]
CANARY = "zxqcanary"
UNIQUE = {("person", "name")}
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
    ("consultation", "log", "steele-avenue/part-1", "--audience", "public", "--json"),
    ("consultation", "log", "steele-avenue/part-1", "--audience", "public"),
    ("milestones", "--audience", "public", "--json"),
    ("milestones", "--audience", "public"),
    ("gantt", "--audience", "public", "--json"),
    ("gantt", "--audience", "public"),
    ("gantt", "steele-avenue", "--audience", "public", "--json"),
    ("gantt", "steele-avenue", "--audience", "public"),
    ("programme", "--json"),
    ("programme",),
    ("programme", "--forthcoming", "--json"),
    ("programme", "--forthcoming"),
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
    ("disclose", "steele-avenue", "--audience", "public", "--json"),
    ("disclose", "steele-avenue/part-1", "--audience", "public", "--json"),
    ("disclose", "steele-avenue/part-1", "--audience", "public"),
    ("disclose", "bensted-house", "--audience", "public"),
]
LAYERS = ("geojson", "gpkg", "shapefile", "flatgeobuf", "kml", "csv")
# A command that writes a file, the suffix of it, and whether officers see more in it.
FILES: list[tuple[tuple[str, ...], str, bool]] = [
    *((("export", form), "shp.zip" if form == "shapefile" else form, True) for form in LAYERS),
    (("export", "calendar"), "ics", True),
    (("gantt", "--audience", "public"), "pdf", False),
    (("gantt", "--audience", "public"), "svg", False),
    (("gantt", "steele-avenue", "--audience", "public"), "pdf", False),
    (("gantt", "steele-avenue", "--audience", "public"), "svg", False),
    *(
        (("programme", *more), form, False)
        for form in ("pdf", "docx", "html")
        for more in ((), ("--forthcoming",))
    ),
    (("programme",), "ics", False),
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
    *((("paper", "report", "steele-avenue"), form, False) for form in PAPER_KINDS),
    *((("paper", "record", "21/00100"), form, False) for form in PAPER_KINDS),
    *((("paper", "notice", "21/00100"), form, False) for form in PAPER_KINDS),
    *((("paper", "summary", "steele-avenue"), form, False) for form in PAPER_KINDS),
    *(
        (("paper", "options", "steele-avenue", "--audience", "public"), form, True)
        for form in PAPER_KINDS
    ),
    (
        ("site", "diff", "steele-avenue", "--from", "1", "--to", "2", "--audience", "public"),
        "pdf",
        False,
    ),
    (("foi", "bundle", "FOI-1"), "zip", False),
]
# Papers that are exempt as a whole: they have no audience to choose, and are marked at their head.
EXEMPT_PAPERS = {("paper", name) for name in ("evaluation", "completion", "handover")}
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
    keys |= {"hash", "previous_hash", "commitment", "salt"}  # digests, which every seal rests on
    return [
        (str(kind.__tablename__), name)
        for kind in tables()
        if kind not in {RegisterNote, LedgerEntry}
        for name, field in kind.model_fields.items()
        if field.annotation in {str, str | None}
        and name not in keys | OPEN.get(str(kind.__tablename__), frozenset())
    ]


@pytest.fixture
def planted(kent_file: Path, path: Path) -> Path:
    """The Kent example with a canary in every exempt text, and a telling sum in every amount."""
    shutil.copy(kent_file, path)
    _ask_and_attach(path)
    with sqlite3.connect(path) as register:
        triggers = register.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            register.execute(f"DROP TRIGGER {name}")
        for table, column in exempt_texts():
            if column in {"report", "details"}:
                text = f'[{{"{CANARY}": "{CANARY}-{table}-{column}"}}]'
            else:
                text = f"{CANARY}-{table}-{column}"
            # The hash of an open document has to lead to it.
            only = " WHERE disclosure = 'exempt'" if column == "sha256" else ""
            unique = " || '-' || rowid" if (table, column) in UNIQUE else ""
            register.execute(f"UPDATE {table} SET {column} = ?{unique}{only}", (text,))  # noqa: S608
        for table in evidence_kinds():
            columns = [row[1] for row in register.execute(f"PRAGMA table_info({table})")]
            for column in columns:
                if column.endswith("_pence"):
                    register.execute(f"UPDATE {table} SET {column} = ?", (PENCE,))  # noqa: S608
            # What is exempt as a row keeps even its open fields in.
            for column in OPEN.get(table, frozenset()) & {"title", "name", "said", "agent", "text"}:
                register.execute(
                    f"UPDATE {table} SET {column} = ? WHERE disclosure = 'exempt'",  # noqa: S608
                    (f"{CANARY}-exempt-{table}",),
                )
    register.close()
    return path


def _ask_and_attach(path: Path) -> None:
    """Log a request for information, and attach an open and an exempt document, both with canaries.

    What is in the open one is open; so its canary is in its name alone.
    """
    register = open_register(path)
    cases = ("steele-avenue", "steele-avenue/part-1", "bensted-house")
    seen = {ref: versions(register, ref)[ref] for ref in cases}
    requests.add(
        register, "FOI-1", stamp(), seen=seen, received_on=stamp().on,
        requested_by=RequestedBy.PRESS, asks=CANARY,
    )  # fmt: skip
    for name, disclosure in ((f"{CANARY}.txt", "open"), ("exempt.txt", "exempt")):
        paper = path.with_name(name)
        paper.write_text("report" if disclosure == "open" else CANARY)
        documents.attach(
            register, "bensted-house", paper,
            {"title": "Paper", "kind": "report", "disclosure": disclosure}, stamp(),
            seen=versions(register, "bensted-house")["bensted-house"],
        )  # fmt: skip
    register.close()


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
    """The bytes of a file as they are and unpacked; of a PDF also the words on it and about it."""
    raw = file.read_bytes()
    return b"\n".join([raw, *inflated(raw), *drawings(raw), *unpacked(file)])


def inflated(raw: bytes) -> Iterator[bytes]:
    """The streams of a PDF as they are before they are packed."""
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", raw, flags=re.DOTALL):
        with contextlib.suppress(zlib.error):
            yield zlib.decompress(stream)


def drawings(raw: bytes) -> Iterator[bytes]:
    """The pictures that a page of HTML holds."""
    for packed in re.findall(rb"base64,([A-Za-z0-9+/=]+)", raw):
        yield base64.b64decode(packed)


def unpacked(file: Path) -> Iterator[bytes]:
    """What is in an archive and what it is called there; the words of every PDF."""
    if file.suffix == ".pdf":
        yield words_of(file.read_bytes())
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                inside = archive.read(name)
                yield from (name.encode(), inside)
                if name.endswith(".pdf"):
                    yield from (words_of(inside), *inflated(inside))


def words_of(pdf: bytes) -> bytes:
    """What stands on a PDF, what is said about it, and in place of its drawings."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    words = [page.extract_text() for page in reader.pages]
    about = reader.trailer["/Root"]["/Metadata"].get_data().decode()  # type: ignore[index]
    return "\n".join([*words, about, *alternatives(reader.trailer["/Root"])]).encode()


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


@pytest.fixture
def privileged(planted: Path) -> Path:
    """The same, with every exempt value under legal professional privilege, paragraph 5."""
    with sqlite3.connect(planted) as register:
        register.execute("UPDATE bid SET sealed = NULL")
        for table in evidence_kinds():
            register.execute(f"UPDATE {table} SET paragraphs = '5'")  # noqa: S608
    register.close()
    return planted


@pytest.mark.usefixtures("privileged")
def test_no_output_for_members_lets_out_what_is_privileged(disposals: Line, tmp_path: Path) -> None:
    for line in PUBLIC:
        said = disposals(*(word.replace("public", "member") for word in line))
        assert said.status == 0, said.err
        assert [token for token in SEEN if token in said.out + said.err] == [], line
    for line, suffix, officer in FILES:
        if officer:
            out = tmp_path / f"out.{suffix}"
            assert disposals(*line, "--audience", "member", "-o", str(out)).status == 0
            assert [token for token in SEEN if token.encode() in all_that_is_in(out)] == [], line


@pytest.fixture
def unsealed(planted: Path) -> Path:
    """The same, with its bids opened."""
    with sqlite3.connect(planted) as register:
        register.execute("UPDATE bid SET sealed = NULL")
    register.close()
    return planted


@pytest.mark.usefixtures("unsealed")
def test_members_see_amounts_under_paragraph_3_and_no_field_that_is_not_for_them(
    disposals: Line,
) -> None:
    told = disposals("disclose", "steele-avenue/part-1", "--audience", "member", "--json").json
    shown = {
        (kind, name)
        for kind, rows in told["open"].items()
        for row in rows
        for name, value in row.items()
        if CANARY in str(value) or value == PENCE
    }
    assert ("bid", "price_pence") in shown
    assert {(kind, name) for kind, name in shown if name not in openable(kind)} == set()


@pytest.mark.usefixtures("unsealed")
@pytest.mark.parametrize(
    "release",
    [("--release-on", "2022-06-01"), ("--release-at", "exchange")],
    ids=["by date", "by event"],
)
def test_what_is_released_is_out_from_its_day_on_and_not_before(
    disposals: Line, tmp_path: Path, release: tuple[str, str]
) -> None:
    ref = "steele-avenue/part-1"
    entry = disposals("bid", "list", ref, "--json").json[0]["entry"]
    declared = disposals(
        "classify", ref, entry, "--exempt", "--paragraph", "3", "--because", "Compared.", *release
    )
    assert declared.status == 0, declared.err
    if release[0] == "--release-at":
        _exchange(tmp_path / "register.sqlite", ref, date(2022, 6, 1))
    out = tmp_path / "bundle.zip"
    for day, is_out in (("2022-05-31", False), ("2022-06-01", True), ("2023-01-01", True)):
        said = disposals("disclose", ref, "--json", "--as-of", day)
        assert (str(PENCE) in said.out) is is_out
        disposals("foi", "bundle", "FOI-1", "-o", str(out), "--as-of", day)
        assert (str(PENCE).encode() in all_that_is_in(out)) is is_out


def _exchange(path: Path, ref: str, on: date) -> None:
    """Contracts are exchanged on a day."""
    register = open_register(path)
    seen, facts = versions(register, ref)[ref], {"exchanged_on": on, "buyer": "A"}
    with (
        register.write() as session,
        acting(session, ref, "contract recorded", stamp(on), seen=seen) as act,
    ):
        act.record(Contract, facts | {"price_pence": 1, "is_conditional": False})
    register.close()


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


def test_a_public_output_is_tried_for_every_paper(disposals: Line) -> None:
    papers = {each for each in commands() if each[0] == "paper"}
    writing = {each for each in papers if "--output" in disposals(*each, "--help").out}
    tried = {line[:2] for line, *_ in FILES if line[0] == "paper"}
    assert writing == tried | EXEMPT_PAPERS
    for each in EXEMPT_PAPERS - tried:
        assert "--audience" not in disposals(*each, "--help").out


@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize("form", PAPER_KINDS)
def test_the_exempt_appendix_has_them_and_the_report_beside_it_has_not(
    disposals: Line, tmp_path: Path, form: str
) -> None:
    out, exempt = tmp_path / f"report.{form}", tmp_path / f"exempt.{form}"
    line = ("paper", "report", "steele-avenue", "-o", str(out), "--exempt-appendix", str(exempt))
    assert disposals(*line).status == 0
    assert CANARY.encode() in all_that_is_in(exempt)
    for token in SEEN:
        assert token.encode() not in all_that_is_in(out)


def test_an_evidence_row_is_exempt_unless_it_is_declared_open() -> None:
    for kind in evidence_kinds().values():
        assert kind.model_fields["disclosure"].default == "exempt"


def test_money_is_never_on_the_allow_list() -> None:
    for fields in OPEN.values():
        assert not [field for field in fields if "pence" in field or "pounds" in field]
