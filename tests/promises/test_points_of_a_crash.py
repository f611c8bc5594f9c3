"""All that an act says to its register is a point at which it is killed, whatever way it goes."""

from pathlib import Path

import pytest

from disposals.casework import cases
from disposals.disclosure.seen import versions
from disposals.register import open_register
from disposals.storage import sqlite
from tests.aftermath import Start
from tests.conftest import MakePlace, stamp

ONE = "steele-avenue/part-1"


@pytest.mark.usefixtures("path")
def test_what_goes_past_sqlalchemy_is_a_point_too(
    make_place: MakePlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    place = make_place(tmp_path, "kent")
    monkeypatch.setattr(sqlite, "_connected", sqlite._connected)
    Start(tmp_path).watch(said.append)
    register = open_register(place)
    cases.hold(register, ONE, stamp(), seen=versions(register, ONE)[ONE], because="Survey awaited")
    register.close()
    for written in ("INSERT INTO history_entry", "UPDATE disposal", "INSERT INTO ledger_entry"):
        assert any(each.startswith(written) for each in said), written
