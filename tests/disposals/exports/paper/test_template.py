"""Papers in a council's own Word template: its own stays, and unknown fields are named."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.shared import Mm, Pt

from tests.conftest import Said
from tests.papers import under_headings, words_in

Line = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("kent")


def template(path: Path, *paragraphs: str, foot: str = "Ref {{ foot }}") -> Path:
    """A council's template: wide margins, its own heading, a header and a footer."""
    word = docx.Document()
    section = word.sections[0]
    section.left_margin = Mm(40)
    section.header.paragraphs[0].text = "KENT COUNTY COUNCIL {{ date }}"
    section.footer.paragraphs[0].text = foot
    word.styles["Heading 2"].font.size = Pt(17)
    word.core_properties.author = "A template's maker"
    word.core_properties.comments = "Draft of the template"
    for text in paragraphs:
        word.add_paragraph(text)
    word.save(str(path))
    return path


@pytest.fixture
def record(disposals: Line, tmp_path: Path) -> Callable[[Path], Said]:
    """The record of 21/00100 in a template."""

    def made(form: Path) -> Said:
        out = tmp_path / "record.docx"
        return disposals("paper", "record", "21/00100", "-o", str(out), "--template", str(form))

    return made


def test_styles_header_footer_and_page_are_the_templates(
    record: Callable[[Path], Said], tmp_path: Path
) -> None:
    form = template(tmp_path / "council.docx", "Strictly numbered", "{{ paper }}", "End of paper")
    said = record(form)
    assert said.status == 0, said.err
    word = docx.Document(str(tmp_path / "record.docx"))
    section = word.sections[0]
    assert section.left_margin is not None
    assert round(section.left_margin.mm) == 40
    assert section.header.paragraphs[0].text == "KENT COUNTY COUNCIL 30 September 2021"
    assert "Ref Kent County Council" in section.footer.paragraphs[0].text
    assert "steele-avenue · version" in section.footer.paragraphs[0].text
    assert word.styles["Heading 2"].font.size == Pt(17)
    assert "Any alternatives considered and rejected" in under_headings(tmp_path / "record.docx")
    texts = [each.text for each in word.paragraphs]
    assert texts[0] == "Strictly numbered"
    assert texts[-1] == "End of paper"


def test_without_a_place_for_it_the_paper_comes_last_and_bears_its_version(
    record: Callable[[Path], Said], tmp_path: Path
) -> None:
    assert record(template(tmp_path / "council.docx", "Cover", foot="A foot")).status == 0
    texts = [each.text for each in docx.Document(str(tmp_path / "record.docx")).paragraphs]
    assert texts[0] == "Cover"
    assert "version" in texts[-1]


def test_nothing_of_the_templates_makers_is_published(
    record: Callable[[Path], Said], tmp_path: Path
) -> None:
    assert record(template(tmp_path / "council.docx", "{{ paper }}")).status == 0
    with zipfile.ZipFile(tmp_path / "record.docx") as packed:
        about = packed.read("docProps/core.xml").decode()
    assert "A template's maker" not in about
    assert "Draft of the template" not in about
    assert "Kent County Council" in about


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ fieldd }} and {{ paper }}", "asks for “fieldd”, which papers do not have"),
        ("{{ paper }} {{ owner.name }}", "asks for “owner”"),
        ("{{ paper", "can't be filled in"),
        ("{% for x in y %}", "can't be filled in"),
        ("{{ 1 / 0 }}", "can't be filled in"),
        ("{% for x in range(10 ** 9) %}x{% endfor %}", "can't be filled in"),
        ("{{ title + 1 }}", "can't be filled in"),
        ("{{ title.__class__.__mro__ }}", "can't be filled in"),
        ("The {{ paper }} follows", "does not stand alone in a paragraph"),
    ],
)
def test_a_template_that_asks_for_what_is_not_there_is_refused_by_name(
    record: Callable[[Path], Said], tmp_path: Path, text: str, says: str
) -> None:
    said = record(template(tmp_path / "council.docx", text))
    assert said.status == 1
    assert says in said.err
    assert "council.docx" in said.err
    assert not (tmp_path / "record.docx").exists()


def test_an_unknown_field_in_a_footer_is_named_too(
    record: Callable[[Path], Said], tmp_path: Path
) -> None:
    said = record(template(tmp_path / "council.docx", "{{ paper }}", foot="{{ seall }}"))
    assert said.status == 1
    assert "“seall”" in said.err
    assert "They have title, subtitle" in said.err


@pytest.mark.parametrize("content", [b"", b"no archive", None])
def test_what_is_no_word_document_is_refused(
    record: Callable[[Path], Said], tmp_path: Path, content: bytes | None
) -> None:
    form = tmp_path / "council.docx"
    if content is not None:
        form.write_bytes(content)
    said = record(form)
    assert said.status == 1
    assert "it is no Word document" in said.err


@pytest.mark.parametrize("inside", ["hello.txt", "word/document.xml"])
def test_an_archive_that_is_broken_or_something_else_is_refused(
    record: Callable[[Path], Said], tmp_path: Path, inside: str
) -> None:
    whole, form = template(tmp_path / "whole.docx", "{{ paper }}"), tmp_path / "council.docx"
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(form, "w") as packed:
        for name in good.namelist() if inside.startswith("word/") else ():
            if name != inside:
                packed.writestr(name, good.read(name))
        packed.writestr(inside, "<w:document><broken")
    said = record(form)
    assert said.status == 1
    assert "it is no Word document" in said.err


def test_an_archive_whose_packed_bytes_are_damaged_is_refused(
    record: Callable[[Path], Said], tmp_path: Path
) -> None:
    form = template(tmp_path / "council.docx", "{{ paper }}")
    with zipfile.ZipFile(form) as good:
        member = good.getinfo("word/document.xml")
    packed = bytearray(form.read_bytes())
    begins = member.header_offset + 30 + len(member.filename) + 20
    packed[begins : begins + 40] = b"\xff" * 40
    form.write_bytes(packed)
    said = record(form)
    assert said.status == 1
    assert "it is no Word document" in said.err


def test_a_template_that_could_not_be_saved_again_is_refused(
    record: Callable[[Path], Said], tmp_path: Path
) -> None:
    sound, form = template(tmp_path / "sound.docx", "{{ paper }}"), tmp_path / "council.docx"
    with zipfile.ZipFile(sound) as source, zipfile.ZipFile(form, "w") as damaged:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("document.xml.rels"):  # Word itself would not know what is related
                assert b' Type="' in content
                content = content.replace(b' Type="', b' Tyqe="', 1)
            damaged.writestr(name, content)
    said = record(form)
    assert (said.status, "it is damaged within. Open it in Word" in said.err) == (1, True)
    assert not (tmp_path / "record.docx").exists()


def test_a_template_makes_word_documents_alone(disposals: Line, tmp_path: Path) -> None:
    form = template(tmp_path / "council.docx", "{{ paper }}")
    out = tmp_path / "record.pdf"
    said = disposals("paper", "record", "21/00100", "-o", str(out), "--template", str(form))
    assert said.status == 1
    assert "does not end in .docx" in said.err
    assert not out.exists()


def test_a_report_with_plans_keeps_the_template_off_the_plans(
    disposals: Line, tmp_path: Path
) -> None:
    form, out = template(tmp_path / "council.docx", "{{ paper }}"), tmp_path / "report.docx"
    said = disposals("paper", "report", "steele-avenue", "-o", str(out), "--template", str(form))
    assert said.status == 0, said.err
    word = docx.Document(str(out))
    assert len(word.inline_shapes) == 2
    assert [section.header.paragraphs[0].text for section in word.sections[1:]] == ["", ""]
    assert "1. Location plan" in words_in(out)
