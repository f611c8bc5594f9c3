"""Commands for heads of terms."""

from typing import Annotated

import typer

from disposals.casework import terms as casework
from disposals.cli.desk import By, Json, On, Ref
from disposals.cli.entering import adds
from disposals.cli.entries import keeps
from disposals.cli.recording import act
from disposals.vocabulary import Side

terms = typer.Typer(help="Draft heads of terms, and agree a version.")


adds(
    terms,
    "terms",
    "heads_of_terms",
    help="Record the next version of the terms; what is not mentioned is carried forward.",
)
adds(
    terms,
    "terms",
    "clause",
    name="clause",
    help="Write a clause into the latest version; the same number again changes it.",
)
keeps(terms, ("heads_of_terms", "clause"))


@terms.command()
def agree(
    ctx: typer.Context,
    ref: Ref,
    version: Annotated[int, typer.Option(min=1, help="The version agreed.")],
    side: Annotated[Side, typer.Option(help="Who agrees.")] = Side.BOTH,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record that a side, or both, agreed a version on the day given by --on."""
    act(
        ctx, ref, f"version {version} agreed",
        lambda desk, seen: casework.agree(
            desk.register, ref, desk.stamp, seen=seen, version=version, agreed_on=desk.on, side=side
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip
