"""Of several who act on the same case at once exactly one wins, and the others are told."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count as counting
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from disposals import examples
from disposals.casework import moves
from disposals.database import check
from disposals.disclosure.audit import verified
from disposals.disclosure.cases import history
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions
from disposals.errors import ChangedMeanwhile, NoneReady
from disposals.records.bids import Bid
from disposals.records.cases import Disposal, HistoryEntry
from disposals.register import open_register
from disposals.storage.address import Address, Place, place_of
from tests.conftest import AT, stamp
from tests.places import as_it_is
from tests.postgres import Server
from tests.racing import ONE, RACES, Race

RACERS = (2, 4, 8, 16) if "DISPOSALS_RACES" in os.environ else (6,)


@pytest.fixture
def another_kent(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Makes copies of the Kent example; says the address of each."""
    number = counting(1)
    if not request.config.getoption("--postgres"):
        kent_file: Path = request.getfixturevalue("kent_file")
        yield lambda: str(shutil.copy(kent_file, tmp_path / f"kent-{next(number)}.sqlite"))
        return
    server: Server = request.getfixturevalue("server")
    made: list[Address] = []

    def in_database() -> str:
        made.append(server.database(f"raced_{next(number)}", tmp_path))
        examples.create("kent", made[-1], at=AT)
        return str(made[-1])

    yield in_database
    for number_, _ in enumerate(made, 1):
        server.run(f"DROP DATABASE raced_{number_} WITH (FORCE)")


@pytest.mark.parametrize("round_", range(2))
def test_racing_advances_from_the_same_sight_move_a_case_once(
    kent_place: Place, round_: int
) -> None:
    first = open_register(kent_place)
    seen = versions(first, ONE)

    def one(n: int) -> str:
        register = open_register(kent_place)
        try:
            moves.advance(register, ONE, stamp(by=f"Officer {n}"), seen=seen)
        except ChangedMeanwhile:
            return "changed"
        finally:
            register.close()
        return "moved"

    with ThreadPoolExecutor(8) as pool:
        ends = list(pool.map(one, range(8)))
    assert sorted(ends) == ["changed"] * 7 + ["moved"]
    acts = [e["act"] for e in history(first, ONE, audience=Audience.OFFICER)]
    assert acts.count("advance") == 1
    assert versions(first, ONE)[ONE] == seen[ONE] + 1 == len(acts), round_
    first.close()


@dataclass(frozen=True, slots=True)
class Racer:
    """What one of several processes was told."""

    number: int
    status: int
    said: str
    by_service: bool


@pytest.mark.parametrize("name", RACES)
def test_of_racing_processes_each_winner_is_recorded_once_and_each_loser_told(
    name: str, another_kent: Callable[[], str]
) -> None:
    """The services' racers have all looked at the case before the first of them acts."""
    race = RACES[name]
    addresses = {count: another_kent() for count in RACERS}
    before = {count: _entries(address, race) for count, address in addresses.items()}
    line = [sys.executable, "-m", "tests.racing", name]
    line += [f"{count}={address}" for count, address in addresses.items()]
    ran = subprocess.run(line, capture_output=True, text=True, check=True)
    for (count, address), told in zip(addresses.items(), json.loads(ran.stdout), strict=True):
        racers = [Racer(number, **each) for number, each in enumerate(told)]
        assert {racer.status for racer in racers} <= {0, 1}, ran.stdout
        winners = [racer for racer in racers if racer.status == 0]
        new = _entries(address, race)[len(before[count]) :]
        assert sorted(e["by"] for e in new) == sorted(f"Officer {w.number}" for w in winners)
        assert {e["act"] for e in new} == {race.act}
        first = [racer for racer in winners if racer.by_service]
        if name == "bids of several":
            assert len(winners) == count
            assert _bidders(address) >= {f"Bidder number {n}" for n in range(count)}
        else:
            assert len(first) <= 1, ran.stdout
            assert winners
        for loser in (racer for racer in racers if racer.status == 1):
            assert "Traceback" not in loser.said
            if loser.by_service or name == "advance":
                assert re.search(r"Officer \d+ recorded “.+” at \d\d:\d\d on ", loser.said)
                assert " stands at " in loser.said
        _is_sound(address)


def _entries(address: str, race: Race) -> list[dict[str, Any]]:
    register = open_register(place_of(address))
    try:
        return history(register, race.ref, audience=Audience.OFFICER)
    finally:
        register.close()


def _bidders(address: str) -> set[str]:
    register = open_register(place_of(address))
    try:
        with register.read() as session:
            return set(session.exec(select(Bid.bidder)))
    finally:
        register.close()


def _is_sound(address: str) -> None:
    """Every case's entries are numbered without a gap up to its version, and the chain holds."""
    register = open_register(place_of(address))
    try:
        found = verified(register)
        assert found.faults == ()
        with register.read() as session:
            for case in session.exec(select(Disposal)):
                numbers = session.exec(
                    select(HistoryEntry.no)
                    .where(HistoryEntry.disposal_ref == case.ref)
                    .order_by(col(HistoryEntry.no))
                ).all()
                assert list(numbers) == list(range(1, case.version + 1))
    finally:
        register.close()


def test_a_refused_move_writes_nothing(kent_place: Place) -> None:
    register = open_register(kent_place)
    two = "steele-avenue/part-2"
    before = as_it_is(kent_place)
    with pytest.raises(NoneReady):
        moves.advance(register, two, stamp(), seen=versions(register, two))
    register.close()
    assert as_it_is(kent_place) == before


def test_of_several_who_move_a_register_to_one_place_one_does(
    another_kent: Callable[[], str], tmp_path: Path
) -> None:
    start, to = another_kent(), tmp_path / "county.sqlite"
    line = [sys.executable, "-m", "disposals", "--register", start, "db", "move", str(to)]
    racers = [subprocess.Popen(line, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    told = [(racer.communicate()[1], racer.returncode) for racer in racers]
    assert sorted(status for _, status in told) == [0, 1, 1, 1], told
    for said, status in told:
        assert status == 0 or re.search("at this moment|register already|takes nothing", said), told
    assert all(finding.is_well for finding in check(to))
    assert [each.name for each in tmp_path.glob("county*")] == ["county.sqlite"]
