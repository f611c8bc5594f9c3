"""A workflow to look at: the rows of a table, or a Mermaid diagram with a stage marked."""

from collections.abc import Iterator
from dataclasses import dataclass

from workflows.definition import Definition, Kind


@dataclass(frozen=True, slots=True)
class Row:
    """One move from one stage."""

    source: str
    to: str
    move: str
    kind: Kind
    blocks: tuple[str, ...]
    warns: tuple[str, ...]


def rows(definition: Definition) -> Iterator[Row]:
    """Every move from every stage, in the order of the stages."""
    for stage in definition.stages:
        for move in definition.moves_from(stage.name):
            yield Row(stage.name, move.to, move.title, move.kind, move.blocks, move.warns)


def mermaid(definition: Definition, current: str | None = None) -> str:
    """The workflow as a Mermaid state diagram.

    Args:
        current: the stage to mark, if any.
    """
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{stage.title}" as {stage.name}' for stage in definition.stages]
    lines.append(f"    [*] --> {definition.initial}")
    lines += [f"    {row.source} --> {row.to}: {row.move}" for row in rows(definition)]
    lines += [f"    {end} --> [*]" for end in definition.ends]
    if current is not None:
        lines += [
            "    classDef here font-weight:bold,stroke-width:4px",
            f"    class {current} here",
        ]
    return "\n".join(lines)
