"""Where paragraph 9 of Schedule 12A takes an exemption away: development of the council's own.

Information is not exempt if it relates to proposed development for which the authority may grant
itself planning permission (Town and Country Planning General Regulations 1992, regulation 3).
"""

import re
from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from disposals.disclosure.openness import openness_of
from disposals.finding import counting, find_case
from disposals.policy import Policy
from disposals.records.base import Evidence
from disposals.records.cases import Disposal
from disposals.records.documents import Document
from disposals.records.judgements import OptionFigure
from disposals.records.options import Option
from disposals.register import Register
from disposals.words import listed


def warnings(register: Register, ref: str, *, on: date, entry: str) -> list[str]:
    """The warnings that name an entry; for officers who classify it.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.asked(on).read() as session:
        found = list(warnings_of(session, find_case(session, ref), on))
    return [each for each in found if entry in re.split(r"[^a-z0-9-]+", each)]


def warnings_of(session: Session, case: Disposal, on: date) -> Iterator[str]:
    """A sentence for what is exempt though an option is development of the council's own.

    It names entries and quotes nothing of them.
    """
    own = [option for option in counting(session, Option, case) if option.is_own_development]
    if not own:
        return
    numbers = {option.no for option in own}
    about: list[Evidence] = [
        *own,
        *(row for row in counting(session, OptionFigure, case) if row.option_no in numbers),
    ]
    cited = Policy(case.authority, on).rule("exempt.own-development").cited
    named = _named(own)
    if exempt := _exempt(about):
        yield (
            f"{_named(exempt)} can't be exempt: it tells of development that the council may "
            f"permit itself ({named}), and paragraph 9 takes every exemption away from that "
            f"({cited})."
        )
    if papers := _exempt(counting(session, Document, case)):
        yield (
            f"{_named(papers)} may not be exempt as far as it tells of development that the "
            f"council may permit itself ({named}); paragraph 9 takes the exemption away from that "
            f"({cited}). Publish that much, or record why it tells of none."
        )


def _exempt(rows: list[Evidence] | list[Document]) -> list[Evidence]:
    return [row for row in rows if not openness_of(row).ruling(row).is_open]


def _named(rows: list[Evidence] | list[Option]) -> str:
    return listed(f"{str(row.__tablename__).replace('_', '-')}-{row.id}" for row in rows)
