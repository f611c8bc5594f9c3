"""Commands for the papers that compare: the option appraisal and the bid evaluation."""

from typing import Annotated

import typer

from disposals.cli.desk import AsOf, Json, Ref, at_desk
from disposals.cli.issuing import Final, Out, Template, tell
from disposals.disclosure.fields import Audience


def options(
    ctx: typer.Context,
    ref: Ref,
    out: Out,
    audience: Annotated[
        Audience, typer.Option(help="Who reads it; the public sees what is open of it.")
    ] = Audience.OFFICER,
    template: Template = None,
    final: Final = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Write the option appraisal: exempt as a whole, or what is open of it for the public."""
    from disposals.exports.papers.issuing import Wanted
    from disposals.exports.papers.issuing_comparisons import issue_options

    with at_desk(ctx, on=as_of) as desk:
        wanted = Wanted(desk.on, template, final)
        issued = issue_options(desk.register, ref, out, wanted, audience=audience)
    tell(issued, as_json=as_json)


def evaluation(
    ctx: typer.Context,
    ref: Ref,
    out: Out,
    audience: Annotated[
        Audience,
        typer.Option(help="Who reads it: officer, or member for the copy that members may see."),
    ] = Audience.OFFICER,
    campaign: Annotated[int | None, typer.Option(min=1, help="The running one without.")] = None,
    template: Template = None,
    final: Final = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Write the evaluation of the bids: exempt, for officers or members."""
    from disposals.exports.papers.issuing import Wanted
    from disposals.exports.papers.issuing_comparisons import issue_evaluation

    with at_desk(ctx, on=as_of) as desk:
        wanted = Wanted(desk.on, template, final)
        issued = issue_evaluation(
            desk.register, ref, out, wanted, audience=audience, campaign=campaign
        )
    tell(issued, as_json=as_json)
