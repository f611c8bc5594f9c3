"""What officers write into the papers of a case."""

from collections.abc import Mapping
from typing import Any

from disposals.casework.acts import Act
from disposals.casework.cases import refuse_if_ended
from disposals.errors import BadFact
from disposals.records.papers import PaperSection
from disposals.sections import NEVER_OPEN, SECTIONS, section
from disposals.vocabulary import Disclosure, PaperKind
from disposals.words import listed


def enter(act: Act, facts: Mapping[str, Any]) -> None:
    """Write a section of a paper within an act that has begun; it stands in place of the last.

    Raises:
        BadFact: the paper has no such section, the text is blank, or it would open the exempt
            appendix to the public.
    """
    if act.case.stage != "in_parts":  # the papers of a site go on while its parts are sold
        refuse_if_ended(act.case)
    told = dict(facts)
    refuse_wrong(told)
    act.supersede(PaperSection, told)


def refuse_wrong(facts: Mapping[str, Any]) -> None:
    """Refuse a section that the paper does not have, no text, or an open exempt appendix.

    Raises:
        BadFact: says which sections there are.
    """
    paper = PaperKind(facts["paper"])
    if section(paper, facts["section"]) is None:
        known = listed(each.name for each in SECTIONS[paper])
        raise BadFact(f"The {paper} has no section “{facts['section']}”. It has {known}.")
    if not facts["text"].strip():
        raise BadFact(f"The text of {facts['section']} is blank.")
    if paper in NEVER_OPEN and facts.get("disclosure") == Disclosure.OPEN:
        raise BadFact(
            f"The {paper.replace('-', ' ')} is not for publication, so nothing in it is open. "
            "Write what may be published into the report: `--paper report`."
        )
