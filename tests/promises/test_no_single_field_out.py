"""A field that is classified exempt by itself, in an entry that is open, leaves by no output.

Every kind of evidence has an entry on a whole and on a part, and every field of it that can be
shown and that words, a day or a sum can be told by stands under a value of its own. In each round
every entry has some of its fields exempt, so that none hides behind another for long.
"""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, get_args

import pytest

from disposals.disclosure.fields import openable
from disposals.records import evidence_kinds
from disposals.records.base import Evidence
from tests.conftest import Said
from tests.outputs import PUBLIC, all_that_is_in, ask_and_attach, for_members

Line = Callable[..., Said]
ROUNDS = 5
REFS = ("steele-avenue", "steele-avenue/part-1")
# By these rows are joined; an entry without them is of nothing.
JOINED_BY: Mapping[str, object] = {
    "number": "21/00100", "campaign_no": 1, "site_ref": "steele-avenue", "part_no": 1,
    "option_no": "4.1.1", "subject": "4.1.1", "terms_version": 1, "milestone_no": 1,
    "after_no": 2, "no": 1, "bidder": "Bidder A", "paper": "report", "section": "planning",
    "scored": "option", "boundary_revision": 1, "gate": "bids.opened", "entry": 1,
}  # fmt: skip
# They stand in lines made of several rows, and are open or exempt as a whole; or are no entries.
NOT_BY_FIELD = {
    "milestone", "milestone_date", "milestone_link", "milestone_condition", "classification",
    "document", "information_request",
}  # fmt: skip
FAR_DAY = date(2061, 1, 1)
FEW_PENCE = 7_310_000_000


@dataclass(frozen=True)
class Token:
    """A value by which one field of one kind is known again, and the forms in which it is told."""

    kind: str
    field: str
    value: object

    @property
    def forms(self) -> list[str]:
        """As it may stand in an output."""
        if isinstance(self.value, date):
            return [
                f"{self.value:%Y-%m-%d}", f"{self.value:%Y%m%d}",
                f"{self.value.day} {self.value:%B %Y}", f"{self.value.day} {self.value:%b %Y}",
            ]  # fmt: skip
        if isinstance(self.value, int):
            return [str(self.value), str(self.value // 100), f"{self.value // 100:,}"]
        return [str(self.value)]


def annotated(kind: type[Evidence], field: str) -> type:
    """The type of a field, without its being optional."""
    told: Any = kind.model_fields[field].annotation
    if isinstance(told, UnionType):
        (told,) = (each for each in get_args(told) if each is not type(None))
    return told  # type: ignore[no-any-return]


def tokens() -> list[Token]:
    """A value for each field that can be shown, and that is told by words, a day or a sum."""
    found: list[Token] = []
    for name, kind in evidence_kinds().items():
        for field in sorted(openable(name) - Evidence.model_fields.keys() - JOINED_BY.keys()):
            told, at = annotated(kind, field), len(found)
            if name in NOT_BY_FIELD or field not in kind.model_fields:
                continue
            if told is str:
                found.append(Token(name, field, f"zxq{at:03}x"))
            elif told is date:
                found.append(Token(name, field, FAR_DAY + timedelta(days=at)))
            elif told is int and field.endswith("_pence"):
                found.append(Token(name, field, FEW_PENCE + at * 1_000_00))
    return found


def written(value: object) -> object:
    """A value as a register keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def plain(kind: type[Evidence], field: str) -> object:
    """A value of which nothing is asked."""
    told = annotated(kind, field)
    if field in JOINED_BY:
        return JOINED_BY[field]
    if not kind.model_fields[field].is_required():
        default = kind.model_fields[field].default
        return str(default) if isinstance(default, StrEnum) else default
    if issubclass(told, StrEnum):
        return str(next(iter(told)))
    values: dict[type, object] = {str: "words", date: "2021-09-01", bool: 1, int: 7, float: 7.0}
    return "2021-09-01 09:00:00.000000" if told is datetime else values[told]


@pytest.fixture(scope="module")
def made(kent_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Kent example with an open entry of every kind, and in every field a value of its own."""
    path = tmp_path_factory.mktemp("planted") / "register.sqlite"
    shutil.copy(kent_file, path)
    ask_and_attach(path, "zxq-of-a-document", path.parent)
    by_kind: dict[str, list[Token]] = {}
    for token in tokens():
        by_kind.setdefault(token.kind, []).append(token)
    with sqlite3.connect(path) as register:
        triggers = register.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            register.execute(f"DROP TRIGGER {name}")
        for name, own in by_kind.items():
            kind = evidence_kinds()[name]
            for ref in REFS:
                at = _entry(register, kind, ref)
                for token in own:
                    register.execute(
                        f"UPDATE {name} SET {token.field} = ? WHERE id = ?",  # noqa: S608
                        (written(token.value), at),
                    )
                _classify(register, name, at, ref, None, "open")
        register.execute("UPDATE bid SET sealed = NULL")
    register.close()
    return path


@pytest.fixture
def planted(made: Path, path: Path) -> Path:
    """A copy of it with its documents, in the place of the test's register."""
    shutil.copytree(made.parent, path.parent, dirs_exist_ok=True)
    return path


def _entry(register: sqlite3.Connection, kind: type[Evidence], ref: str) -> int:
    """The number of an entry of a kind on a case, recorded here where there is none."""
    name = kind.__tablename__
    there = register.execute(
        f"SELECT max(id) FROM {name} WHERE disposal_ref = ?",  # noqa: S608
        (ref,),
    ).fetchone()[0]
    if there is None:
        facts = {field: plain(kind, field) for field in kind.model_fields if field != "id"}
        facts |= {"disposal_ref": ref, "replaces": None}
        columns = ", ".join(facts)
        marks = ", ".join("?" * len(facts))
        made = register.execute(
            f"INSERT INTO {name} ({columns}) VALUES ({marks})",  # noqa: S608
            tuple(facts.values()),
        )
        there = made.lastrowid
    register.execute(
        f"UPDATE {name} SET disclosure = 'open' WHERE id = ?",  # noqa: S608
        (there,),
    )
    assert isinstance(there, int)
    return there


def _classify(
    register: sqlite3.Connection, kind: str, at: int, ref: str, field: str | None, verdict: str
) -> None:
    """Declare an entry or a field, exempt as legal advice, which members may not see either."""
    told = {
        "disposal_ref": ref, "recorded_on": "2021-09-30", "recorded_by": "Officer",
        "recorded_at": "2021-09-30 09:00:00.000000", "disclosure": "exempt", "kind": kind,
        "entry": at, "field": field, "verdict": verdict, "because": "Compared.",
        "paragraphs": "5" if verdict == "exempt" else None, "is_illustrative": 0,
    }  # fmt: skip
    register.execute(
        f"INSERT INTO classification ({', '.join(told)}) VALUES ({', '.join('?' * len(told))})",  # noqa: S608
        tuple(told.values()),
    )


def withhold(path: Path, kept: list[Token]) -> None:
    """Declare the fields of some tokens exempt, one by one, in entries that are open."""
    with sqlite3.connect(path) as register:
        for token in kept:
            for ref in REFS:
                at = _entry(register, evidence_kinds()[token.kind], ref)
                _classify(register, token.kind, at, ref, token.field, "exempt")
    register.close()


def told(disposals: Line, folder: Path, *, audience: str, every: bool = False) -> Iterator[bytes]:
    """What the outputs for an audience say, each as it is and unpacked."""
    for line in PUBLIC:
        if "--json" in line and (audience == "public" or "--audience" in line):
            said = disposals(*(audience if word == "public" else word for word in line))
            assert said.status == 0, (line, said.err)
            yield (said.out + said.err).encode()
    forms = ("docx", "html") if every else ("html",)
    wanted = files(folder, every=every) if audience == "public" else for_members(folder, forms)
    for line, out in wanted:
        said = disposals(*line)
        assert said.status == 0, (line, said.err)
        yield all_that_is_in(out) + said.err.encode()


def files(folder: Path, *, every: bool) -> Iterator[tuple[tuple[str, ...], Path]]:
    """The files for the public: papers, lists, calendars and maps, in one form each or in two."""
    lines = [
        (("paper", "report", "steele-avenue"), "html"),
        (("paper", "record", "21/00100"), "html"),
        (("paper", "notice", "21/00100"), "html"),
        (("paper", "options", "steele-avenue", "--audience", "public"), "html"),
        (("programme",), "html"),
        (("export", "calendar"), "ics"),
    ]
    more = [
        *((line, "docx") for line, _ in lines[:4]),
        (("paper", "record", "21/00100"), "pdf"),
        (("paper", "summary", "steele-avenue"), "html"),
        (("programme", "--forthcoming"), "docx"),
        (("programme",), "ics"),
        (("gantt", "--audience", "public"), "svg"),
        (("export", "geojson"), "geojson"),
        (("receipts", "--audience", "public"), "xlsx"),
        (("foi", "bundle", "FOI-1"), "zip"),
    ]
    for line, form in [*lines, *more] if every else lines:
        out = folder / f"out.{form}"
        yield (*line, "-o", str(out)), out


def leaked(kept: list[Token], outputs: Iterator[bytes]) -> set[tuple[str, str]]:
    """The fields whose values stand in any of the outputs."""
    sought = [(token, form.encode()) for token in kept for form in token.forms]
    return {
        (token.kind, token.field)
        for output in outputs
        for token, form in sought
        if form in output and _stands_alone(form, output)
    }


def _stands_alone(form: bytes, output: bytes) -> bool:
    """Whether a form is more than the end of another day or sum."""
    return re.search(rb"(?<![0-9])" + re.escape(form) + rb"(?![0-9])", output) is not None


@pytest.mark.usefixtures("planted")
def test_every_value_is_there_to_be_found_while_nothing_is_withheld(
    disposals: Line, tmp_path: Path
) -> None:
    every = tokens()
    assert len(every) > 150
    assert len({token.kind for token in every}) > 35
    lines = [("disclose", ref, "--audience", "public", "--json") for ref in REFS]
    assert leaked(every, (disposals(*line).out.encode() for line in lines)) == {
        (token.kind, token.field) for token in every
    }
    elsewhere = [
        out for out in told(disposals, tmp_path, audience="public") if b'"open"' not in out
    ]
    assert len(leaked(every, iter(elsewhere))) > 60


@pytest.mark.parametrize("which", range(ROUNDS))
def test_a_field_that_is_exempt_by_itself_is_told_by_no_output(
    disposals: Line, planted: Path, tmp_path: Path, which: int
) -> None:
    kept = [token for at, token in enumerate(tokens()) if at % ROUNDS == which]
    withhold(planted, kept)
    for audience in ("public", "member"):
        assert leaked(kept, told(disposals, tmp_path, audience=audience)) == set()


def test_all_of_them_at_once_are_told_by_no_file(
    disposals: Line, planted: Path, tmp_path: Path
) -> None:
    kept = tokens()
    withhold(planted, kept)
    for audience in ("public", "member"):
        assert leaked(kept, told(disposals, tmp_path, audience=audience, every=True)) == set()
