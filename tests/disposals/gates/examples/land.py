"""What the law asks about the land, and how it may stand answered."""

from dataclasses import replace
from datetime import date

from disposals.policy import Policy, Rule
from disposals.records.cases import Holding
from disposals.records.title import Possession
from disposals.vocabulary import Known, Question
from sites.record import Record
from tests.builders import TODAY, a_case, a_consent, a_land_answer, evidence
from tests.builders_of_land import (
    a_boundary,
    a_moratorium,
    a_notice,
    a_part,
    a_title_report,
    open_space_marked,
    used_as,
)
from tests.disposals.gates.situation import Examples, Room, Situation, when

OPEN_SPACE = a_land_answer(Question.OPEN_SPACE, Known.YES)
LISTED = a_land_answer(Question.COMMUNITY_VALUE, Known.YES)
NOT_LISTED = a_land_answer(Question.COMMUNITY_VALUE, Known.NO)
PARTS = a_part(1), a_part(2)
NO_SITE = replace(a_case(), evidence={**a_case().evidence, Holding: ()})
TOLD_IN_MARCH = {"received_on": date(2021, 3, 1)}


def _settled_by_consent(question: Question, is_so: str, consent: str) -> Examples:
    """The situations of a question that a “no” settles, and a “yes” only with a consent."""
    yes = a_land_answer(question, Known.YES)
    return Examples(
        opens=(
            when("Nobody has answered."),
            when(f"{is_so}, and nothing follows from it yet.", yes),
        ),
        settles=(
            when("The answer is no, and says on what it rests.",
                 a_land_answer(question, Known.NO)),
            when(f"{is_so}, and there is {consent}.", yes, a_consent(question, "Consent 42")),
        ),
    )  # fmt: skip


class _Directed(Policy):
    """Kent, if a direction named it."""

    def rule(self, rule_id: str) -> Rule:
        found = Policy.rule(self, rule_id)
        return replace(found, value=1) if rule_id == "land.dissolution-direction" else found


def _if_directed(title: str, *records: Record) -> Situation:
    return Situation(title, replace(a_case(*records), policy=_Directed("kent", TODAY)))


LAND: Room = {
    "land.crichel-down": _settled_by_consent(
        Question.CRICHEL_DOWN, "It was acquired by compulsion", "an offer back that was refused"
    ),
    "land.holding-power": _settled_by_consent(
        Question.OTHER_PURPOSE, "It is held for another purpose", "an appropriation"
    ),
    "land.open-space": Examples(
        opens=(
            when("Nobody has answered."),
            when("It is open space, and no notice was given.", OPEN_SPACE),
            when("The map shows open space, and an officer answered no.", open_space_marked(),
                 a_land_answer(Question.OPEN_SPACE, Known.NO, basis="Fenced since 1990")),
            when("The two notices are not in weeks that follow each other.", OPEN_SPACE,
                 a_notice(second_on=date(2021, 6, 16))),
            when("Objections closed with the second notice.", OPEN_SPACE,
                 a_notice(objections_by=date(2021, 6, 9))),
            when("Objections may still be made.", OPEN_SPACE,
                 a_notice(objections_by=date(2021, 10, 15), considered_on=None)),
            when("Nobody considered the objections.", OPEN_SPACE, a_notice(considered_on=None)),
        ),
        settles=(
            when("It was noticed in two weeks, and objections were considered.", OPEN_SPACE,
                 a_notice()),
            when("None of it is open space.", a_land_answer(Question.OPEN_SPACE, Known.NO)),
        ),
    ),
    "land.community-value": Examples(
        opens=(
            when("Nobody has answered."),
            when("It is listed, and the listing authority was not told.", LISTED),
            when("It was told this month.", LISTED,
                 a_moratorium(Known.NO, received_on=date(2021, 9, 6))),
            when("Nobody says whether a community group asked to bid.", LISTED,
                 a_moratorium(Known.UNKNOWN, **TOLD_IN_MARCH)),
            when("A community group asked to bid in the six months.", LISTED,
                 a_moratorium(Known.YES, received_on=date(2021, 5, 4))),
            when("It was told two years ago.", LISTED,
                 a_moratorium(Known.NO, received_on=date(2019, 9, 2))),
        ),
        settles=(
            when("It was told in March, and nobody asked to bid.", LISTED,
                 a_moratorium(Known.NO, **TOLD_IN_MARCH)),
            when("It is not listed.", NOT_LISTED),
        ),
    ),
    "land.school": _settled_by_consent(
        Question.SCHOOL, "A school used it", "the consent of the Secretary of State"
    ),
    "land.housing": _settled_by_consent(
        Question.HOUSING, "It is held for housing", "a consent"
    ),
    "land.allotment": _settled_by_consent(
        Question.ALLOTMENT, "It is allotment land", "the consent of the Secretary of State"
    ),
    "land.highway": _settled_by_consent(
        Question.HIGHWAY, "A highway crosses it", "an order that stops it up"
    ),
    "land.trust": _settled_by_consent(
        Question.TRUST, "It is held on trust", "evidence of how the trust is met"
    ),
    "land.title": Examples(
        opens=(
            when("Nobody has reported on title."),
            Situation("The disposal takes in no site.", NO_SITE),
        ),
        settles=(when("The solicitor has reported.", a_title_report()),),
    ),
    "land.consents-before-marketing": Examples(
        opens=(
            when("The option was accepted if planning consent comes first, and it has not come.",
                 a_consent("planning", "Outline consent", body="Dartford", granted_on=None,
                           needed_before="marketing")),
        ),
        settles=(
            when("It has come.", a_consent("planning", "Outline consent",
                                           needed_before="marketing")),
            when("Marketing waits for nothing."),
        ),
    ),
    "land.dissolution-direction": Examples(
        opens=(_if_directed("A direction names the council, and there is no consent."),),
        settles=(
            when("No direction names the council."),
            _if_directed("The council that is to follow has consented.",
                         a_consent("dissolution", "Consent 7", body="Shadow council")),
        ),
    ),
}  # fmt: skip

SITES: Room = {
    "sites.vacant-possession": Examples(
        opens=(when("A car park is still in use.", used_as("car park", Known.YES)),),
        settles=(
            when("It has closed.", used_as("car park", Known.YES),
                 evidence(Possession, occupation="car park", ended_on=date(2021, 8, 1))),
        ),
    ),
    "sites.parts-make-up-site": Examples(
        opens=(
            when("The site was never cut.", a_boundary(None, 5_220)),
            when("One of the parts is not drawn.", *PARTS, a_boundary(None, 5_220),
                 a_boundary(1, 3_000)),
            when("A strip belongs to no part.", *PARTS, a_boundary(None, 5_220),
                 a_boundary(1, 3_000), a_boundary(2, 2_208)),
        ),
        settles=(
            when("The parts make up the site.", *PARTS, a_boundary(None, 5_220),
                 a_boundary(1, 3_000), a_boundary(2, 2_220)),
        ),
    ),
}  # fmt: skip
