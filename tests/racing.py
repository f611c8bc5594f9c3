"""Several processes that do the same to the same case at once, and what became of each.

Run as a program of its own: `python -m tests.racing ACT COUNT=ADDRESS…` lets so many processes race
at each register, half of them through the services and half by the command line. It prints, for
each register, what each was told, as JSON.
"""

import json
import os
import shlex
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from disposals.casework import moves, recording, splitting, waivers
from disposals.casework.acts import Stamp
from disposals.casework.sites import Provenance
from disposals.cli.main import run
from disposals.disclosure.seen import versions, versions_of_site
from disposals.errors import DisposalsError
from disposals.register import Register, open_register
from disposals.vocabulary import Origin
from sites.errors import SiteError
from tests.conftest import stamp

ONE, TWO = "steele-avenue/part-1", "steele-avenue/part-2"
_LONGEST_S = 120
_Seen = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Race:
    """What is raced for.

    Attributes:
        ref: the case.
        act: as the history tells it.
        sees: the versions that an officer is shown before the act.
        does: the act through the services, given the number of the racer.
        line: the same as typed after `disposals`, with {n} for the number.
    """

    ref: str
    act: str
    sees: Callable[[Register], _Seen]
    does: Callable[[Register, _Seen, Stamp, int], None]
    line: str


def _advance(register: Register, seen: _Seen, by: Stamp, _: int) -> None:
    moves.advance(register, ONE, by, seen=seen, to="heads_of_terms")


def _waive(register: Register, seen: _Seen, by: Stamp, _: int) -> None:
    waivers.waive(
        register, "wayfarers", "surplus.circulated", by, seen=seen["wayfarers"],
        authority="Cabinet", because="Known to all",
    )  # fmt: skip


def _same_bid(register: Register, seen: _Seen, by: Stamp, n: int) -> None:
    facts = {"bidder": "Bidder G", "price_pence": 90_000_000 + n}
    recording.record(register, ONE, "bid", facts, by, seen=seen[ONE])


def _own_bid(register: Register, seen: _Seen, by: Stamp, n: int) -> None:
    facts = {"bidder": f"Bidder number {n}", "price_pence": 90_000_000 + n}
    recording.record(register, ONE, "bid", facts, by, seen=seen[ONE])


def _split(register: Register, seen: _Seen, by: Stamp, _: int) -> None:
    origin = Provenance(
        source="Sketch", because="Sold in two", origin=Origin.DERIVED, effective_from=by.on,
        effective_as_written="30 September 2021",
    )  # fmt: skip
    splitting.split(register, TWO, [], origin, by, seen=seen, cut=splitting.Cut(area_m2=1_000.0))


def _of(ref: str) -> Callable[[Register], _Seen]:
    return lambda register: versions(register, ref)


RACES: Mapping[str, Race] = {
    "advance": Race(ONE, "advance", _of(ONE), _advance, f"advance {ONE} --to heads_of_terms"),
    "waive": Race(
        "wayfarers", "waive", _of("wayfarers"), _waive,
        "waive wayfarers surplus.circulated --authority Cabinet --because 'Known to all'",
    ),
    "bid of one bidder": Race(
        ONE, "bid received", _of(ONE), _same_bid,
        f"bid add {ONE} --bidder 'Bidder G' --price £90000{{n}}",
    ),
    "bids of several": Race(
        ONE, "bid received", _of(ONE), _own_bid,
        f"bid add {ONE} --bidder 'Bidder number {{n}}' --price £90000{{n}}",
    ),
    "split": Race(
        TWO, "site split", lambda register: versions_of_site(register, "steele-avenue"), _split,
        f"site split {TWO} --area 0.1ha --because 'Sold in two' --source Sketch",
    ),
}  # fmt: skip


def main() -> None:
    """Race as the line that called this program says."""
    races = (each.partition("=") for each in sys.argv[2:])
    sys.stdout.write(
        json.dumps([_raced(RACES[sys.argv[1]], int(count), address) for count, _, address in races])
    )


def _raced(race: Race, count: int, address: str) -> list[dict[str, Any]]:
    """Let processes loose at one moment; what each was told, in the order of their numbers."""
    waits, starts = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        ready, children = [], []
        for n in range(count):
            sees, shows = os.pipe()
            child = os.fork()
            if child == 0:
                os.close(starts)
                signal.alarm(_LONGEST_S)
                _ride(race, n, address, waits, shows, Path(folder, str(n)))
            os.close(shows)
            ready.append(sees)
            children.append(child)
        for each in ready:  # closed by each racer that has looked at the case
            os.read(each, 1)
            os.close(each)
        os.close(starts)
        os.close(waits)
        for child in children:
            os.waitpid(child, 0)
        return [_heard(Path(folder, str(n))) for n in range(count)]


def _heard(path: Path) -> dict[str, Any]:
    if path.exists():
        return cast("dict[str, Any]", json.loads(path.read_text()))
    return {"status": "hung", "said": "", "by_service": False}


def _ride(race: Race, n: int, address: str, waits: int, shows: int, tells: Path) -> None:
    by_service = n % 2 == 0
    said = tells.with_suffix(".said")
    for stream in (1, 2):
        os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND), stream)
    status, words = 70, ""
    try:
        if by_service:
            register = open_register(Path(address))
            seen = race.sees(register)
            os.close(shows)
            os.read(waits, 1)
            try:
                race.does(register, seen, stamp(by=f"Officer {n}"), n)
                status = 0
            except (DisposalsError, SiteError) as error:
                status, words = 1, str(error)
        else:
            os.environ |= {"DISPOSALS_REGISTER": address, "DISPOSALS_USER": f"Officer {n}"}
            os.close(shows)
            os.read(waits, 1)
            run(shlex.split(race.line.format(n=n)))
    except SystemExit as left:
        status = int(left.code or 0)
    finally:
        with suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
            words += said.read_text()
            told = {"status": status, "said": words, "by_service": by_service}
            tells.with_suffix(".new").write_text(json.dumps(told))
            tells.with_suffix(".new").replace(tells)
        os._exit(0)


if __name__ == "__main__":
    main()
