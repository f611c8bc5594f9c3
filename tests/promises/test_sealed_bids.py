"""What bidders offered is read by nobody, not even in the bytes on the disk, before the opening."""

import csv
import io
import itertools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from disposals.cli.main import COMMANDS, app
from disposals.storage.address import Place
from tests.conftest import Said
from tests.places import as_it_is

Line = Callable[..., Said]
REF = "mill-lane"
OPENERS = ("--opener", "Head of Property", "--opener", "Monitoring Officer")
SECRETS = "correct horse battery\nstaple of the council\n"
PENCE = 123_456_789
WORDS = "zxqcanary"
# The price as anyone might write it, the words of the offer, and what follows from both.
SEEN = ("123456789", "1,234,567.89", "1234567.89", WORDS, "246913578", "£2,469,135.78")
OFFER = {
    "bidder": "Canary Homes",
    "price": "1234567.89",
    "deposit": "1234567.89",
    "conditions": f"Subject to {WORDS} conditions",
    "overage": f"{WORDS} overage",
    "proof-of-funds": f"{WORDS} bank",
    "payments": "50% now; 50% after 12 months",
}
pytestmark = pytest.mark.usefixtures("mill_lane")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, disposals: Line) -> Callable[..., Said]:
    """A command with what is typed on its standard input."""

    def call(*line: str, stdin: str = SECRETS) -> Said:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        return disposals(*line)

    return call


@pytest.fixture
def campaign(disposals: Line) -> None:
    """Marketing of Mill Lane by formal tender; offers close on 1 March 2021 at noon."""
    said = disposals(
        "campaign", "add", REF, "--method", "formal tender", "--agent", "Agents LLP",
        "--closes-on", "2021-03-01", "--closes-at", "12:00", "--late-rule", "refuse",
        "--on", "2021-02-01",
    )  # fmt: skip
    assert said.status == 0, said.err


@pytest.fixture
def sealed(campaign: None, typed: Callable[..., Said]) -> None:  # noqa: ARG001
    """The same, sealed."""
    said = typed("campaign", "seal", REF, *OPENERS, "--on", "2021-02-02")
    assert said.status == 0, said.err


def offers(disposals: Line, bidder: str = "Canary Homes", on: str = "2021-02-15") -> Said:
    """The offer comes in, as the command line takes it."""
    told = [word for name, value in OFFER.items() for word in (f"--{name}", value)]
    return disposals("bid", "add", REF, *told, "--bidder", bidder, "--on", on)


def on_the_disk(folder: Path) -> bytes:
    """Every byte in a folder: the register's journals, documents and copies too."""
    return b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file())


def found_in(content: bytes) -> list[str]:
    """What of the offer stands in some bytes."""
    return [token for token in SEEN if token.encode() in content]


def commands() -> Iterator[tuple[str, ...]]:
    """Every command that there is."""
    root: Any = get_command(app)
    context = root.make_context("disposals", [], resilient_parsing=True)
    for name in COMMANDS:
        inner = getattr(root.get_command(context, name), "commands", {})
        yield from ((name, each) for each in inner) if inner else [(name,)]


def ways_to_ask(tmp_path: Path) -> Iterator[tuple[str, ...]]:
    """Every command on the case, with and without --json, with a file where one may be written.

    Those that record something are refused for want of facts, and may say of the case why.
    """
    files = itertools.count()
    for command in commands():
        if command in {("init",), ("upgrade",), ("withdraw",), ("bid", "open")}:
            continue
        for rest in ((REF,), (REF, "--json"), (REF, "bid-1"), (REF, "--audience", "officer"), ()):
            yield (*command, *rest)
        for suffix in ("pdf", "csv", "gpkg", "geojson", "docx", "svg"):
            yield (*command, REF, "-o", str(tmp_path / f"out-{next(files)}.{suffix}"))


def test_without_a_seal_the_offer_is_there_to_be_found(
    campaign: None,  # noqa: ARG001
    disposals: Line,
    path: Path,
) -> None:
    assert offers(disposals).status == 0
    assert {"123456789", WORDS} <= set(found_in(on_the_disk(path.parent)))
    assert WORDS in disposals("bid", "list", REF).out


def test_a_sealed_offer_is_nowhere_on_the_disk(
    sealed: None,  # noqa: ARG001
    disposals: Line,
    path: Path,
) -> None:
    assert offers(disposals).status == 0
    assert offers(disposals, on="2021-02-20").status == 0  # another in its place
    assert found_in(on_the_disk(path.parent)) == []


def test_a_sealed_offer_from_a_spreadsheet_is_nowhere_on_the_disk(
    sealed: None,  # noqa: ARG001
    disposals: Line,
    path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    sheet = tmp_path_factory.mktemp("elsewhere") / "offers.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["disposal", *OFFER])
        writer.writeheader()
        writer.writerow({"disposal": REF, **OFFER})
    said = disposals("bid", "add", "--from", str(sheet), "--on", "2021-02-15")
    assert said.status == 0, said.err
    assert found_in(on_the_disk(path.parent) + (said.out + said.err).encode()) == []


def test_no_command_tells_of_a_sealed_offer(
    sealed: None,  # noqa: ARG001
    disposals: Line,
    path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    offers(disposals)
    elsewhere = tmp_path_factory.mktemp("written")
    monkeypatch.chdir(elsewhere)
    answered = 0
    for line in ways_to_ask(elsewhere):
        said = disposals(*line)
        assert found_in((said.out + said.err).encode()) == [], line
        answered += said.status == 0
    assert answered > 40  # questions that were answered, not only refused
    assert found_in(on_the_disk(elsewhere) + on_the_disk(path.parent)) == []
    (bid,) = disposals("bid", "list", REF, "--json").json
    assert bid["sealed"] == "sealed until the opening"
    assert "sealed until the opening" in disposals("bid", "evaluate", REF).out


def test_an_offer_that_is_refused_leaves_nothing_behind(
    sealed: None,  # noqa: ARG001
    disposals: Line,
    place: Place,
) -> None:
    before = as_it_is(place)
    late = offers(disposals, on="2021-03-02")
    assert late.status == 1
    assert "return it unopened" in late.err
    assert as_it_is(place) == before


@pytest.mark.parametrize(
    ("openers", "secrets", "on", "said"),
    [
        (("Head of Property",), SECRETS, "2021-03-02", "together, and by nobody else"),
        (("Head of Property",) * 2, SECRETS, "2021-03-02", "together, and by nobody else"),
        (("Head of Property", "A passer-by"), SECRETS, "2021-03-02", "and by nobody else"),
        (OPENERS[1::2], "correct horse battery\nwrong in the end\n", "2021-03-02", "passphrase"),
        (OPENERS[1::2], "correct horse battery\n", "2021-03-02", "2 passphrases"),
        (OPENERS[1::2], SECRETS, "2021-02-20", "1 March 2021"),
    ],
    ids=["one", "one twice", "a stranger", "a wrong passphrase", "one passphrase", "too early"],
)
def test_an_opening_that_is_not_as_agreed_opens_nothing(
    sealed: None,  # noqa: ARG001
    disposals: Line,
    typed: Callable[..., Said],
    place: Place,
    openers: tuple[str, ...],
    secrets: str,
    on: str,
    said: str,
) -> None:
    offers(disposals)
    before = as_it_is(place)
    named = [word for opener in openers for word in ("--opener", opener)]
    refused = typed("bid", "open", REF, *named, "--on", on, stdin=secrets)
    assert refused.status == 1, refused.out
    assert said in refused.err
    assert found_in((refused.out + refused.err).encode()) == []
    assert as_it_is(place) == before


def test_after_the_opening_officers_read_the_offer_and_the_public_does_not(
    sealed: None,  # noqa: ARG001
    disposals: Line,
    typed: Callable[..., Said],
) -> None:
    offers(disposals)
    said = typed("bid", "open", REF, *OPENERS, "--on", "2021-03-01")
    assert said.status == 0, said.err
    entries = disposals("bid", "list", REF, "--json").json
    (bid,) = (entry for entry in entries if entry["entry"].startswith("bid-"))
    assert bid["price_pence"] == PENCE
    assert WORDS in bid["conditions"]
    (offer,) = disposals("bid", "evaluate", REF, "--json").json["offers"]
    assert offer["price"] == PENCE
    for line in (("show", REF), ("history", REF), ("list",)):
        told = disposals(*line, "--audience", "public", "--json")
        assert found_in(told.out.encode()) == []
