"""The paragraphs of Schedule 12A (LGA 1972, Part 1): which there are, and what members may see.

Which numbers are grounds of exemption is read from the dated rules `exempt.paragraph-N`.
"""

import re
from datetime import date

from disposals.errors import BadFact, NoRule
from disposals.policy import Policy, Rule

# LGA 1972 s.100F(2A), as put in by SI 2006/88 art 2 (verified): a document is open to every member
# of the council if what is exempt in it falls within these; paragraph 3 not so far as it relates
# to terms proposed in the course of negotiations for a contract.
MEMBERS_MAY_SEE = frozenset({3, 6})
# Kinds that hold terms in negotiation: for members from the exchange of contracts on.
IN_NEGOTIATION = frozenset({"heads_of_terms", "clause"})

# The exemption of the Freedom of Information Act 2000 that usually goes with a paragraph, for an
# answer in which none is recorded (not verified; the answer decides).
FOI_USUALLY = {1: "s.40(2)", 2: "s.40(2)", 3: "s.43(2)", 5: "s.42(1)", 7: "s.31(1)"}

_QUALIFYING = {
    "8": "takes the exemption of paragraph 3 away from what must be registered",
    "9": "takes every exemption away from development that the authority may permit itself",
    "10": "asks for the public interest to be weighed",
}


def paragraph(authority: str, on: date, number: int) -> Rule:
    """The rule of a paragraph: its source tells in words what it covers.

    Raises:
        NoRule: there is no such paragraph on that day.
    """
    return Policy(authority, on).rule(f"exempt.paragraph-{number}")


def paragraphs(written: str, authority: str, on: date) -> tuple[int, ...]:
    """The numbers of paragraphs as officers write them: "3", "3, 5", "3 and 5".

    Raises:
        BadFact: names each that is no ground of exemption.
    """
    told = [word for word in re.split(r"[\s,;&]+|and", written) if word]
    for word in told:
        try:
            paragraph(authority, on, int(word) if word.isdecimal() else 0)
        except NoRule:
            why = f" ({_QUALIFYING[word]})" if word in _QUALIFYING else ""
            raise BadFact(
                f"There is no exemption under paragraph {word}{why}. Schedule 12A of the Local "
                "Government Act 1972 exempts under paragraphs 1 to 7; for a disposal it is mostly "
                "3, the financial or business affairs of any particular person."
            ) from None
    if not told:
        raise BadFact("Say under which paragraph of Schedule 12A it is exempt, such as 3.")
    return tuple(sorted({int(word) for word in told}))


def numbers(kept: str | None) -> tuple[int, ...]:
    """The numbers in what a register keeps."""
    return tuple(sorted({int(number) for number in re.findall(r"\d+", kept or "")}))
