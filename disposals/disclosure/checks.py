"""The checks that a surplus declaration begins, for officers: what the law asks, what is known."""

from dataclasses import dataclass

from disposals.finding import counting, find_case, find_site, holdings_of
from disposals.records.land import LandAnswer
from disposals.register import Register
from disposals.vocabulary import Known, Question

_ASKS = {
    Question.CRICHEL_DOWN: "Acquired by compulsion or under threat of it, so offered back?",
    Question.OTHER_PURPOSE: "Held for a purpose it must be appropriated from?",
    Question.OPEN_SPACE: "Open space, or part of one?",
    Question.COMMUNITY_VALUE: "Listed as an asset of community value?",
    Question.SCHOOL: "School land or a playing field?",
    Question.HOUSING: "Held for housing?",
    Question.PLANNING: "Held for planning purposes?",
    Question.ALLOTMENT: "Allotment land?",
    Question.HIGHWAY: "Highway, or subject to rights over one?",
    Question.TRUST: "Held on a trust, or by a charity?",
    Question.RESTRICTION: "Restricted by its title?",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One question about one site, with its answer and what that rests on."""

    site: str
    question: str
    asks: str
    answer: str
    basis: str


def checks(register: Register, ref: str) -> list[Check]:
    """Every question about every site of a case; "unknown" where nobody has answered.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        case = find_case(session, ref)
        answers = {(row.site_ref, row.question): row for row in counting(session, LandAnswer, case)}
        sites = [find_site(session, holding.site_ref) for holding in holdings_of(session, ref)]
    found = []
    for site in sites:
        acquired = "; ".join(
            said
            for said in (site.acquired_on_as_written, site.acquired_for, site.holding_power)
            if said
        )
        for question, asks in _ASKS.items():
            row = answers.get((site.ref, question))
            basis = row.basis if row else ""
            if question is Question.CRICHEL_DOWN and not basis and acquired:
                basis = f"acquired: {acquired}"
            found.append(
                Check(
                    site.ref, question.value, asks,
                    row.answer.value if row else Known.UNKNOWN.value, basis,
                )
            )  # fmt: skip
    return found
