"""Of several who act on the same case at once exactly one wins, and the others are told."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from disposals.casework import moves
from disposals.disclosure.cases import history
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions
from disposals.errors import ChangedMeanwhile, NoneReady
from disposals.register import open_register
from disposals.storage.address import Place
from tests.conftest import stamp
from tests.places import as_it_is

ONE = "steele-avenue/part-1"


@pytest.mark.parametrize("round_", range(5))
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


def test_racing_processes_never_move_a_case_twice(kent_place: Place) -> None:
    line = [sys.executable, "-m", "disposals", "advance", ONE, "--to", "heads_of_terms"]
    environment = os.environ | {"DISPOSALS_REGISTER": str(kent_place)}
    racing = [
        subprocess.Popen(
            line, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    told = [process.communicate()[1] for process in racing]
    assert sorted(process.returncode for process in racing) == [0, 1, 1, 1]
    assert all("Traceback" not in words for words in told)
    register = open_register(kent_place)
    acts = [e["act"] for e in history(register, ONE, audience=Audience.OFFICER)]
    register.close()
    assert acts.count("advance") == 1


def test_a_refused_move_writes_nothing(kent_place: Place) -> None:
    register = open_register(kent_place)
    two = "steele-avenue/part-2"
    before = as_it_is(kent_place)
    with pytest.raises(NoneReady):
        moves.advance(register, two, stamp(), seen=versions(register, two))
    register.close()
    assert as_it_is(kent_place) == before
