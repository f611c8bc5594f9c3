"""Commands for the papers that officers keep: the completion statement and the handover sheet."""

import typer

from disposals.cli.desk import AsOf, Json, Ref, at_desk
from disposals.cli.issuing import Final, Out, Template, tell


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
    from disposals.exports.papers.issuing import Wanted
    from disposals.exports.papers.issuing_for_officers import issue_completion

    with at_desk(ctx, on=as_of) as desk:
        issued = issue_completion(desk.register, ref, out, Wanted(desk.on, template, final))
    tell(issued, as_json=as_json)


def handover(
    ctx: typer.Context,
    ref: Ref,
    out: Out,
    template: Template = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Write the handover sheet for the next officer: where a case stands, and what to see to."""
    from disposals.exports.papers.issuing import Wanted
    from disposals.exports.papers.issuing_for_officers import issue_handover

    with at_desk(ctx, on=as_of) as desk:
        issued = issue_handover(desk.register, ref, out, Wanted(desk.on, template))
    tell(issued, as_json=as_json)
