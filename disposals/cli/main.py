"""The command `disposals`: each command's module is loaded when that command is called."""

import os
import re
import sys
from contextlib import redirect_stdout
from difflib import get_close_matches
from importlib import import_module
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import Annotated, Any, Literal, TextIO

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from disposals import __version__
from disposals.cli import output
from disposals.errors import DisposalsError
from disposals.words import listed, wrong
from sites.errors import SiteError
from workflows.errors import WorkflowError

# Command → (module, name of the Typer app in it). A name of "" is a command of the root.
COMMANDS = {
    "init": ("start", ""),
    "backup": ("keeping", ""),
    "restore": ("keeping", ""),
    "db": ("db", "db"),
    "list": ("cases", ""),
    "show": ("cases", ""),
    "next": ("cases", ""),
    "advance": ("moves", ""),
    "agenda": ("agenda", ""),
    "pace": ("agenda", ""),
    "milestones": ("milestones", ""),
    "gantt": ("gantt", ""),
    "history": ("cases", ""),
    "open": ("cases", ""),
    "hold": ("cases", ""),
    "resume": ("cases", ""),
    "back": ("moves", ""),
    "withdraw": ("moves", ""),
    "waive": ("moves", ""),
    "surplus": ("surplus", "surplus"),
    "consultation": ("surplus", "consultation"),
    "option": ("options", "option"),
    "land": ("land", "land"),
    "campaign": ("marketing", "campaign"),
    "bid": ("bids", "bid"),
    "valuation": ("bids", "valuation"),
    "decision": ("decisions", "decision"),
    "clocks": ("clocks", ""),
    "approval": ("approvals", "approval"),
    "meeting": ("meetings", "meeting"),
    "programme": ("work_programme", ""),
    "terms": ("terms", "terms"),
    "completion": ("completion", "completion"),
    "document": ("documents", "document"),
    "classify": ("disclosing", ""),
    "disclose": ("disclosing", ""),
    "foi": ("foi", "foi"),
    "milestone": ("programme", "milestone"),
    "receipts": ("receipts", ""),
    "target": ("targets", "target"),
    "holding-cost": ("targets", "holding_cost"),
    "site": ("sites", "site"),
    "plan": ("plan", ""),
    "paper": ("papers", "paper"),
    "export": ("export", "export"),
    "workflow": ("workflow", "workflow"),
    "audit": ("audit", "audit"),
}


class Legible:
    """A command whose help is told plainly where panels would break names to fit a terminal."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help."""
        told: Any = super()
        shown = StringIO()
        with redirect_stdout(shown):
            told.format_help(ctx, formatter)
        command: Any = self
        names = {each for option in command.params for each in _typed(option)}
        whole = set(re.findall(r"--[\w-]+", shown.getvalue()))
        if not names <= whole or re.search(r"\w…", shown.getvalue()):
            command.rich_markup_mode = None
        told.format_help(ctx, formatter)


def _typed(option: Any) -> list[str]:
    return [name for name in (*option.opts, *option.secondary_opts) if name.startswith("--")]


class Act(Legible, TyperCommand):
    """A command that does something."""


class Room(Legible, TyperGroup):
    """The commands of one subject; one that there is not is met with those that there are."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was typed."""
        typed = args[0]
        if typed not in self.commands and not typed.startswith("-") and not ctx.resilient_parsing:
            there = listed(f"“{name}”" for name in self.list_commands(ctx))
            ctx.fail(f"There is no “disposals {self.name} {typed}”. There is {there}.")
        return super().resolve_command(ctx, args)


class Rooms(Legible, TyperGroup):
    """The root command, which loads one module for one command and all of them for its help."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 (the signature is Typer's)
        """The commands in the order in which an officer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, its module loaded now."""
        if cmd_name not in COMMANDS:
            return None
        module_name, app_name = COMMANDS[cmd_name]
        module = import_module(f"disposals.cli.{module_name}")
        group = getattr(module, app_name or "app")
        group._add_completion = False  # noqa: SLF001 (the root has it, for all of them)
        group.info.cls, group.info.no_args_is_help = Room, True
        for each in group.registered_commands:
            each.cls = Act
        if app_name:
            command: Any = get_command(group)
            command.name = cmd_name
            return command
        root: Any = get_command(group)
        return root.get_command(ctx, cmd_name) if isinstance(root, TyperGroup) else root

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was typed; one that there is not is met with those that are like it."""
        typed = args[0]
        if typed not in COMMANDS and not typed.startswith("-") and not ctx.resilient_parsing:
            within = [
                f"{name} {typed}"
                for name in COMMANDS
                if typed in getattr(self.get_command(ctx, name), "commands", ())
            ]
            meant = [f"“disposals {name}”" for name in within or get_close_matches(typed, COMMANDS)]
            asked = f" Did you mean {listed(meant, last='or')}?" if meant else ""
            ctx.fail(f"There is no command “{typed}”.{asked}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Call the command; what it can't read is told in words of ours, not in pydantic's."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            faults = getattr(error.__cause__, "errors", None)
            if faults is not None:
                said = wrong(faults()[0]).rstrip(".").replace("'", "")
                error.message = f"{''.join(filter(str.isprintable, said))}."
            raise
        except (ArithmeticError, LookupError, TypeError, ValueError):
            # What nobody recorded may be anything; a fault of the program itself is not hidden.
            from disposals.cli.desk import refuse_if_altered

            refuse_if_altered(ctx)
            raise


app = typer.Typer(
    cls=Rooms,
    name="disposals",
    help="Property disposals: what stands where, what stops it, and what may be published.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"disposals {__version__}")
        raise typer.Exit


@app.callback()
def root(
    register: Annotated[
        str | None,
        typer.Option(
            "--register",
            envvar="DISPOSALS_REGISTER",
            metavar="PLACE",
            help="The register: a file, or postgresql://… Without it, your own file.",
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_version, help="Print the version and stop."
        ),
    ] = False,
) -> None:
    """Take the options that every command shares; `desk.register_place` reads the register."""


def run(arguments: list[str] | None = None) -> None:
    """Run the command line; a refusal is a sentence and exit status 1, wrong usage 2."""
    asked = _register_first(sys.argv[1:] if arguments is None else arguments)
    if sys.stdin is None:  # closed by the caller, as with `<&-`
        sys.stdin = _nowhere("r")
    if sys.stdout is None:
        sys.stdout = _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal without ✓ or £ shows ? in their place
            stream.reconfigure(errors="replace")
    try:
        _answer(asked)
    except BrokenPipeError:  # whoever was reading, as `head` does, has read enough
        sys.stdout = _nowhere()
        sys.exit(1)
    except OSError as error:
        what = "The answer could not be written" if error.filename is None else error.filename
        sys.stderr.write(f"{what}: {error.strerror}.\n")
        sys.exit(1)


def _nowhere(mode: Literal["r", "w"] = "w") -> TextIO:
    return Path(os.devnull).open(mode, encoding="utf-8")


def _answer(asked: list[str]) -> None:
    try:
        "".join(asked).encode()
        app(args=asked, prog_name="disposals")
    except (DisposalsError, SiteError, WorkflowError) as error:
        output.refuse(error, as_json="--json" in asked)
        sys.exit(1)
    except UnicodeEncodeError:
        sys.stderr.write("The command line holds bytes that are no UTF-8 text; type them anew.\n")
        sys.exit(2)


def _register_first(arguments: list[str]) -> list[str]:
    """Let `--register PATH` stand anywhere on the line, as officers type it."""
    first, rest = [], list(arguments)
    for index, word in enumerate(rest):
        if word == "--":
            break
        if word.startswith("--register=") or word == "--register":
            width = 1 if "=" in word else 2
            first = rest[index : index + width]
            del rest[index : index + width]
            break
    return [*first, *rest]
