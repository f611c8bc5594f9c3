"""The sections of each paper that officers write, and what belongs in them."""

from collections.abc import Mapping
from dataclasses import dataclass

from disposals.vocabulary import PaperKind


@dataclass(frozen=True, slots=True)
class Section:
    """A section that officers write.

    Attributes:
        name: as the command line calls it.
        asks: what belongs in it.
        is_required: the paper is not final without it; else the records say enough by themselves.
    """

    name: str
    asks: str
    is_required: bool = False


SECTIONS: Mapping[PaperKind, tuple[Section, ...]] = {
    PaperKind.REPORT: (
        Section(
            "past-pathway", "What considered it before; “N/A” where nothing did.", is_required=True
        ),
        Section(
            "future-pathway", "What will consider it; “N/A” where nothing will.", is_required=True
        ),
        Section("summary", "What the paper is about, instead of the sentences made for it."),
        Section(
            "recommendation",
            "What the decision is to do, such as “agree to the disposal of the land”.",
        ),
        Section(
            "site-context",
            "The land, what surrounds it, how it was acquired, rights.",
            is_required=True,
        ),
        Section("occupational-history", "Who used it, from when until when.", is_required=True),
        Section(
            "planning", "Designations, advice, applications, plans that are made.", is_required=True
        ),
        Section("options", "What more is to be said of the options."),
        Section("marketing", "How it was marketed and what came of it, without sums and names."),
        Section(
            "financial", "The receipt and the costs, without exempt figures.", is_required=True
        ),
        Section("governance", "How best value was made sure of, and who acts for the council."),
        Section("consultations", "What more is to be said of those consulted."),
        Section("next-steps", "What more is to be said of the programme."),
        Section("background", "Background documents that are not in the register, one a line."),
        Section("author", "The officers by their roles, one a line.", is_required=True),
    ),
    PaperKind.EXEMPT_APPENDIX: (
        Section("risk", "The risk profile of the options.", is_required=True),
        Section("bids", "What the bids mean: appraisal, due diligence, the lead bidder."),
        Section("financial", "Values, costs and what the receipt is for.", is_required=True),
        Section("further", "Whatever else members have to know and the public may not."),
    ),
    PaperKind.RECORD: (
        Section("decision", "What is decided, such as “agree to the disposal of the land”."),
        Section("consultation", "Recommendations and consultation beside the committee's."),
        Section("alternatives", "The alternatives rejected and why, in place of the summary."),
    ),
    PaperKind.OPTIONS: (
        Section("need", "Why the land is looked at, and what is wanted of it.", is_required=True),
        Section("assumptions", "What figures and points rest on.", is_required=True),
        Section("sensitivity", "What would have to change for another option to come first."),
        Section("author", "The officers by their roles, one a line.", is_required=True),
    ),
    PaperKind.EVALUATION: (
        Section(
            "due-diligence",
            "What was checked of the bidders taken further: funds, standing, record.",
            is_required=True,
        ),
        Section("abnormals", "What was made of the abnormal costs that bidders take off."),
        Section("recommendation", "What members or officers are asked to agree to."),
        Section("author", "The officers by their roles, one a line.", is_required=True),
    ),
    PaperKind.COMPLETION: (
        Section("remarks", "What the sums do not say by themselves, and where the money went."),
        Section("author", "The officers by their roles, one a line.", is_required=True),
    ),
    PaperKind.SUMMARY: (
        Section(
            "about",
            "What the land is and why the council sells it, in two or three plain sentences.",
            is_required=True,
        ),
        Section(
            "contact",
            "Whom to ask: a role with the council's own address or number.",
            is_required=True,
        ),
    ),
    PaperKind.NOTICE: (
        Section(
            "decision-maker",
            "The name of the member who is to decide, or the body and its members.",
            is_required=True,
        ),
        Section(
            "day-or-period",
            "The day on which, or the period within which, it is to be decided.",
            is_required=True,
        ),
        Section("documents", "Documents submitted that are not in the register, one a line."),
        Section(
            "address-for-copies",
            "The address at which copies may be had, if not as the council's policy file says.",
        ),
        Section(
            "how-to-ask",
            "How to ask for details of documents to come, if not as the policy file says.",
        ),
    ),
}

# Papers that are exempt as a whole: nothing that is written into them is open.
NEVER_OPEN = frozenset({PaperKind.EXEMPT_APPENDIX, PaperKind.EVALUATION, PaperKind.COMPLETION})


def section(paper: PaperKind, name: str) -> Section | None:
    """The section of a name, or None where the paper has none of that name."""
    return next((each for each in SECTIONS[paper] if each.name == name), None)
