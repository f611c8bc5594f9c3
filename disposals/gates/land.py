"""Gates on the land itself: how it was acquired and is held, who has rights in it, what is sold.

Each question is asked of every site that the case takes in, and the worst answer counts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from disposals.casefile import CaseFile
from disposals.gates import gate
from disposals.records.cases import Holding
from disposals.records.land import Consent, LandAnswer
from disposals.vocabulary import Question
from disposals.words import listed
from sites.record import Known
from workflows.gates import Answer, Verdict, by, met, not_applicable, unknown, unmet

_WORST_FIRST = (Verdict.UNKNOWN, Verdict.UNMET, Verdict.MET, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class OnMap:
    """What is marked on the map about a question: yes here, or no for it lies elsewhere."""

    says: Known
    reason: str


def worst(answers: Iterable[Answer]) -> Answer:
    """The worst of several answers, with every reason that is as bad."""
    given = list(answers)
    if not given:
        return unknown("No site is recorded for this disposal.")
    verdict = min((answer.verdict for answer in given), key=_WORST_FIRST.index)
    worst = [answer for answer in given if answer.verdict is verdict]
    return Answer(
        verdict, " ".join(dict.fromkeys(answer.reason for answer in worst)), worst[0].remedy
    )


def of_each_site(
    file: CaseFile,
    question: Question,
    if_yes: Callable[[str], Answer],
    *,
    about: str,
    on_map: Callable[[str], OnMap | None] = lambda _: None,
) -> Answer:
    """Ask a question of every site: unanswered blocks, no settles it, yes asks for more.

    Args:
        if_yes: from a site's reference to the answer where the question is answered yes.
        about: the question in the words of a sentence, such as “open space”.
        on_map: what the map says of a site, if anything; it can't be answered away.
    """
    answers = {a.site_ref: a for a in file.of(LandAnswer) if a.question is question}

    def one(site_ref: str) -> Answer:
        answer = answers.get(site_ref)
        drawn = on_map(site_ref)
        if drawn is not None and drawn.says is Known.NO:
            return not_applicable(drawn.reason)
        if drawn is not None and answer is not None and answer.answer is Known.NO:
            return unmet(
                f"{site_ref}: the answer is no ({answer.basis}), but {drawn.reason}. Correct the "
                "one or the other.",
                remedy=by("land answer", question=question, site=site_ref),
            )
        if drawn is not None:
            return if_yes(site_ref)
        if answer is None or answer.answer is Known.UNKNOWN:
            return unknown(
                f"Nobody has answered for {site_ref}: {about}?",
                remedy=by("land answer", question=question, site=site_ref),
            )
        if answer.answer is Known.NO:
            return not_applicable(f"{site_ref}: {answer.basis}")
        return if_yes(site_ref)

    return worst(one(holding.site_ref) for holding in file.of(Holding))


def _consented(file: CaseFile, question: Question, wanted: str) -> Callable[[str], Answer]:
    def answer(site_ref: str) -> Answer:
        granted = [
            consent
            for consent in file.of(Consent)
            if consent.kind == question
            and consent.site_ref in {None, site_ref}
            and consent.granted_on is not None
            and consent.granted_on <= file.on
        ]
        if not granted:
            return unmet(
                f"{site_ref}: {wanted} is not recorded.",
                remedy=by("land consent", kind=question, site=site_ref),
            )
        return met(f"{site_ref}: {granted[-1].title}, {granted[-1].body}.")

    return answer


def _question_settled_by_consent(
    question: Question, *, asks: str, rule: str, about: str, wanted: str
) -> None:
    """Enter a gate that a “no” settles, and a “yes” only together with someone's consent."""

    def answer(file: CaseFile) -> Answer:
        return of_each_site(file, question, _consented(file, question, wanted), about=about)

    name = "holding-power" if question is Question.OTHER_PURPOSE else question.value
    gate(
        f"land.{name}",
        asks=asks,
        rule=rule,
        owner="legal services",
        remedy="land answer",
        reads=(Holding, LandAnswer, Consent),
    )(answer)


_question_settled_by_consent(
    Question.CRICHEL_DOWN,
    asks="Must the land be offered back to a former owner?",
    rule="land.crichel-down",
    about="was it acquired by or under threat of compulsion, and do the Crichel Down Rules apply",
    wanted="the offer back to the former owner, made and not taken up,",
)
_question_settled_by_consent(
    Question.OTHER_PURPOSE,
    asks="Is the land held for a purpose from which it must first be appropriated?",
    rule="land.holding-power",
    about="is it held for a purpose that a general disposal does not cover",
    wanted="the appropriation",
)
_question_settled_by_consent(
    Question.SCHOOL,
    asks="Is it school land or a playing field that needs consent?",
    rule="land.school",
    about="was it used by a school within the years that the Acts look back",
    wanted="the Secretary of State for Education's consent",
)
_question_settled_by_consent(
    Question.HOUSING,
    asks="Is it held for housing?",
    rule="land.housing",
    about="is it held for housing under Part II of the 1985 Act",
    wanted="consent under s.32, or the class of the general consents,",
)
_question_settled_by_consent(
    Question.ALLOTMENT,
    asks="Is it statutory allotment land?",
    rule="land.allotment",
    about="was it acquired or appropriated as allotments",
    wanted="the Secretary of State's consent to dispose of allotments",
)
_question_settled_by_consent(
    Question.HIGHWAY,
    asks="Is any of it public highway?",
    rule="land.highway",
    about="is any of it highway maintainable at public expense",
    wanted="the order that stops it up",
)
_question_settled_by_consent(
    Question.TRUST,
    asks="Is it held on charitable or public trust, or common land or village green?",
    rule="land.trust",
    about="is it held on trust, or registered as common land or a village green",
    wanted="evidence of how the trust or registration is met",
)


@gate(
    "land.consents-before-marketing",
    asks="Are the consents granted that marketing waits for?",
    rule="land.consents-before-marketing",
    owner="local planning authority",
    remedy="land consent",
    reads=(Consent,),
)
def consents_before_marketing(file: CaseFile) -> Answer:
    """An option may be accepted on the footing that a consent comes before the market."""
    needed = [consent for consent in file.of(Consent) if consent.needed_before == "marketing"]
    waiting = [c for c in needed if c.granted_on is None or c.granted_on > file.on]
    if waiting:
        first = waiting[0]
        return unmet(
            " ".join(f"{c.title} is not granted ({c.body})." for c in waiting),
            remedy=by(
                "land consent",
                kind=first.kind,
                title=first.title,
                body=first.body,
                **({"site": first.site_ref} if first.site_ref else {}),
            ),
        )
    if not needed:
        return not_applicable("Nothing is recorded that marketing must wait for.")
    return met(f"{listed(consent.title for consent in needed)}: granted.")


@gate(
    "land.dissolution-direction",
    asks="Does a direction to a council about to be dissolved ask for consent?",
    rule="land.dissolution-direction",
    owner="legal services",
    remedy="land consent",
    reads=(Consent,),
)
def dissolution_direction(file: CaseFile) -> Answer:
    """Where a direction names the council, consent is needed on top of s.123."""
    if not file.policy.number("land.dissolution-direction"):
        return not_applicable("No direction names this council.")
    granted = [
        consent
        for consent in file.of(Consent)
        if consent.kind == "dissolution" and consent.granted_on and consent.granted_on <= file.on
    ]
    if not granted:
        return unmet(
            "A direction names this council and no consent under it is recorded.",
            remedy=by("land consent", kind="dissolution"),
        )
    return met(f"{granted[-1].title}, {granted[-1].body}.")
