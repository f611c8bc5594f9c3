"""The option appraisal: what could be done with the land, on one footing, and which is chosen."""

from collections.abc import Iterator

from disposals.disclosure.appraisals import Appraised
from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.options import OptionsFacts
from disposals.exports.paper import Block, Drawing, Heading, Labelled, Listing, Paper, Said
from disposals.exports.papers.draft import Draft, Drafted, lines, paragraphs
from disposals.exports.papers.exempt import (
    MARKING,
    by_virtue,
    for_members,
    illustrative,
    notes,
    why_exempt,
)
from disposals.exports.papers.options_tables import (
    cash_flows,
    described,
    points_given,
    sums,
    weighed,
)
from disposals.exports.papers.remedies import correcting, opening_or, recommending
from disposals.vocabulary import PaperKind
from disposals.words import counted, day, listed


def options_paper(facts: OptionsFacts, chart: Drawing | None) -> Drafted:
    """The option appraisal: exempt as a whole, or what is open of it for the public.

    Args:
        chart: costs, receipts and present values as bars; None where no sum is known.
    """
    draft = Draft(PaperKind.OPTIONS, facts.reference, facts.written)
    who = "" if facts.is_public else "EXEMPT, not for publication · "
    paper = Paper(
        title="Option appraisal",
        subtitle=facts.name,
        author=facts.council,
        on=facts.on,
        marking="UNRESTRICTED" if facts.is_public else MARKING,
        foot=f"{facts.council} · option appraisal · {who}{facts.stamp}",
        blocks=tuple(_blocks(facts, draft, chart)),
    )
    return Drafted(paper, tuple(draft.gaps))


def _blocks(facts: OptionsFacts, draft: Draft, chart: Drawing | None) -> Iterator[Block]:
    write = f"disposals paper write {facts.reference} --paper options --section need --text TEXT"
    if not facts.is_public:
        yield by_virtue(facts.paragraphs, draft, f"{write} --paragraphs 3")
    if facts.is_illustrative:
        yield illustrative()
    yield Labelled(tuple(_head(facts)))
    yield from for_members(facts.audience)
    if facts.audience is Audience.OFFICER:
        yield from why_exempt(facts.because, draft, f"{write} --exempt-because REASON")
    yield Heading("1. What is wanted")
    yield from paragraphs(draft.text("need"))
    yield Heading("2. The options")
    yield from _options(facts, draft)
    yield Heading("3. Costs, receipts and present value")
    yield from _sums(facts, draft, chart)
    yield Heading("4. Criteria and points")
    yield from _points(facts, draft)
    yield Heading("5. The option recommended")
    yield from _recommended(facts, draft)
    yield Heading("6. The options rejected, and why")
    yield from _rejected(facts, draft)
    yield Heading("7. What this rests on")
    yield from _basis(facts, draft)
    yield Heading("Author")
    yield Listing(tuple(lines(draft.text("author"))))
    valued = [option for option in facts.appraisal.options if option.figures]
    if valued:
        yield Heading("Appendix – The figures by year")
        for option in valued:
            yield Heading(f"{option.no}. {option.title}", level=3)
            yield cash_flows(option)


def _head(facts: OptionsFacts) -> Iterator[tuple[str, str]]:
    options = facts.appraisal.options
    yield "As at:", day(facts.on)
    yield "Options:", f"{counted(len(options), 'option')} compared"
    for option in options:
        if option.is_recommended:
            yield "Recommended:", f"{option.no}. {option.title}"
    yield "Discount rate:", f"{facts.appraisal.rate.normalize():f} % a year ({facts.rate_source})"


def _options(facts: OptionsFacts, draft: Draft) -> Iterator[Block]:
    options = facts.appraisal.options
    if not options:
        what = "an option that is declared open" if facts.is_public else "an option"
        yield Said(draft.lack(what, opening_or(facts.kept_back["option"], _add(facts))))
        return
    yield described(options)
    if not any(option.is_do_nothing for option in options):
        lacking = draft.lack(
            "keeping the land as it is, with which every option is compared",
            opening_or(facts.kept_back["do nothing"], f"{_add(facts)} --do-nothing"),
        )
        yield Said(lacking)


def _sums(facts: OptionsFacts, draft: Draft, chart: Drawing | None) -> Iterator[Block]:
    options = facts.appraisal.options
    valued = [option for option in options if option.present_value is not None]
    silent = [option.no for option in options if option.present_value is None]
    if valued:
        yield sums(options)
        yield Said(
            "Receipts less costs, each discounted to its year, in today's money and whole pounds; "
            "the appendix shows the sums."
        )
    if facts.is_public:
        if silent or not options:
            yield Said(_withheld(facts, "Costs, receipts and present values are"))
    elif silent:
        lacking = draft.lack(
            f"costs and receipts of option {listed(silent)}",
            f"disposals option figure {facts.reference} --option-no {silent[0]} --flow cost "
            "--what WHAT --amount POUNDS --year 0",
        )
        yield Said(lacking)
    if chart is not None:
        yield chart


def _points(facts: OptionsFacts, draft: Draft) -> Iterator[Block]:
    told = facts.appraisal
    if told.criteria:
        yield weighed(told)
    if any(option.points for option in told.options):
        yield points_given(told.options)
    if facts.is_public:
        if any(option.quality is None for option in told.options) or not told.options:
            yield Said(_withheld(facts, "Criteria, weights and points are"))
        return
    if not told.criteria:
        lacking = draft.lack(
            "weighted criteria",
            f"disposals option criterion {facts.reference} --title CRITERION --weight-percent 100",
        )
        yield Said(lacking)
    elif unscored := [option.no for option in told.options if option.quality is None]:
        lacking = draft.lack(
            f"points for every criterion of option {listed(unscored)}, by weights that come to 100",
            f"disposals option score {facts.reference} --subject {unscored[0]} "
            "--criterion CRITERION --points POINTS --because REASON",
        )
        yield Said(lacking)


def _recommended(facts: OptionsFacts, draft: Draft) -> Iterator[Block]:
    chosen = [option for option in facts.appraisal.options if option.is_recommended]
    if not chosen:
        command = recommending(
            facts.reference, facts.kept_back, adding=f"{_add(facts)} --recommended",
            has_options=bool(facts.appraisal.options),
        )  # fmt: skip
        yield Said(draft.lack("the option that is recommended", command))
    for option in chosen:
        yield Said(_named(option), is_strong=True)
        why = draft.need(
            option.reasons_for, "why the option is recommended",
            correcting("option", facts.rows[option.no], "reasons_for", "REASON"),
        )  # fmt: skip
        yield from paragraphs(why)
        if option.reasons_against:
            yield Said(f"What speaks against it: {option.reasons_against}")
    if facts.appraisal.notes:
        yield from notes(facts.appraisal.notes)


def _rejected(facts: OptionsFacts, draft: Draft) -> Iterator[Block]:
    rejected = [option for option in facts.appraisal.options if not option.is_recommended]
    if not rejected:
        yield Said("No other option is among those shown.")
    for option in rejected:
        yield Said(_named(option), is_strong=True)
        why = draft.need(
            option.reasons_against, f"why option {option.no} was rejected",
            correcting("option", facts.rows[option.no], "reasons_against", "REASON"),
        )  # fmt: skip
        yield from paragraphs(why)
        if option.reasons_for:
            yield Said(f"What speaks for it: {option.reasons_for}")


def _basis(facts: OptionsFacts, draft: Draft) -> Iterator[Block]:
    if facts.is_public:  # what figures rest on says much of them
        for name in ("assumptions", "sensitivity"):
            yield from paragraphs(facts.written.texts.get(name))
        yield Said(
            "The options are compared as HM Treasury's Green Book sets out: what each costs and "
            "brings, when, what may go wrong, and how well it serves what is wanted. Keeping the "
            "land is compared with the others."
        )
        return
    yield from paragraphs(draft.text("assumptions"))
    yield from paragraphs(draft.text("sensitivity"))
    yield Said(
        "A present value is the sum of receipts less costs, each divided by one plus the rate for "
        "every year that it lies ahead. Inflation is left out: all amounts are in today's money. "
        "Quality is the sum of each criterion's weight times the share of its points that an "
        "option was given. Value and quality stand beside each other and are not added."
    )


def _withheld(facts: OptionsFacts, what: str) -> str:
    if facts.appraisal.is_part_withheld and facts.paragraphs:
        under = listed(facts.paragraphs)
        return (
            f"{what} exempt from publication under paragraph(s) {under} of Part 1 of Schedule 12A "
            "of the Local Government Act 1972."
        )
    return f"{what} not published."


def _named(option: Appraised) -> str:
    return f"{option.no}. {option.title}"


def _add(facts: OptionsFacts) -> str:
    is_open = " --open" if facts.is_public else ""
    return f"disposals option add {facts.reference} --no NO --title TITLE{is_open}"
