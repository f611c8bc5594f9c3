"""No exempt value leaves by any output for the public, nor for members what is not for them.

A canary stands in every text field of every record that is not declared open, found by walking
the records themselves, so that a new field is included by itself.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from disposals.casework.acts import acting
from disposals.cli.main import COMMANDS, app
from disposals.disclosure.fields import OPEN, openable
from disposals.disclosure.seen import versions
from disposals.history.raw import columns_of
from disposals.records import evidence_kinds
from disposals.records.cases import RegisterNote
from disposals.records.completion import Contract
from disposals.records.ledger import LedgerEntry
from disposals.register import open_register
from disposals.storage.address import Place
from sites.record import Record
from tests.conftest import Said, stamp
from tests.outputs import FILES, PUBLIC, all_that_is_in, ask_and_attach, for_members
from tests.papers import PAPER_KINDS
from tests.places import past_the_guards

Line = Callable[..., Said]
CANARY = "zxqcanary"
UNIQUE = {("person", "name")}
PENCE = 987_654_321_00
# Papers that are exempt as a whole, for officers alone: they have no audience to choose.
OFFICERS_PAPERS = {("paper", name) for name in ("completion", "handover")}
# Exempt as a whole, with a copy for members: the public is refused it.
MEMBERS_PAPERS = {("paper", "evaluation")}
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
def planted(kent_place: Place, tmp_path: Path) -> Place:
    """The Kent example with a canary in every exempt text, and a telling sum in every amount."""
    plant(kent_place, tmp_path)
    return kent_place


def plant(place: Place, tmp_path: Path) -> None:
    """Put a canary into every exempt text of a register, and a telling sum into every amount."""
    ask_and_attach(place, CANARY, tmp_path)
    with past_the_guards(place) as register:
        for table, column in exempt_texts():
            if column in {"report", "details"}:
                text = f'[{{"{CANARY}": "{CANARY}-{table}-{column}"}}]'
            else:
                text = f"{CANARY}-{table}-{column}"
            # The hash of an open document has to lead to it.
            only = " WHERE disclosure = 'exempt'" if column == "sha256" else ""
            unique = " || '-' || id" if (table, column) in UNIQUE else ""
            register.execute(f"UPDATE {table} SET {column} = ?{unique}{only}", (text,))  # noqa: S608
        for table in evidence_kinds():
            for column in columns_of(register, table):
                if column.endswith("_pence"):
                    register.execute(f"UPDATE {table} SET {column} = ?", (PENCE,))  # noqa: S608
            # What is exempt as a row keeps even its open fields in.
            for column in OPEN.get(table, frozenset()) & {"title", "name", "said", "agent", "text"}:
                register.execute(
                    f"UPDATE {table} SET {column} = ? WHERE disclosure = 'exempt'",  # noqa: S608
                    (f"{CANARY}-exempt-{table}",),
                )


@pytest.mark.usefixtures("planted")
def test_the_canaries_are_there_to_be_found(disposals: Line) -> None:
    assert len(exempt_texts()) > 60
    said = disposals("show", "steele-avenue/part-1", "--json")
    assert CANARY in said.out
    assert str(PENCE) in said.out


@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize("line", PUBLIC, ids=" ".join)
def test_no_command_for_the_public_lets_one_out(disposals: Line, line: tuple[str, ...]) -> None:
    said = disposals(*line)
    assert said.status == 0, said.err
    for token in SEEN:
        assert token not in said.out + said.err


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
def privileged(planted: Place) -> Place:
    """The same, with every exempt value under legal professional privilege, paragraph 5."""
    with past_the_guards(planted) as register:
        register.execute("UPDATE bid SET sealed = NULL")
        for table in evidence_kinds():
            register.execute(f"UPDATE {table} SET paragraphs = '5'")  # noqa: S608
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
    for line, out in for_members(tmp_path):
        assert disposals(*line).status == 0
        assert [token for token in SEEN if token.encode() in all_that_is_in(out)] == [], line


@pytest.fixture
def unsealed(planted: Place) -> Place:
    """The same, with its bids opened."""
    with past_the_guards(planted) as register:
        register.execute("UPDATE bid SET sealed = NULL")
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
    disposals: Line, kent_place: Place, tmp_path: Path, release: tuple[str, str]
) -> None:
    ref = "steele-avenue/part-1"
    entry = disposals("bid", "list", ref, "--json").json[0]["entry"]
    declared = disposals(
        "classify", ref, entry, "--exempt", "--paragraph", "3", "--because", "Compared.", *release
    )
    assert declared.status == 0, declared.err
    if release[0] == "--release-at":
        _exchange(kent_place, ref, date(2022, 6, 1))
    out = tmp_path / "bundle.zip"
    for day, is_out in (("2022-05-31", False), ("2022-06-01", True), ("2023-01-01", True)):
        said = disposals("disclose", ref, "--json", "--as-of", day)
        assert (str(PENCE) in said.out) is is_out
        disposals("foi", "bundle", "FOI-1", "-o", str(out), "--as-of", day)
        assert (str(PENCE).encode() in all_that_is_in(out)) is is_out


def _exchange(place: Place, ref: str, on: date) -> None:
    """Contracts are exchanged on a day."""
    register = open_register(place)
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
    untried = {each for each in offering if not any(line[: len(each)] == each for line in tried)}
    assert untried == MEMBERS_PAPERS


@pytest.mark.usefixtures("planted")
def test_what_is_for_members_is_refused_to_the_public(disposals: Line, tmp_path: Path) -> None:
    for line, out in for_members(tmp_path):
        said = disposals(*("public" if word == "member" else word for word in line))
        assert (said.status, out.exists()) == (1, False)
        assert "not for the public" in said.err


@pytest.mark.usefixtures("planted")
def test_whoever_asks_for_an_officer_unknown_is_told_of_no_other(
    disposals: Line, tmp_path: Path
) -> None:
    asking = []
    for command in commands():
        offers = disposals(*command, "--help").out
        if "--officer" in offers and "--audience" in offers:
            asking.append(command)
            to_file = ("-o", str(tmp_path / "out.ics")) if command[0] == "export" else ()
            line = (*command, "--officer", "Nobody", *to_file, "--audience")
            assert f"There are: {CANARY}" in disposals(*line, "officer").err, command
            for audience in ("public", "member"):
                said = disposals(*line, audience)
                assert (said.status, "No case is in the hands" in said.err) == (1, True), command
                assert [token for token in SEEN if token in said.out + said.err] == [], command
    # `open` asks who has the case; the agenda, the pace and the sheet are for officers alone.
    assert asking == [("list",), ("milestones",), ("gantt",), ("export", "calendar")]


def test_a_public_output_is_tried_for_every_command_that_exports() -> None:
    assert {each for each in commands() if each[0] == "export"} == {
        line[:2] for line, *_ in FILES if line[0] == "export"
    }


def test_a_public_output_is_tried_for_every_paper(disposals: Line) -> None:
    papers = {each for each in commands() if each[0] == "paper"}
    writing = {each for each in papers if "--output" in disposals(*each, "--help").out}
    tried = {line[:2] for line, *_ in FILES if line[0] == "paper"}
    assert writing == tried | OFFICERS_PAPERS | MEMBERS_PAPERS
    for each in OFFICERS_PAPERS:
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
