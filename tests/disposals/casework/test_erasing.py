"""The name of someone who acted is erased: what they did stays, and the chain still verifies."""

from datetime import date

import pytest

from disposals.casework.acts import Stamp
from disposals.casework.cases import hold, resume
from disposals.casework.erasing import erase_name
from disposals.casework.opening import Share, open_case
from disposals.casework.recording import record
from disposals.casework.sites import add_site
from disposals.disclosure.audit import seal, verified
from disposals.disclosure.cases import history
from disposals.disclosure.fields import Audience
from disposals.errors import BadFact, NotAllowed, NotRecorded, StageWithoutHistory
from disposals.history.raw import raw_of
from disposals.register import Register
from tests.conftest import stamp
from tests.places import as_it_is

WHO = "published papers"
CLERK = stamp(by="Records Officer")


def told(register: Register) -> str:
    """All that stands in the register, as text."""
    register.close()  # so that nothing is still to be written
    return str(as_it_is(register.place))


def test_a_name_is_gone_and_every_seal_still_holds(kent: Register) -> None:
    before = seal(kent)
    assert WHO in told(kent)
    done = erase_name(kent, WHO, CLERK, because="Left the council")
    assert WHO not in told(kent)
    assert (done.rows > 100, done.left) == (True, ())
    assert verified(kent, [before]).faults == ()
    first, *_ = history(kent, "steele-avenue", audience=Audience.OFFICER)
    assert first["by"] == done.stands_as


def test_an_erasure_is_an_entry_of_its_own(kent: Register) -> None:
    entries = verified(kent).entries
    erase_name(kent, WHO, CLERK, because="Left the council")
    assert verified(kent).entries == entries + 1


def test_a_name_that_is_also_part_of_what_was_recorded_is_told_of(
    register: Register, mill_lane: str
) -> None:
    hold(register, mill_lane, stamp(), seen=1, because="Disposals Surveyor is ill")
    done = erase_name(register, "Disposals Surveyor", CLERK, because="Left the council")
    assert ("disposal", "held_because", 1) in done.left
    assert ("history_entry", "because", 1) in done.left


def test_a_name_is_told_of_as_a_word_however_it_is_kept(register: Register, mill_lane: str) -> None:
    who = 'Zoë "Bo" O\'Brien\\%s'
    facts = {"valuer": who, "value_pence": 100, "valued_on": date(2021, 9, 1)}
    record(register, mill_lane, "valuation", facts, stamp(by=who), seen=1)
    hold(register, mill_lane, stamp(), seen=2, because="The lane awaits a surveyor's Lancaster")
    left = erase_name(register, who, CLERK, because="Left the council").left
    assert ("valuation", "valuer", 1) in left
    assert ("history_entry", "details", 1) in left
    add_site(register, "verge", {"name": "Verge"}, stamp(by="Lan"))
    assert erase_name(register, "Lan", CLERK, because="Left the council").left == ()


def test_an_officer_is_one_however_an_accent_was_typed(register: Register) -> None:
    add_site(register, "verge", {"name": "Verge"}, stamp(by="Zoe\u0308"))
    add_site(register, "yard", {"name": "Yard"}, stamp(by="Zo\u00eb"))
    done = erase_name(register, "Zoe\u0308", CLERK, because="Left the council")
    assert done.rows == 2
    assert "Zo" not in told(register).replace("Zone", "")


def as_an_older_release_wrote(by: str) -> Stamp:
    """An officer at work, whose name is kept as it was typed."""
    typed = stamp(by=by)
    object.__setattr__(typed, "by", by)
    return typed


@pytest.mark.parametrize("asked", ["Zoe\u0308", "Zo\u00eb"])
def test_a_name_kept_with_an_accent_apart_is_found_however_it_is_typed(
    register: Register, asked: str
) -> None:
    add_site(register, "verge", {"name": "Verge"}, as_an_older_release_wrote("Zoe\u0308"))
    done = erase_name(register, asked, CLERK, because="Left the council")
    assert (done.stands_as, done.rows) == ("(name 1 erased)", 1)
    assert verified(register).faults == ()


@pytest.mark.parametrize("asked", ["Zoe\u0308", "Zo\u00eb"])
def test_a_name_kept_in_two_spellings_is_erased_in_both(
    register: Register, mill_lane: str, asked: str
) -> None:
    add_site(register, "verge", {"name": "Verge"}, as_an_older_release_wrote("Zoe\u0308"))
    add_site(register, "yard", {"name": "Yard"}, stamp(by="Zo\u00eb"))
    hold(register, mill_lane, stamp(), seen=1, because="Zo\u00eb is ill")
    hold_again = stamp(date(2021, 10, 1))
    resume(register, mill_lane, hold_again, seen=2)
    hold(register, mill_lane, hold_again, seen=3, because="Zoe\u0308 is ill")
    before = verified(register).entries
    done = erase_name(register, asked, CLERK, because="Left the council")
    assert (done.stands_as, done.rows) == ("(name 2 erased) and (name 3 erased)", 2)
    assert ("history_entry", "because", 2) in done.left
    found = verified(register)
    assert (found.faults, found.entries) == ((), before + 1)
    with pytest.raises(NotRecorded):
        erase_name(register, asked, CLERK, because="Left the council")


def test_nobody_erases_their_own_name_in_another_spelling(register: Register) -> None:
    add_site(register, "verge", {"name": "Verge"}, as_an_older_release_wrote("Zoe\u0308"))
    with pytest.raises(NotAllowed, match="someone other than"):
        erase_name(register, "Zoe\u0308", stamp(by="Zo\u00eb"), because="Left the council")


@pytest.mark.parametrize(
    ("name", "because", "refusal"),
    [
        ("Nobody", "Left the council", NotRecorded),
        ("Records Officer", "Left the council", NotRecorded),
        (WHO, None, BadFact),
    ],
)
def test_what_can_not_be_erased(
    kent: Register, name: str, because: str | None, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        erase_name(kent, name, CLERK, because=because)


@pytest.mark.parametrize("written", [WHO, f" {WHO}\x1f"])
def test_nobody_erases_their_own_name(kent: Register, written: str) -> None:
    with pytest.raises(NotAllowed, match="someone other than"):
        erase_name(kent, WHO, stamp(by=written), because="Left the council")


def test_a_case_whose_officer_was_erased_goes_on(register: Register) -> None:
    add_site(register, "mill-lane", {"name": "Mill Lane"}, stamp())
    land = [Share("mill-lane")]
    ann = stamp(by="Ann")  # what she recorded bears what stands for her name, as her case does
    open_case(register, "mill-lane", ann, name="Mill Lane", holds=land, officer="Ann")
    before = verified(register).entries
    done = erase_name(register, "Ann", CLERK, because="Left the council")
    hold(register, "mill-lane", stamp(by="Bob"), seen=1, because="Survey awaited")
    found = verified(register)
    assert (found.faults, found.entries) == ((), before + 2)
    erase_name(register, "Bob", CLERK, because="Left the council")
    resume(register, "mill-lane", stamp(), seen=2)
    assert verified(register).faults == ()
    add_site(register, "verge", {"name": "The verge"}, stamp())
    for name in (done.stands_as, "  "):
        with pytest.raises(BadFact, match="Give"):
            stamp(by=name)
        with pytest.raises(BadFact, match="Give"):
            open_case(register, "x", stamp(), name="X", holds=[Share("verge")], officer=name)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE history_entry SET by = '(name 1 erased)'",
        "UPDATE person SET name = NULL, salt = NULL",
        "UPDATE person SET name = 'Someone else' WHERE id = 2",
        "UPDATE bid SET recorded_by = '(name 1 erased)', bidder = 'Someone else'",
        "DELETE FROM erasure",
        "DELETE FROM ledger_entry WHERE no = 3",
        "UPDATE ledger_entry SET because = 'x'",
        "UPDATE disposal SET officer = '(name 1 erased)'",
    ],
)
def test_the_register_lets_a_name_give_way_to_nothing_but_its_erasure(
    kent: Register, change: str
) -> None:
    erase_name(kent, "Disposals Surveyor", CLERK, because="Left the council")
    with (
        pytest.raises(StageWithoutHistory, match=r"never altered|never assigned"),
        kent.write() as session,
    ):
        raw_of(session.connection()).execute(change)
