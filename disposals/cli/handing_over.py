"""Commands for the papers that officers keep: the completion statement and the handover sheet."""

import typer

from disposals.cli.desk import AsOf, Json, Ref
from disposals.cli.issuing import Final, Out, Template, make


def completion(
    ctx: typer.Context,
    ref: Ref,
    out: Out,
    template: Template = None,
    final: Final = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Write the completion statement: exempt, for officers and members alone."""
    from disposals.exports.papers.issuing_for_officers import issue_completion

    make(
        ctx, lambda register, wanted: issue_completion(register, ref, out, wanted),
        as_of=as_of, as_json=as_json, template=template, final=final,
    )  # fmt: skip


def handover(
    ctx: typer.Context,
    ref: Ref,
    out: Out,
    template: Template = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Write the handover sheet for the next officer: where a case stands, and what to see to."""
    from disposals.exports.papers.issuing_for_officers import issue_handover

    make(
        ctx, lambda register, wanted: issue_handover(register, ref, out, wanted),
        as_of=as_of, as_json=as_json, template=template,
    )  # fmt: skip
