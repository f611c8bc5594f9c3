"""The record of decision, proposed or signed (SI 2012/2089, regs 12 and 13)."""

from collections.abc import Iterator
from shlex import quote

from disposals.disclosure.papers.record import Facts, RecordFacts
from disposals.disclosure.papers.wording import decided
from disposals.exports.paper import Block, Cell, Heading, Labelled, Paper, Point, Said, Table
from disposals.exports.papers.draft import Draft, Drafted, paragraphs, split_numbered
from disposals.exports.papers.remedies import correcting, deciding, is_settled, opening_or
from disposals.exports.papers.urgency import urgency
from disposals.vocabulary import PaperKind, Recommendation
from disposals.words import counted, day

_FOR_PUBLICATION = (
    "For publication [Do not include information which is exempt from publication under "
    "schedule 12A of the Local Government Act 1972]"
)


def record_paper(facts: RecordFacts) -> Drafted:
    """The record of a decision, with the five parts that the law asks for."""
    draft = Draft(PaperKind.RECORD, facts.reference, facts.written)
    kind = "Record of decision" if facts.is_signed else "Proposed record of decision"
    paper = Paper(
        title=kind,
        subtitle=f"{facts.council} · decision {facts.number}",
        author=facts.council,
        on=facts.on,
        marking=f"{facts.council.upper()} – {kind.upper()}",
        foot=f"{facts.council} · {kind.lower()} {facts.number} · {facts.stamp}",
        blocks=tuple(_blocks(facts, draft)),
    )
    return Drafted(paper, tuple(draft.gaps))


def _blocks(facts: RecordFacts, draft: Draft) -> Iterator[Block]:
    decision = facts.decision
    if not decision:
        lacking = draft.lack(
            "the decision, which is recorded but not declared open",
            opening_or(facts.kept_back, f"disposals decision show {facts.number}"),
        )
        yield Said(lacking)
        return
    is_key = decision["is_key"]
    taken = "taken" if facts.is_signed else "to be taken"
    head = [
        (f"Decision {taken} by:", decision["taker"]),
        ("Decision no:", facts.number),
        ("Key decision:", "YES" if is_key else "NO"),
    ]
    if is_key:
        key = decision["key_criterion"]
        criterion = draft.need(key, "what makes the decision key", _edit(facts, "key_criterion"))
        head.append(("Key decision criteria:", criterion))
    yield Labelled(tuple(head))
    yield Said(_FOR_PUBLICATION, is_strong=True)
    yield Heading("Subject matter / title of decision")
    yield Said(decision["title"])
    yield Heading("Decision")
    yield from _decision(facts)
    yield Heading("Reason(s) for decision")
    yield from paragraphs(
        draft.need(decision["reasons"], "the reasons for the decision", _edit(facts, "reasons"))
    )
    yield Heading("Cabinet Committee recommendations and other consultation")
    yield from _consultation(facts, draft)
    yield Heading("Any alternatives considered and rejected")
    yield from _alternatives(facts, draft)
    yield Heading("Any interest declared when the decision was taken and any dispensation granted")
    yield Said(_interests(facts, draft))
    if decision["urgency"] or decision["exception"]:
        yield Heading("Urgency")
        yield from urgency(decision, draft)
    yield from _signature(facts)
    yield from _after(facts)


def _decision(facts: RecordFacts) -> Iterator[Block]:
    delegated = split_numbered(facts.decision["delegated_to"])
    act = decided(facts.written.texts, facts.name).rstrip(". ")
    yield Said(
        f"As the {facts.decision['taker']}, I {act}"
        + (" and delegate authority to:" if delegated else ".")
    )
    yield from (Point(f"{no}.", text) for no, text in enumerate(delegated, start=1))


def _consultation(facts: RecordFacts, draft: Draft) -> Iterator[Block]:
    decision = facts.decision
    named = {each["committee"] for each in facts.referrals}
    for referral in facts.referrals:
        yield Said(_referral(facts, draft, referral))
    if not named or (decision["committee"] and decision["committee"] not in named):
        yield from _named_committee(facts, draft)
    yield from paragraphs(draft.text("consultation"))


def _referral(facts: RecordFacts, draft: Draft, referral: Facts) -> str:
    """What one committee made of it, or that it still has to consider it."""
    committee, on = referral["committee"], referral["considered_on"]
    if on is None and facts.is_signed:
        lacking = draft.lack(
            f"what the {committee} recommended",
            f"disposals decision consider {facts.number} --recommendation WORDS "
            f"--committee {quote(committee)} --on DATE",
        )
        return f"{committee}, {day(referral['meeting_on'])}: {lacking}"
    if on is None:
        return f"To be discussed at the {committee}, {day(referral['meeting_on'])}."
    late = referral["late_because"]
    return f"{committee}, {day(on)}: {_made_of_it(referral)}" + (
        f" The report was taken as urgent: {late}" if late else ""
    )


def _made_of_it(referral: Facts) -> str:
    abstained = referral["abstentions"]
    by = f", with {counted(abstained, 'abstention')}" if abstained else ""
    match referral["recommendation"]:
        case Recommendation.ENDORSED:
            return f"The proposed decision was endorsed{by}."
        case Recommendation.AMENDED:
            return f"The proposed decision was endorsed as amended{by}: “{referral['amended']}”"
        case Recommendation.DEFERRED:
            return f"Consideration of the proposed decision was deferred{by}."
        case _:
            return f"The proposed decision was not endorsed{by}."


def _named_committee(facts: RecordFacts, draft: Draft) -> Iterator[Block]:
    """The committee as the decision itself names it, as registers of earlier days have it."""
    decision = facts.decision
    if facts.kept_back is None and draft.text("consultation") and _lacks_its_meeting(decision):
        named = (decision["committee"], decision["committee_outcome"])
        if decision["committee_outcome"]:
            yield Said(": ".join(filter(None, named)))
        return
    committee = draft.need(
        decision["committee"], "the committee",
        opening_or(facts.kept_back, _edit(facts, "committee", section="consultation")),
    )  # fmt: skip
    on = decision["considered_on"]
    when = day(on) if on else draft.lack(
        "the day of the meeting",
        opening_or(facts.kept_back, _edit(facts, "considered_on", "DATE", section="consultation")),
    )  # fmt: skip
    outcome = decision["committee_outcome"]
    if outcome:
        yield Said(f"{committee}, {when}: {outcome}")
    elif not facts.is_signed:
        yield Said(f"To be discussed at the {committee}, {when}.")
    elif not draft.text("consultation"):
        lacking = draft.lack("what the committee recommended", _write(facts, "consultation"))
        yield Said(f"{committee}, {when}: {lacking}")


def _alternatives(facts: RecordFacts, draft: Draft) -> Iterator[Block]:
    told = facts.decision["alternatives"]
    rejected = [option for option in facts.options if not option["is_recommended"]]
    written = draft.text("alternatives")
    if written:
        yield from paragraphs(written)
    elif told:
        yield Said(told)
    elif rejected:
        for option in rejected:
            why = draft.need(
                option["reasons_against"], f"why option {option['no']} was rejected",
                correcting("option", option, "reasons_against", "REASON"),
            )  # fmt: skip
            yield Said(f"Option {option['no']}: {option['title']} {why}")
    else:
        command = _edit(facts, "alternatives", section="alternatives")
        yield Said(draft.lack("the alternatives that were rejected", command))


def _interests(facts: RecordFacts, draft: Draft) -> str:
    if facts.decision["interests"]:
        return str(facts.decision["interests"])
    if not facts.is_signed:
        return "To be declared when the decision is taken; where there is none, “None declared”."
    return draft.lack(
        "interests declared and any dispensation, or that there were none",
        f"disposals decision take {facts.number} --interests 'None declared' --on DATE",
    )


def _signature(facts: RecordFacts) -> Iterator[Block]:
    on = facts.decision["taken_on"]
    yield Heading("Signed")
    yield Table(
        ("Taken by", "Signature", "Date"),
        ((
            Cell(facts.decision["taker"]), Cell("", is_tall=True),
            Cell(day(on) if facts.is_signed and on else ""),
        ),),
        (4, 4, 3),
    )  # fmt: skip
    if facts.is_signed and facts.decision["published_on"]:
        yield Said(f"Published on {day(facts.decision['published_on'])}.")


def _after(facts: RecordFacts) -> Iterator[Block]:
    """Whether it is subject to call-in, and what came of one."""
    if not facts.is_signed:
        return
    waived, called = facts.decision["call_in_waived"], facts.call_in
    yield Heading("Call-in")
    if called:
        yield Said(
            f"Called in on {day(called['called_in_on'])} by {called['called_in_by']}: "
            f"{called['because']}"
        )
        if called["outcome"]:
            yield Said(
                f"Outcome, {day(called['outcome_on'])}: {called['outcome']}."
                + (
                    f" Confirmed on {day(called['confirmed_on'])} by whoever took it."
                    if called["confirmed_on"]
                    else ""
                )
            )
    yield Said(f"Subject to call-in: {f'no, as agreed by {waived}' if waived else 'yes'}.")
    if facts.effective_on:
        yield Said(f"It may be acted on from {day(facts.effective_on)}.")
    else:
        yield Said("The day from which it may be acted on can't be said yet.")


def _lacks_its_meeting(decision: Facts) -> bool:
    """Whether a decision that is settled never said which committee met, or when."""
    return is_settled(decision) and any(
        not decision[field] and field not in decision["kept_back"]
        for field in ("committee", "considered_on")
    )


def _edit(
    facts: RecordFacts, field: str, value: str = "WORDS", *, section: str | None = None
) -> str | None:
    """What fills in a field of the decision.

    Args:
        section: what may still be written of it when the decision itself stands as it is.
    """
    written = None if section is None else _write(facts, section)
    return deciding(facts.decision, field, value) or written


def _write(facts: RecordFacts, section: str) -> str:
    return (
        f"disposals paper write {facts.reference} --paper record --section {section} "
        "--text TEXT --open"
    )
