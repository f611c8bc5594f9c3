"""Commands for what the law asks about the land."""

import typer

from disposals.cli.entering import adds
from disposals.cli.entries import keeps

land = typer.Typer(
    help="Answer what the law asks about the land: how it was acquired, who has rights."
)

adds(
    land,
    "land",
    "land_answer",
    name="answer",
    help="Answer a question about a site, as checked on the day given by --on.",
)
adds(
    land,
    "land",
    "consent",
    name="consent",
    help="Record a consent that is needed, or granted; the same title again replaces it.",
)
adds(
    land,
    "land",
    "notice",
    name="notice",
    help="Record the notices of disposing of open space (LGA 1972 s.123(2A)).",
)
adds(
    land,
    "land",
    "moratorium_notice",
    name="moratorium",
    help="Record notice to the listing authority for an asset of community value.",
)
adds(
    land,
    "land",
    "offer_back",
    name="offer-back",
    help="Record that surplus land was offered back to a former owner (Crichel Down Rules).",
)
adds(
    land,
    "land",
    "title_report",
    name="title",
    help="Record the report on title, made on the day given by --on.",
)
adds(
    land,
    "land",
    "possession",
    name="possession",
    help="Record that an occupation came to an end on the day given by --on.",
)
keeps(land, ("land_answer", "consent", "notice", "moratorium_notice", "offer_back",
             "title_report", "possession"))  # fmt: skip
