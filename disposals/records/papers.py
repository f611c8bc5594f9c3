"""What officers write into the papers of a case, beside what is generated from the records."""

from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import PaperKind
from sites.record import choice


class PaperSection(Evidence, table=True):
    """The text of one section of one paper.

    Attributes:
        section: its name in `disposals.sections`, such as "planning".
        text: paragraphs parted by a blank line; lines that begin with "- " make a list.
    """

    __tablename__ = "paper_section"
    keyed_by: ClassVar[tuple[str, ...]] = ("paper", "section")

    paper: PaperKind = Field(sa_type=choice(PaperKind), description="The paper.")
    section: str = Field(min_length=1, description="The section, such as planning.")
    text: str = Field(min_length=1, description="What it says.")
