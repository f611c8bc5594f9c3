"""Commands for executive decisions, from proposal to what was done; see also `scrutiny.py`."""

from typing import Annotated, Any

import typer

from disposals.casework import decisions
from disposals.cli import output
from disposals.cli.carrying import Number, on_every_case
from disposals.cli.clocks import print_clocks
from disposals.cli.desk import AsOf, Because, By, Desk, Json, On, at_desk
from disposals.cli.entering import adds
from disposals.cli.entries import corrects, list_entries, show_entry
from disposals.cli.scrutiny import enters
from disposals.words import day, listed, money, plainly

decision = typer.Typer(help="Propose, notify, consider, take, publish and call in a decision.")
_KINDS = ("decision", "assessment")
Exception_ = Annotated[
    str,
    typer.Option("--exception", help="“general exception” (reg 10) or “special urgency” (reg 11)."),
]


adds(
    decision,
    "decision",
    "decision",
    help="Record a proposed decision; on the whole of a site it covers the parts.",
)
adds(
    decision,
    "decision",
    "assessment",
    name="screen",
    help="Record an equality or data protection screening, made on the day given by --on.",
)
corrects(decision, _KINDS)


@decision.command("list")
def list_decisions(
    ctx: typer.Context,
    ref: Annotated[
        str | None, typer.Argument(metavar="[REF]", help="One disposal's entries; else all.")
    ] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Every decision and how far it has come; of one disposal, the entries that stand on it."""
    if ref is not None:
        list_entries(ctx, ref, _KINDS, as_json=as_json)
        return
    from disposals.disclosure.decisions import decisions as told

    with at_desk(ctx, on=as_of) as desk:
        found = told(desk.register, on=desk.on)
    if as_json:
        output.emit([_as_told(each) for each in found])
        return
    output.table(
        f"Executive decisions as at {day(desk.on)}",
        ["Number", "What is decided", "On", "Entry", "State", "Effective"],
        [
            (each.number, each.title, listed(each.references), listed(each.entries), each.state,
             day(each.effective_on) if each.effective_on else "")
            for each in found
        ],
    )  # fmt: skip


@decision.command("show")
def show(
    ctx: typer.Context,
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help="Such as 21/00100; or a disposal, with ENTRY.")
    ],
    entry: Annotated[
        str | None, typer.Argument(metavar="[ENTRY]", help="An entry of the disposal.")
    ] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """A decision in full: its state, what was recorded of it, and all its clocks."""
    if entry is not None:
        show_entry(ctx, number, entry, _KINDS, as_json=as_json)
        return
    from disposals.disclosure.decisions import decisions as told

    with at_desk(ctx, on=as_of) as desk:
        (found,) = told(desk.register, on=desk.on, number=number)
    if as_json:
        output.emit(_as_told(found))
        return
    output.say(f"{found.number}, {found.title}: {found.state}", bold=True)
    on_each = zip(found.references, found.entries, strict=True)
    recorded = listed(f"{ref} ({entry})" for ref, entry in on_each)
    output.say(f"  On {recorded}, as at {day(desk.on)}.")
    _print_facts("The decision", found.facts)
    for referral in found.referrals:
        _print_facts("Committee", referral)
    if found.private:
        _print_facts("Private meeting", found.private)
    if found.call_in:
        _print_facts("Call-in", found.call_in)
    output.say("  Clocks", bold=True)
    print_clocks(found.clocks, desk.on)


@decision.command()
def notify(
    ctx: typer.Context, number: Number, by: By = None, on: On = None, as_json: Json = False
) -> None:
    """Record that notice of a key decision was published on the day given by --on."""

    def notified(desk: Desk, seen: dict[str, int]) -> None:
        decisions.notify(desk.register, number, desk.stamp, seen=seen, notice_on=desk.on)

    on_every_case(ctx, number, "notice", notified, on=on, by=by, as_json=as_json)


@decision.command()
def urgent(
    ctx: typer.Context,
    number: Number,
    exception: Exception_,
    because: Because = None,
    agreed_by: Annotated[
        str | None, typer.Option(help="Who agreed: the chair of overview and scrutiny.")
    ] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record the exception by which a key decision is taken without 28 clear days' notice."""

    def declared(desk: Desk, seen: dict[str, int]) -> None:
        decisions.declare_urgent(
            desk.register, number, desk.stamp,
            seen=seen, exception=exception, because=because or "", agreed_by=agreed_by,
        )  # fmt: skip

    on_every_case(ctx, number, exception, declared, on=on, by=by, as_json=as_json)


enters(decision)


@decision.command()
def take(
    ctx: typer.Context,
    number: Number,
    interests: Annotated[str, typer.Option(help="Those declared, or “None declared”.")],
    call_in_waived: Annotated[
        str | None, typer.Option(help="Who agreed that it is not subject to call-in.")
    ] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record that a decision was taken on the day given by --on."""

    def taken(desk: Desk, seen: dict[str, int]) -> None:
        decisions.take(
            desk.register, number, desk.stamp,
            seen=seen, taken_on=desk.on, interests=interests, call_in_waived=call_in_waived,
        )  # fmt: skip

    on_every_case(ctx, number, "decision taken", taken, on=on, by=by, as_json=as_json)


@decision.command()
def publish(
    ctx: typer.Context, number: Number, by: By = None, on: On = None, as_json: Json = False
) -> None:
    """Record that the record of a decision was published on the day given by --on."""

    def published(desk: Desk, seen: dict[str, int]) -> None:
        decisions.publish(desk.register, number, desk.stamp, seen=seen, published_on=desk.on)

    on_every_case(ctx, number, "decision published", published, on=on, by=by, as_json=as_json)


@decision.command()
def implement(
    ctx: typer.Context,
    number: Number,
    what: Annotated[str | None, typer.Option("--what", help="What was done, and by whom.")] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record that a decision was carried out on the day given by --on."""

    def implemented(desk: Desk, seen: dict[str, int]) -> None:
        decisions.implement(desk.register, number, desk.stamp, seen=seen, implementation=what)

    on_every_case(ctx, number, "decision implemented", implemented, on=on, by=by, as_json=as_json)


@decision.command()
def withdraw(
    ctx: typer.Context,
    number: Number,
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Withdraw a decision that has not taken effect."""

    def withdrawn(desk: Desk, seen: dict[str, int]) -> None:
        decisions.withdraw(desk.register, number, desk.stamp, seen=seen, because=because)

    on_every_case(ctx, number, "decision withdrawn", withdrawn, on=on, by=by, as_json=as_json)


def _as_told(told: Any) -> dict[str, Any]:
    from disposals.disclosure.clocks import as_told

    return {
        "number": told.number,
        "title": told.title,
        "references": told.references,
        "entries": told.entries,
        "state": told.state,
        "effective_on": told.effective_on,
        "decision": told.facts,
        "committees": told.referrals,
        "private_meeting": told.private,
        "call_in": told.call_in,
        "clocks": [as_told(clock) for clock in told.clocks],
    }


def _print_facts(heading: str, facts: dict[str, Any]) -> None:
    output.say(f"  {heading}", bold=True)
    for name, value in facts.items():
        if name not in {"number", "title"}:
            label = plainly(name.removesuffix("_pence").removeprefix("is_"))
            output.say(f"    {label}: {_shown(name, value)}")


def _shown(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name.endswith("_pence"):
        return money(value)
    return day(value) if name.endswith("_on") else str(value)
