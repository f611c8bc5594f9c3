"""Commands for the options appraisal."""

import typer

from disposals.cli import appraising
from disposals.cli.entering import adds
from disposals.cli.entries import keeps
from disposals.vocabulary import Scored

option = typer.Typer(help="Appraise the options, and recommend one.")

adds(
    option,
    "option",
    "option",
    help="Record an option; the same number again replaces it, and what was there is kept.",
)
adds(
    option,
    "option",
    "option_figure",
    name="figure",
    help="Record a cost or a receipt of an option, in today's money.",
)
adds(
    option,
    "option",
    "criterion",
    fixed={"scored": Scored.OPTION},
    name="criterion",
    help="Name a criterion of quality and its weight; weights come to 100.",
)
adds(
    option,
    "option",
    "score",
    fixed={"scored": Scored.OPTION},
    name="score",
    help="Give an option its points for one criterion.",
)
adds(
    option,
    "option",
    "direct_sale_reason",
    name="direct-sale",
    help="Record why the land is sold to one buyer without marketing.",
)
keeps(option, ("option", "option_figure", "criterion", "score", "direct_sale_reason"))
option.command("appraise")(appraising.appraise)
