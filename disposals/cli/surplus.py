"""Commands for surplus declaration and consultation."""

import typer

from disposals.cli import output
from disposals.cli.audience import For
from disposals.cli.desk import AsOf, Json, Ref, at_desk
from disposals.cli.entering import adds
from disposals.cli.entries import keeps
from disposals.disclosure.checks import checks
from disposals.disclosure.consultation import log
from disposals.disclosure.fields import Audience
from disposals.words import counted, day, listed

surplus = typer.Typer(help="Declare land surplus, and offer it to other services.")
consultation = typer.Typer(help="Record whom the council spoke to, and what they said.")

adds(
    surplus,
    "surplus",
    "declaration",
    help="Record the surplus declaration, made on the day given by --on.",
)
adds(
    surplus,
    "surplus",
    "circulation",
    name="circulate",
    help="Record that the land was offered to other services, on the day given by --on.",
)
keeps(surplus, ("declaration", "circulation"))

adds(
    consultation,
    "consultation",
    "consultation",
    help="Record one contact, on the day given by --on.",
)
keeps(consultation, ("consultation",))


@consultation.command("log")
def show_log(
    ctx: typer.Context,
    ref: Ref,
    audience: For = Audience.OFFICER,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Everyone spoken to about a disposal, its whole and its parts, day by day."""
    with at_desk(ctx, on=as_of) as desk:
        found = log(desk.register, ref, audience=audience)
    if as_json:
        output.emit(
            {
                "contacts": found.contacts,
                "unheard": found.unheard,
                "unanswered": found.unanswered,
            }
        )
        return
    output.table(
        f"{ref}: consultation",
        ["Day", "Who", "In what capacity", "What they said", "What was answered"],
        [
            (
                day(each["held_on"]) if each["held_on"] else "not recorded",
                each["consultee"],
                each["capacity"],
                each["said"],
                each["answer"] or "",
            )
            for each in found.contacts
        ],
    )
    if found.unanswered:
        output.say(f"{counted(found.unanswered, 'contact')} with no answer recorded.")
    if found.unheard:
        output.say(f"No dated contact with: {listed(found.unheard, last='or')}.")


@surplus.command("checks")
def show_checks(ctx: typer.Context, ref: Ref, as_json: Json = False) -> None:
    """What the law asks of the land, and what is answered; later gates wait for these."""
    with at_desk(ctx) as desk:
        found = checks(desk.register, ref)
    if as_json:
        output.emit(found)
        return
    output.table(
        f"{ref}: what the law asks of the land",
        ["Question", "Site", "What is asked", "Answer", "Basis"],
        [(each.question, each.site, each.asks, each.answer, each.basis) for each in found],
    )
    waiting = next((each for each in found if each.answer == "unknown"), None)
    if waiting:
        output.say(
            f"Answer one: disposals land answer {ref} --site {waiting.site} "
            f"--question {waiting.question} --answer YES_OR_NO --basis WORDS"
        )
