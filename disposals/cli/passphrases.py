"""Passphrases: asked for on the terminal unseen, or read from standard input, never an option."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from disposals.errors import BadFact

TWO = 2
Openers = Annotated[
    list[str],
    typer.Option("--opener", help="The role of each of the two openers, in the order named."),
]


def passphrases(openers: Sequence[str], *, confirm: bool = False) -> tuple[str, ...]:
    """One passphrase for each opener, in their order.

    Raises:
        BadFact: standard input ends before everyone's is read.
    """
    if sys.stdin.isatty():
        return tuple(
            typer.prompt(f"Passphrase of {opener}", hide_input=True, confirmation_prompt=confirm)
            for opener in openers
        )
    read = [sys.stdin.readline().rstrip("\r\n") for _ in openers]
    if "" in read:
        raise BadFact(
            f"{len(openers)} passphrases are asked for, a line each, in the order of the openers; "
            f"{len([each for each in read if each])} came."
        )
    return tuple(read)
