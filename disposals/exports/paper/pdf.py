"""A paper as a tagged PDF."""

from dataclasses import asdict
from importlib.resources import files

from disposals.exports.paper.blocks import Paper
from sites.plan.choices import Kind
from sites.typesetting import typeset


def content(paper: Paper) -> bytes:
    """The bytes of the PDF; the same paper gives the same bytes."""
    told = asdict(paper) | {
        "on": paper.on.isoformat(),
        "blocks": [
            {"kind": type(block).__name__.lower(), **asdict(block)} for block in paper.blocks
        ],
    }
    return typeset(files("disposals.exports.paper") / "paper.typ", told, kind=Kind.PDF, on=paper.on)
