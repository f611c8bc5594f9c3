"""The papers that compare, as files: the option appraisal and the bid evaluation."""

from pathlib import Path

from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.evaluation import evaluation_facts
from disposals.disclosure.papers.options import options_facts
from disposals.errors import BadFact
from disposals.exports.charts import appraisal_picture
from disposals.exports.paper import Drawing
from disposals.exports.papers.evaluation import evaluation_paper
from disposals.exports.papers.issuing import Issued, Wanted, issue, refuse_names
from disposals.exports.papers.options import options_paper
from disposals.register import Register
from sites.plan.choices import Kind

_TEXT_MM = 166.0


def issue_options(
    register: Register, ref: str, out: Path, wanted: Wanted, *, audience: Audience
) -> Issued:
    """Write the option appraisal of a case as an audience may see it.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotAllowed: it is to be final and something is missing; nothing is written.
        BadFact, UnreadableFile, CannotWrite: as for `exports.paper.write_paper`.
    """
    refuse_names([out], wanted)
    facts = options_facts(register, ref, audience=audience, on=wanted.on)
    drawn = appraisal_picture(facts.appraisal, kind_within(out))
    described = (
        "Bars of the costs, receipts and present value of each option, on one scale; the table "
        "before it gives the same sums."
    )
    chart = None if drawn is None else Drawing(described, drawn, _TEXT_MM)
    return issue([out], [options_paper(facts, chart)], wanted, ())


def issue_evaluation(
    register: Register,
    ref: str,
    out: Path,
    wanted: Wanted,
    *,
    audience: Audience,
    campaign: int | None = None,
) -> Issued:
    """Write the evaluation of the bids of a campaign, for officers or members alone.

    Args:
        audience: officers have all of it, members what s.100F(2A) of the LGA 1972 opens to them.
        campaign: by number; the running one without.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotAllowed: it is to be final and something is missing; nothing is written.
        BadFact, UnreadableFile, CannotWrite: as for `exports.paper.write_paper`.
    """
    if audience is Audience.PUBLIC:
        raise BadFact(
            "The bid evaluation is for officers or members, not for the public. What is open of "
            f"the bids is told by `disposals disclose {ref} --audience public`."
        )
    refuse_names([out], wanted)
    facts = evaluation_facts(register, ref, audience=audience, on=wanted.on, campaign=campaign)
    return issue([out], [evaluation_paper(facts)], wanted, ())


def kind_within(out: Path) -> Kind:
    """The kind of picture that a paper of this name can hold."""
    return Kind.PNG if out.suffix.lower() == ".docx" else Kind.SVG
