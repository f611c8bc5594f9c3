"""What `--help` says of every command, on terminals as narrow as officers have."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from typer.main import get_command

from disposals.cli.main import COMMANDS, app
from tests.conftest import Said

Line = Callable[..., Said]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """A terminal of so many columns."""

    def make(width: int) -> None:
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setattr("typer.rich_utils.MAX_WIDTH", width)  # which is read once a process

    return make


@pytest.mark.parametrize("width", [60, 80])
def test_the_help_of_every_command_names_its_options_in_full(
    disposals: Line, terminal: Callable[[int], None], width: int
) -> None:
    terminal(width)
    root: Any = get_command(app)
    for name in COMMANDS:
        subject = root.get_command(None, name)
        acts = getattr(subject, "commands", {}).items()
        for line, command in [((name,), subject), *(((name, each), act) for each, act in acts)]:
            told = disposals(*line, "--help")
            assert told.status == 0
            assert not re.search(r"\w…", told.out), line
            typed = {each for option in command.params for each in option.opts}
            typed |= {each for option in command.params for each in option.secondary_opts}
            whole = set(re.findall(r"--[\w-]+", told.out))
            assert {each for each in typed if each.startswith("--")} <= whole, line


def test_where_all_names_fit_the_help_has_its_panels(
    disposals: Line, terminal: Callable[[int], None]
) -> None:
    terminal(80)
    assert "╭─ Options" in disposals("show", "--help").out
    assert "╭─ Options" not in disposals("bid", "add", "--help").out
