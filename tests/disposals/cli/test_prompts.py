"""A recording command run by hand without options asks for what it needs, on a real terminal."""

import os
import pty
import select
import subprocess
import sys

from disposals.storage.address import Place

ONE = "steele-avenue/part-1"
_PATIENCE_S = 20


def typed(place: Place, line: tuple[str, ...], *answers: str) -> tuple[int, str]:
    """Run a command on a terminal and answer each prompt; its exit status and what it showed."""
    told = {
        "DISPOSALS_REGISTER": str(place),
        "DISPOSALS_USER": "Disposals Surveyor",
        "TERM": "dumb",
    }
    told["TERM"] = "dumb"
    terminal, theirs = pty.openpty()
    shown, asked = b"", list(answers)
    with subprocess.Popen(
        [sys.executable, "-m", "disposals", *line],
        stdin=theirs, stdout=theirs, stderr=theirs, env=os.environ | told,
        start_new_session=True,
    ) as process:  # fmt: skip
        os.close(theirs)
        while select.select([terminal], [], [], _PATIENCE_S)[0]:
            try:
                read = os.read(terminal, 4096)
            except OSError:  # the terminal is gone when the command has ended
                break
            shown += read
            if asked and shown.endswith(b": "):
                os.write(terminal, f"{asked.pop(0)}\n".encode())
        else:
            process.kill()
    os.close(terminal)
    return process.returncode, shown.decode(errors="replace")


def test_a_valuation_is_asked_for_field_by_field_until_it_can_be_right(kent_place: Place) -> None:
    status, shown = typed(
        kent_place, ("valuation", "add", ONE), "An independent valuer", "a lot", "£1,250,000", "",
    )  # fmt: skip
    assert status == 0, shown
    assert "value: “a lot” is not an amount of money" in shown
    assert f"{ONE}: valuation recorded, 30 September 2021." in shown


def test_what_is_required_is_asked_for_again(kent_place: Place) -> None:
    status, shown = typed(kent_place, ("valuation", "add", ONE), "", "A valuer", "5", "")
    assert status == 0, shown
    assert "valuer: it is asked for." in shown


def test_a_correction_asks_what_is_right_and_why(kent_place: Place) -> None:
    typed(kent_place, ("valuation", "add", ONE), "A valuer", "1250000", "")
    # Blank keeps what stands; what can't be right is asked for again.
    kept = ("", "much", "1275000", "", "", "", "", "2021-09-01", "Misread")
    status, shown = typed(kent_place, ("valuation", "edit", ONE, "valuation-1"), *kept)
    assert status == 0, shown
    assert "value: “much” is not an amount of money" in shown
    assert "correction of valuation-1 recorded" in shown
    _, shown = typed(kent_place, ("valuation", "show", ONE, "valuation-2"))
    assert "value: £1,275,000" in shown
    assert "valued on: 1 September 2021" in shown


def test_what_is_beyond_its_limits_is_asked_for_at_once_and_nothing_typed_is_lost(
    kent_place: Place,
) -> None:
    status, shown = typed(
        kent_place, ("bid", "criterion", ONE), "Design", "120", "100", "",
    )  # fmt: skip
    assert status == 0, shown
    assert "weight percent * – Its weight, of 100: 120" in shown
    assert "weight-percent: 120 is more than 100." in shown


def test_a_line_that_leaves_out_what_is_needed_is_asked_for_that_alone(kent_place: Place) -> None:
    status, shown = typed(kent_place, ("valuation", "add", ONE, "--value", "5"), "A valuer")
    assert status == 0, shown
    assert "valuer * – The valuer: A valuer" in shown
    assert "basis" not in shown


def test_the_passphrases_of_the_openers_are_not_shown_as_they_are_typed(kent_place: Place) -> None:
    two = "steele-avenue/part-2"
    typed(
        kent_place,
        ("campaign", "add", two, "--method", "informal tender", "--agent", "An agent"),
    )
    openers = ("--opener", "Head of Property", "--opener", "Head of Law")
    secret = ("first secret", "first secret", "second secret", "second secret")
    status, shown = typed(kent_place, ("campaign", "seal", two, *openers), *secret)
    assert status == 0, shown
    assert "Passphrase of Head of Law" in shown
    assert "seal of the campaign recorded" in shown
