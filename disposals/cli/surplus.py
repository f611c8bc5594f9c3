"""Commands for surplus declaration and consultation."""

import typer

from disposals.cli.entering import adds
from disposals.cli.entries import keeps

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
