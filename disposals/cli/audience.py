"""The option that says for whom an answer is meant."""

from typing import Annotated

import typer

from disposals.disclosure.fields import Audience

For = Annotated[
    Audience,
    typer.Option("--audience", help="Whose view: an officer's, a member's, or the public's."),
]
