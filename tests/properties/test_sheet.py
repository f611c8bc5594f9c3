"""A programme that goes out to a spreadsheet comes back as it was, whatever it is called."""

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disposals.casework import opening, programme, sites
from disposals.casework.sheet import take
from disposals.disclosure.cases import history
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions
from disposals.disclosure.sheet import rows
from disposals.exports.sheet import write_sheet
from disposals.milestones import shown, when
from disposals.register import open_register
from disposals.vocabulary import SheetColumn
from tests.conftest import MakePlace, stamp

REF = "mill-lane"
TODAY = date(2021, 9, 30)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf"]), min_size=1, max_size=40
)
NAMES = TEXTS.filter(str.strip) | st.sampled_from(
    ["=1+1", "-2", "1,000", "1e5", "TRUE", "2022-07-15", "+cmd|' /C calc'!A0", "_x0041_", "é\n=b"]
)
SPANS = st.tuples(DAYS, st.integers(0, 800)).map(
    lambda span: shown(span[0], span[0] + timedelta(days=span[1]))
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sheets")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    told=st.lists(
        st.tuples(NAMES, SPANS), min_size=1, max_size=4,
        unique_by=lambda each: each[0].strip().casefold(),
    ),
    other=DAYS,
)  # fmt: skip
def test_out_and_in_again_is_no_change_and_one_new_date_is_one_forecast(
    make_place: MakePlace, folder: Path, told: list[tuple[str, str]], other: date
) -> None:
    sheet = folder / "programme.xlsx"
    (folder / "register.sqlite").unlink(missing_ok=True)
    register = open_register(make_place(folder, "empty"))
    sites.add_site(register, REF, {"name": "Land"}, stamp(TODAY))
    opening.open_case(register, REF, stamp(TODAY), name="Land", holds=[opening.Share(REF)])
    for name, written in told:
        programme.set_milestone(
            register, REF, name, when(written), stamp(TODAY), seen=versions(register, REF)[REF]
        )
    before = versions(register, REF)
    write_sheet(sheet, rows(register, None))
    untouched = take(register, sheet, stamp(TODAY), apply=True)
    assert (untouched.changes, untouched.unchanged) == ((), len(told))
    assert versions(register, REF) == before

    book = openpyxl.load_workbook(sheet)
    column = {name: no for no, name in enumerate(SheetColumn, start=1)}
    cells = book["Programme"]
    cells.cell(2, column[SheetColumn.FORECAST]).value = f"{other.day} {other:%B %Y}"
    cells.cell(2, column[SheetColumn.BECAUSE]).value = "Objections"
    book.save(sheet)
    was = when(told[0][1])
    if (was.earliest, was.latest) == (other, other):
        cells.cell(2, column[SheetColumn.BECAUSE]).value = None
        book.save(sheet)
        assert take(register, sheet, stamp(TODAY), apply=True).changes == ()
    else:
        assert len(take(register, sheet, stamp(TODAY), apply=False).changes) == 1
        assert versions(register, REF) == before
        take(register, sheet, stamp(TODAY), apply=True)
        last = history(register, REF, audience=Audience.OFFICER)[-1]
        assert (last["no"], last["act"]) == (before[REF] + 1, "milestone forecast")
        assert last["because"] == "Objections"
    register.close()
