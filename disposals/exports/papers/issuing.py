"""Papers as files: facts gathered, blocks made, files written all or none."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from os.path import realpath
from pathlib import Path

from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.appendix import appendix_facts
from disposals.disclosure.papers.contradictions import contradictions
from disposals.disclosure.papers.notice import notice_facts
from disposals.disclosure.papers.record import record_facts
from disposals.disclosure.papers.report import report_facts
from disposals.errors import BadFact, NotAllowed, NotRecorded
from disposals.exports.paper import Sheet, made, refuse_unknown_kind
from disposals.exports.papers.appendix import appendix_paper
from disposals.exports.papers.draft import Drafted, Gap
from disposals.exports.papers.notice import notice_paper
from disposals.exports.papers.record import record_paper
from disposals.exports.papers.report import report_paper
from disposals.exports.plans import plan_pictures
from disposals.register import Register
from disposals.words import counted, listed
from sites.plan.choices import Kind
from sites.writing import whole_file

_NO_INK_MM = 9  # along the edges of a plan, a little less than its own margin


@dataclass(frozen=True, slots=True)
class Wanted:
    """How papers are wanted.

    Attributes:
        on: the day that they bear.
        template: a Word document of the council's own.
        is_final: nothing may be missing.
    """

    on: date
    template: Path | None = None
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class Issued:
    """What was written.

    Attributes:
        stamps: by file, what stands at its foot.
        gaps: what is marked as missing, in all files together.
        contradictions: what can't all be right, as sentences.
    """

    stamps: dict[str, str]
    gaps: tuple[Gap, ...]
    contradictions: tuple[str, ...]


def issue_report(
    register: Register,
    ref: str,
    out: Path,
    wanted: Wanted,
    *,
    appendix: Path | None = None,
    appendix_for: Audience = Audience.OFFICER,
) -> Issued:
    """Write the report on a case for the public, and its exempt appendix as a file of its own.

    Args:
        appendix_for: its whole text is for officers and the committee; any other member may see
            less.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotAllowed: it is to be final and something is missing; nothing is written.
        BadFact, UnreadableFile, CannotWrite: as for `exports.paper.write_paper`.
    """
    if appendix_for is Audience.PUBLIC:
        raise BadFact("The exempt appendix is for officers or members, not for the public.")
    paths = [out] if appendix is None else [out, appendix]
    refuse_names(paths, wanted)
    on = wanted.on
    facts = report_facts(
        register, ref, audience=Audience.PUBLIC, on=on, with_appendix=appendix is not None
    )
    captions = {"Site plan": _site_plan(facts.parts)}
    plans = _sheets(register, ref, out, captions, on=on)
    drafted = [report_paper(facts, plans)]
    if appendix is not None:
        drafted.append(appendix_paper(appendix_facts(register, ref, audience=appendix_for, on=on)))
    found = contradictions(register, ref, on=on)
    return issue(paths, drafted, wanted, found)


def issue_record(
    register: Register, number: str, out: Path, wanted: Wanted, *, is_signed: bool
) -> Issued:
    """Write the record of a decision for the public, proposed or as it is signed.

    Raises:
        NotRecorded: no decision of that number is recorded.
        NotAllowed: it is to be signed and was not taken, or final and something is missing.
        BadFact, UnreadableFile, CannotWrite: as for `exports.paper.write_paper`.
    """
    refuse_names([out], wanted)
    facts = record_facts(
        register, number, audience=Audience.PUBLIC, on=wanted.on, is_signed=is_signed
    )
    found = contradictions(register, facts.reference, on=wanted.on)
    return issue([out], [record_paper(facts)], wanted, found)


def issue_notice(register: Register, number: str, out: Path, wanted: Wanted) -> Issued:
    """Write the notice of a key decision for the public.

    Raises:
        NotRecorded: no decision of that number is recorded.
        NotAllowed: it is no key decision or was withdrawn, or final and something is missing.
        BadFact, UnreadableFile, CannotWrite: as for `exports.paper.write_paper`.
    """
    refuse_names([out], wanted)
    facts = notice_facts(register, number, audience=Audience.PUBLIC, on=wanted.on)
    return issue([out], [notice_paper(facts)], wanted, ())


def refuse_names(paths: Sequence[Path], wanted: Wanted) -> None:
    """Refuse names that say no kind of paper, or one name for two, before anything is read."""
    for path in paths:
        refuse_unknown_kind(path, in_template=wanted.template)
    if len({realpath(path) for path in paths}) < len(paths):
        raise BadFact("The exempt appendix is a file of its own: give it another name.")


def issue(
    paths: Sequence[Path], drafted: Sequence[Drafted], wanted: Wanted, found: Sequence[str]
) -> Issued:
    """Write papers that are drafted, all or none.

    Raises:
        NotAllowed: they are to be final and something is missing; names each with its command.
        BadFact, UnreadableFile, CannotWrite: as for `exports.paper.write_paper`.
    """
    gaps = tuple(dict.fromkeys(gap for each in drafted for gap in each.gaps))
    if wanted.is_final and gaps:
        told = "\n".join(f"  {gap.what}: {gap.remedy}" for gap in gaps)
        raise NotAllowed(
            f"The paper is not final: {counted(len(gaps), 'thing is', 'things are')} missing. "
            f"Nothing was written. Record them, or write a draft without --final.\n{told}"
        )
    contents = [
        made(path, each.paper, in_template=wanted.template)
        for path, each in zip(paths, drafted, strict=True)
    ]
    with ExitStack() as files:
        for path, content in zip(paths, contents, strict=True):
            files.enter_context(whole_file(path)).write(content)
    stamps = {str(path): each.paper.foot for path, each in zip(paths, drafted, strict=True)}
    return Issued(stamps, gaps, tuple(found))


def _sheets(
    register: Register, ref: str, out: Path, captions: dict[str, str], *, on: date
) -> list[Sheet]:
    """The plans as an audience of the public sees them; none where the land is not drawn."""
    kind = Kind.PNG if out.suffix.lower() == ".docx" else Kind.SVG
    try:
        drawn = plan_pictures(register, ref, kind, audience=Audience.PUBLIC, on=on)
    except NotRecorded:
        return []
    return [
        Sheet(
            captions.get(each.kind, each.kind), each.described, each.content, each.width,
            each.height, _NO_INK_MM,
        )
        for each in drawn
    ]  # fmt: skip


def _site_plan(parts: Sequence[tuple[int, str]]) -> str:
    if not parts:
        return "Site plan"
    between = listed(f"Part {no} ({purpose})" for no, purpose in parts)
    return f"Site plan identifying the split between {between}"
