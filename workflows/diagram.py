"""A workflow to look at: the rows of a table, or a Mermaid diagram with a stage marked."""

from dataclasses import dataclass

from workflows.model import Definition, Kind


@dataclass(frozen=True, slots=True)
class Row:
    """One move from one stage."""

    source: str
    to: str
    move: str
    kind: Kind
    blocks: tuple[str, ...]
    warns: tuple[str, ...]


def rows(definition: Definition) -> list[Row]:
    """Every move from every stage, in the order of the stages."""
    return [
        Row(stage.name, move.to, move.title, move.kind, move.blocks, move.warns)
        for stage in definition.stages
        for move in definition.moves_from(stage.name)
    ]


def mermaid(definition: Definition, current: str | None = None) -> str:
    """The workflow as a Mermaid state diagram.

    Args:
        current: the stage to mark, if any.

    Raises:
        NoSuchStage: the workflow has no such stage to mark.
    """
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{_written(stage.title)}" as {stage.name}' for stage in definition.stages]
    lines.append(f"    [*] --> {definition.initial}")
    lines += [f"    {row.source} --> {row.to}: {_written(row.move)}" for row in rows(definition)]
    lines += [f"    {end} --> [*]" for end in definition.ends]
    if current is not None:
        lines += [
            "    classDef here font-weight:bold,stroke-width:4px",
            f"    class {definition.stage(current).name} here",
        ]
    return "\n".join(lines)


# Mermaid ends a title at these; it takes them as numbered characters, as HTML does.
_WRITTEN = str.maketrans({mark: f"#{ord(mark)};" for mark in '#":;'})


def _written(title: str) -> str:
    return title.translate(_WRITTEN)
