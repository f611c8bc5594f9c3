"""The public summary of a site as a file that is never longer than a page."""

from pathlib import Path

from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.summary import SummaryFacts, summary_facts
from disposals.errors import BadFact, NotRecorded
from disposals.exports.paper import Drawing, made
from disposals.exports.papers.draft import Drafted
from disposals.exports.papers.issuing import Issued, Wanted, issue, refuse_names
from disposals.exports.papers.summary import summary_paper
from disposals.exports.plans import small_plan
from disposals.register import Register
from sites.plan.choices import Kind

_SIZES = ((166.0, 66.0), (166.0, 50.0), (110.0, 40.0))  # of the plan, in millimetres
_STEPS = (6, 4, 2)


def issue_summary(register: Register, ref: str, out: Path, wanted: Wanted) -> Issued:
    """Write the public summary of a case and its parts, on one page of A4.

    The plan is drawn smaller, then later steps are left out, until it fits.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotAllowed: it is to be final and something is missing; nothing is written.
        BadFact: what officers wrote is too long for the page; or as for `write_paper`.
        UnreadableFile, CannotWrite: as for `exports.paper.write_paper`.
    """
    refuse_names([out], wanted)
    facts = summary_facts(register, ref, on=wanted.on)
    size, steps = _fitting(register, facts)
    kind = Kind.PNG if out.suffix.lower() == ".docx" else Kind.SVG
    return issue([out], [_drafted(register, facts, kind, size, steps)], wanted, ())


def _fitting(register: Register, facts: SummaryFacts) -> tuple[tuple[float, float], int]:
    """The largest plan, and the most steps, with which the PDF is one page."""
    for steps in _STEPS:
        for size in _SIZES:
            drafted = _drafted(register, facts, Kind.SVG, size, steps)
            try:
                made(Path("summary.pdf"), drafted.paper)
            except BadFact:
                continue
            return size, steps
    raise BadFact(
        f"The summary of {facts.reference} does not fit on one page. Write its sections shorter: "
        f"`disposals paper write {facts.reference} --paper summary --section about --text TEXT "
        "--open`. Nothing was written."
    )


def _drafted(
    register: Register, facts: SummaryFacts, kind: Kind, size: tuple[float, float], steps: int
) -> Drafted:
    try:
        plan, notices = small_plan(
            register, facts.reference, kind, size, audience=Audience.PUBLIC, on=facts.on
        )
    except NotRecorded:
        return summary_paper(facts, None, (), most_steps=steps)
    drawn = Drawing(plan.described, plan.content, plan.width)
    return summary_paper(facts, drawn, notices, most_steps=steps)
