"""Stages by name, as people say them and as definitions write them."""

from collections.abc import Collection
from difflib import get_close_matches


def as_written(said: str) -> str:
    """A stage as definitions write it, from the words on the screen: “Heads of terms”, in-parts."""
    return "_".join(said.lower().replace("_", " ").replace("-", " ").split())


def as_read(name: str) -> str:
    """A stage as it is read aloud: heads_of_terms becomes “heads of terms”."""
    return name.replace("_", " ")


def meant_by(said: str, known: Collection[str]) -> str:
    """What may have been meant by a stage that there is not, as a question; empty if nothing is."""
    near = get_close_matches(as_written(said), known, n=1)
    return f" Did you mean {as_read(near[0])}?" if near else ""
