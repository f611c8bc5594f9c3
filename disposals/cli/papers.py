"""Commands for the papers of a case: write their sections, and make them as files."""

from pathlib import Path
from typing import Annotated

import typer

from disposals.casework import recording
from disposals.cli import comparing, handing_over, output
from disposals.cli.desk import AsOf, By, Json, On, Open, Ref, Source
from disposals.cli.entries import keeps
from disposals.cli.issuing import Final, Out, Template, make
from disposals.cli.recording import act, disclosure
from disposals.disclosure.fields import Audience
from disposals.sections import SECTIONS
from disposals.vocabulary import PaperKind
from sites.errors import UnreadableFile

paper = typer.Typer(help="Write the papers of a case, and make them as PDF, Word or HTML.")
keeps(paper, ("paper_section",))


@paper.command()
def write(
    ctx: typer.Context,
    ref: Ref,
    kind: Annotated[PaperKind, typer.Option("--paper", help="The paper.")],
    section: Annotated[str, typer.Option(help="The section; `paper sections` lists them.")],
    text: Annotated[str | None, typer.Option(help="What it says.")] = None,
    from_file: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Its text, from a text file.")
    ] = None,
    is_open: Open = False,
    paragraphs: Annotated[
        str | None, typer.Option(help="Exempt under these paragraphs of Schedule 12A, such as 3.")
    ] = None,
    exempt_because: Annotated[
        str | None, typer.Option(help="Why exemption outweighs the public interest in disclosure.")
    ] = None,
    source: Source = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Write a section of a paper; a blank line parts paragraphs, “- ” begins a line of a list."""
    if (text is None) == (from_file is None):
        raise typer.BadParameter("say what it says with --text TEXT, or with --from FILE")
    facts = {
        "paper": kind,
        "section": section,
        "text": _read(from_file) if from_file is not None else text,
        "paragraphs": paragraphs,
        "exempt_because": exempt_because,
        "source": source,
        "disclosure": disclosure(is_open),
    }
    act(
        ctx, ref, f"{section} of the {kind}",
        lambda desk, seen: recording.record(
            desk.register, ref, "paper_section", facts, desk.stamp, seen=seen
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@paper.command()
def sections(
    kind: Annotated[
        PaperKind | None, typer.Option("--paper", help="Of this paper; of all without.")
    ] = None,
    as_json: Json = False,
) -> None:
    """The sections that officers write, and what belongs in each."""
    listed = [
        (each, section) for each in ([kind] if kind else PaperKind) for section in SECTIONS[each]
    ]
    if as_json:
        output.emit([
            {"paper": each.value, "section": section.name, "asks": section.asks,
             "required": section.is_required}
            for each, section in listed
        ])  # fmt: skip
        return
    output.table(
        "Sections that officers write; the rest comes from the register",
        ["Section", "Paper", "Required", "What belongs in it"],
        [
            (section.name, each.value, "yes" if section.is_required else "", section.asks)
            for each, section in listed
        ],
    )


@paper.command()
def report(
    ctx: typer.Context,
    ref: Ref,
    out: Out,
    exempt_appendix: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the exempt appendix too, as a file of its own."),
    ] = None,
    appendix_for: Annotated[
        Audience,
        typer.Option(
            help="Who reads the appendix: officer (and the committee), or member for any other."
        ),
    ] = Audience.OFFICER,
    template: Template = None,
    final: Final = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Write the report to the committee, with its plans; what is missing is marked in the text."""
    from disposals.exports.papers.issuing import issue_report

    if exempt_appendix is None and appendix_for is not Audience.OFFICER:
        raise typer.BadParameter("--appendix-for goes with --exempt-appendix FILE")
    make(
        ctx, lambda register, wanted: issue_report(
            register, ref, out, wanted, appendix=exempt_appendix, appendix_for=appendix_for
        ),
        as_of=as_of, as_json=as_json, template=template, final=final,
    )  # fmt: skip


@paper.command()
def record(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="Such as 21/00100.")],
    out: Out,
    signed: Annotated[
        bool, typer.Option("--signed", help="Of the decision as it was taken, not as proposed.")
    ] = False,
    template: Template = None,
    final: Final = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Write the record of a decision, proposed or signed."""
    from disposals.exports.papers.issuing import issue_record

    make(
        ctx, lambda register, wanted: issue_record(
            register, number, out, wanted, is_signed=signed
        ),
        as_of=as_of, as_json=as_json, template=template, final=final,
    )  # fmt: skip


@paper.command()
def summary(
    ctx: typer.Context,
    ref: Ref,
    out: Out,
    template: Template = None,
    final: Final = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Write the public summary of a site: one page of plain words, of nothing but what is open."""
    from disposals.exports.papers.issuing_summary import issue_summary

    make(
        ctx, lambda register, wanted: issue_summary(register, ref, out, wanted),
        as_of=as_of, as_json=as_json, template=template, final=final,
    )  # fmt: skip


@paper.command()
def notice(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="Such as 21/00100.")],
    out: Out,
    template: Template = None,
    final: Final = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Write the notice that a key decision is to be made (SI 2012/2089 reg 9)."""
    from disposals.exports.papers.issuing import issue_notice

    make(
        ctx, lambda register, wanted: issue_notice(register, number, out, wanted),
        as_of=as_of, as_json=as_json, template=template, final=final,
    )  # fmt: skip


paper.command("options")(comparing.options)
paper.command("evaluation")(comparing.evaluation)
paper.command("completion")(handing_over.completion)
paper.command("handover")(handing_over.handover)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UnreadableFile(path, "it is no text file in UTF-8.") from None
    except OSError as error:
        raise UnreadableFile(path, f"it can't be read: {error.strerror}.") from None
