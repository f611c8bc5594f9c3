"""What the documents say is so: the README's commands run, generated pages are fresh."""

import re
from collections.abc import Callable
from pathlib import Path

import geopandas
import pytest
from shapely import box

from disposals.cli.main import COMMANDS
from disposals.disclosure.cases import history
from disposals.disclosure.fields import Audience
from disposals.register import open_register
from tests.documents import blocks, run_as_it_stands
from tests.generated import DOCS, PAGES

README = (DOCS.parent / "README.md").read_text("utf-8")
BLOCKS = blocks(DOCS.parent / "README.md")


@pytest.mark.parametrize("page", PAGES)
def test_a_generated_page_is_fresh(page: str) -> None:
    write: Callable[[], str] = PAGES[page]
    assert (DOCS / page).read_text("utf-8") == write(), "run `make docs`"


def test_the_readme_leads_with_two_commands() -> None:
    assert BLOCKS[0] == (
        "pip install . && disposals init --example kent && disposals advance steele-avenue\n"
    )
    assert BLOCKS[1] == "pip install --editable '.[dev]' && pytest -n auto\n"


def test_every_other_command_of_the_readme_runs_as_it_stands(tmp_path: Path) -> None:
    made = "disposals init --example kent && disposals advance steele-avenue"
    run_as_it_stands(tmp_path, made, *BLOCKS[2:])
    assert (tmp_path / "steele-avenue.geojson").exists()


def test_a_site_of_a_register_of_ones_own_is_sold_in_parts_as_the_readme_tells(
    tmp_path: Path,
) -> None:
    [opens] = [block for block in BLOCKS if "mill.sqlite open mill-lane" in block]
    square = box(557500, 174500, 557600, 174600)
    geopandas.GeoSeries([square], crs=27700).to_file(tmp_path / "mill-lane.gpkg")
    for told in (
        "disposals site draw mill-lane FILE --source … --because …",
        "disposals site split mill-lane --area 0.25ha",
        "disposals advance mill-lane --to in_parts",
    ):
        assert f"`{told}`" in README
    assert "Once the case stands at options appraisal and the option that is recommended" in README
    run_as_it_stands(
        tmp_path,
        opens,
        """export DISPOSALS_REGISTER=mill.sqlite
disposals site draw mill-lane mill-lane.gpkg --source "Title plan" --because "First drawn"
disposals site split mill-lane --area 0.25ha
if disposals advance mill-lane --to in_parts; then exit 1; fi
disposals surplus add mill-lane --declared-by Highways --because "The depot moved"
disposals surplus circulate mill-lane --circulated-to "All services" --claimed no \\
    --reply-by 2024-01-29 --on 2024-01-02
disposals advance mill-lane
disposals option add mill-lane --no 1 --title "Keep it" --do-nothing --reasons-against "It costs"
disposals option add mill-lane --no 2 --title "Sell it in parts" --recommended --splits-site \\
    --parts "North and south" --reasons-for "Two markets"
disposals advance mill-lane --to in_parts
disposals show mill-lane/part-2
""",
    )


def test_the_commands_on_receipts_run_as_they_stand(tmp_path: Path) -> None:
    run_as_it_stands(tmp_path, "disposals init --example kent", *blocks(DOCS / "receipts.md"))
    assert (tmp_path / "receipts.pdf").exists()
    assert (tmp_path / "receipts.xlsx").exists()


def test_the_workflow_of_ones_own_is_a_workflow_and_its_commands_run(tmp_path: Path) -> None:
    page = (DOCS / "workflows-of-your-own.md").read_text("utf-8")
    [example] = re.findall(r"^```toml\n(.*?)^```$", page, flags=re.DOTALL | re.MULTILINE)
    (tmp_path / "garden-land-1.toml").write_text(example, encoding="utf-8")
    run_as_it_stands(tmp_path, *blocks(DOCS / "workflows-of-your-own.md"))
    register = open_register(tmp_path / "plots.sqlite")
    [*_, last] = history(register, "verge-12", audience=Audience.OFFICER)
    register.close()
    assert last["act"] == "workflow migrated"
    [changed] = last["details"]
    assert [(each["gate"], each["was"], each["now"]) for each in changed["gates"]] == [
        ("surplus.local-member-informed", "warn", "block")
    ]


def test_the_commands_of_the_page_on_disclosure_run(tmp_path: Path) -> None:
    made = "disposals init --example kent"
    said = run_as_it_stands(tmp_path, made, *blocks(DOCS / "disclosure.md"))
    assert "The answer is due by 29 September 2021" in said
    assert (tmp_path / "foi-2021-0412.zip").exists()


def test_the_auditors_page_runs_and_finds_no_sign_of_tampering(tmp_path: Path) -> None:
    printed = run_as_it_stands(tmp_path, *blocks(DOCS / "audit.md"))
    assert printed.count("No sign of tampering") == 4
    assert "The name was erased from" in printed


def test_every_command_in_the_documents_exists() -> None:
    pages = [README, *(page.read_text("utf-8") for page in DOCS.glob("*.md"))]
    for page in pages:
        for word in re.findall(r"\bdisposals ((?:--register \S+ )?[a-z][a-z-]*)", page):
            name = word.split()[-1]
            if f"`disposals {name}" in page or f"\ndisposals {name}" in page:
                assert name in COMMANDS, name
