"""A council's own workflow, kept in its register; and a case taken from one version to another."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from disposals.casework import cases, evidence, moves, opening, returns, sites, workflows
from disposals.disclosure.cases import history, listing, outlook, whole_case
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions
from disposals.errors import AlreadyRecorded, BadFact, ChangedMeanwhile, NotAllowed
from disposals.readiness import definition_of, find_definition
from disposals.records.cases import Disposal
from disposals.register import Register
from tests.conftest import Said, stamp
from workflows import definition
from workflows.errors import BadDefinition, NoSuchWorkflow, NotInForce
from workflows.gates import Severity
from workflows.migration import GateChange

Line = Callable[..., Said]
SHIPPED = Path(definition.__file__).parent / "definitions" / "open-market-sale-1.toml"
OURS = SHIPPED.read_text("utf-8").replace('name = "open-market-sale"', 'name = "parish-sale"', 1)
FIRST_ASKS = """blocks = ["surplus.declared", "surplus.circulated"]
warns = ["surplus.local-member-informed"]"""
LATER = OURS.replace("version = 1", "version = 2", 1).replace(
    FIRST_ASKS,
    """blocks = ["surplus.declared", "surplus.local-member-informed"]
warns = ["land.title"]""",
)
CASE = "parish-field"


def seen(register: Register, ref: str = CASE) -> int:
    return versions(register, ref)[ref]


@pytest.fixture
def parish_field(register: Register) -> Register:
    """A case at its first stage on version 1 of the register's own workflow."""
    workflows.add(register, OURS, "ours.toml", stamp())
    sites.add_site(register, CASE, {"name": "Parish field"}, stamp())
    opening.open_case(
        register, CASE, stamp(), name="Parish field", holds=[opening.Share(CASE)],
        workflow="parish-sale",
    )  # fmt: skip
    return register


def migrate(register: Register, version: int = 2, **options: Any) -> Any:
    told = {"because": "Standing orders of May", **options}
    on = told.pop("stamp", stamp())
    return workflows.migrate(
        register, CASE, on, seen=told.pop("seen", seen(register)), version=version, **told
    )


# --- a workflow of its own ----------------------------------------------------------------------


def test_a_case_runs_on_a_workflow_that_only_this_register_has(parish_field: Register) -> None:
    [standing] = outlook(parish_field, CASE, on=date(2021, 9, 30))
    assert standing.to_stage == "options_appraisal"
    assert whole_case(
        parish_field, CASE, audience=Audience.OFFICER, on=date(2021, 9, 30)
    )["workflow"] == "parish-sale"  # fmt: skip
    facts = {"declared_by": "Parks", "because": "Unused", "declared_on": date(2021, 9, 1)}
    evidence.add(parish_field, CASE, "declaration", facts, stamp(), seen=seen(parish_field))
    facts = {"circulated_to": "All", "reply_by": date(2021, 9, 20)}
    evidence.add(parish_field, CASE, "circulation", facts, stamp(), seen=seen(parish_field))
    moves.advance(parish_field, CASE, stamp(), seen=versions(parish_field, CASE))
    returns.withdraw(parish_field, CASE, stamp(), seen=seen(parish_field), because="Kept")
    [line] = listing(parish_field, audience=Audience.OFFICER, on=date(2021, 9, 30))
    assert line["stage"] == "withdrawn"


def test_the_same_text_again_changes_nothing_and_another_text_is_refused(
    parish_field: Register,
) -> None:
    assert not workflows.add(parish_field, OURS, "ours.toml", stamp()).is_new
    with pytest.raises(AlreadyRecorded, match=r"parish-sale, version 1, .* the next one: 2"):
        workflows.add(parish_field, OURS + "\n# a word more\n", "ours.toml", stamp())


def test_a_version_that_comes_with_the_program_is_not_taken_again(register: Register) -> None:
    with pytest.raises(AlreadyRecorded, match="open-market-sale, version 1, comes with the pro"):
        workflows.add(register, SHIPPED.read_text("utf-8"), "copy.toml", stamp())
    with register.read() as session, pytest.raises(NoSuchWorkflow):
        find_definition(session, "parish-sale")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("version = 1", "version = = 1", r"ours\.toml: it is not TOML"),
        ('"surplus.circulated"', '"surplus.forgotten"',
         r"ours\.toml: moves\[0\] \(appraise_options\): there is no gate surplus\.forgotten"),
        ('"surplus.circulated"', '"approvals.chief-executive"',
         r"ours\.toml: moves\[0\] \(appraise_options\): approvals\.chief-executive is not defined"),
        ('name = "parish-sale"', 'name = "../parish"', r"ours\.toml: name: “\.\./parish” is not"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_well_formed_is_refused_by_file_and_key(
    register: Register, old: str, new: str, said: str
) -> None:
    assert old in OURS
    with pytest.raises(BadDefinition, match=said):
        workflows.add(register, OURS.replace(old, new, 1), "ours.toml", stamp())


def test_gates_of_law_that_a_workflow_leaves_out_are_told(register: Register) -> None:
    careless = OURS.replace('    "land.open-space",\n', "").replace('    "land.trust",\n', "")
    left_out = workflows.add(register, careless, "ours.toml", stamp()).law_not_asked
    assert {"land.open-space", "land.trust"} <= set(left_out)
    assert "land.school" not in left_out
    assert "surplus.declared" not in left_out  # policy, not law


def test_a_new_case_begins_on_the_version_in_effect_whoever_keeps_it(register: Register) -> None:
    newest = definition.in_force("open-market-sale", date(2021, 9, 30)).version
    next_one = 1 + max(n for name, n in definition.available() if name == "open-market-sale")
    ours = SHIPPED.read_text("utf-8").replace("version = 1", f"version = {next_one}", 1)
    workflows.add(register, ours.replace("2021-01-01", "2021-10-01", 1), "ours.toml", stamp())
    began = {}
    for ref, on in (("before", date(2021, 9, 30)), ("after", date(2021, 10, 1))):
        sites.add_site(register, ref, {"name": ref}, stamp(on))
        opening.open_case(register, ref, stamp(on), name=ref, holds=[opening.Share(ref)])
        with register.read() as session:
            case = session.get_one(Disposal, ref)
            began[ref] = definition_of(session, case).version
    assert began == {"before": newest, "after": next_one}


def test_a_workflow_not_yet_in_effect_opens_no_case(register: Register) -> None:
    workflows.add(register, OURS.replace("2021-01-01", "2022-01-01", 1), "ours.toml", stamp())
    sites.add_site(register, CASE, {"name": "Parish field"}, stamp())
    with pytest.raises(NotInForce, match="the first took effect on 2022-01-01"):
        opening.open_case(
            register, CASE, stamp(), name="F", holds=[opening.Share(CASE)], workflow="parish-sale"
        )


def test_a_hundred_cases_ask_once_and_those_of_the_program_not_at_all(
    parish_field: Register,
) -> None:
    asked: list[str] = []
    event.listen(
        parish_field._engine, "before_cursor_execute",
        lambda *told: asked.append(told[2]),
    )  # fmt: skip
    own, shipped = ("parish-sale", 1), ("open-market-sale", 1)
    with parish_field.read() as session:
        assert len({id(find_definition(session, *shipped)) for _ in range(100)}) == 1
        assert asked == []
        assert len({id(find_definition(session, *own)) for _ in range(100)}) == 1
        assert len([each for each in asked if "own_workflow" in each]) == 1
    with parish_field.read() as session:
        again = find_definition(session, *own)
    with parish_field.read() as session:
        assert find_definition(session, *own) is again  # read anew, parsed once


def test_at_a_stage_aside_an_officer_is_told_the_ways_out(register: Register) -> None:
    aside = (
        '\n[[stages]]\nname = "inquiry"\ntitle = "Inquiry"\nmeaning = "Heard."\n'
        '\n[[moves]]\nname = "hear"\ntitle = "Hear"\nkind = "return"\n'
        'from = ["surplus_declaration"]\nto = "inquiry"\n'
        '\n[[moves]]\nname = "heard"\ntitle = "Heard"\nkind = "return"\n'
        'from = ["inquiry"]\nto = "surplus_declaration"\n'
    )
    workflows.add(register, OURS + aside, "ours.toml", stamp())
    sites.add_site(register, CASE, {"name": "Parish field"}, stamp())
    opening.open_case(
        register, CASE, stamp(), name="F", holds=[opening.Share(CASE)], workflow="parish-sale"
    )
    returns.back(register, CASE, stamp(), seen=seen(register), to="inquiry", because="Objections")
    with pytest.raises(NotAllowed, match=r"aside at inquiry, .* can go to surplus declaration"):
        moves.advance(register, CASE, stamp(), seen=versions(register, CASE))
    with pytest.raises(NotAllowed, match="can't be withdrawn at inquiry"):
        returns.withdraw(register, CASE, stamp(), seen=seen(register), because="Kept")


# --- to another version -------------------------------------------------------------------------


def test_a_dry_run_tells_what_changes_and_writes_nothing(parish_field: Register) -> None:
    workflows.add(parish_field, LATER, "ours.toml", stamp())
    before = seen(parish_field)
    plan = migrate(parish_field, dry_run=True, because=None)
    assert (plan.from_version, plan.to_version) == (1, 2)
    assert plan.stage == "surplus_declaration"
    assert plan.gates == (
        GateChange("Appraise the options", "surplus.local-member-informed", Severity.WARN,
                   Severity.BLOCK),
        GateChange("Appraise the options", "land.title", None, Severity.WARN),
        GateChange("Appraise the options", "surplus.circulated", Severity.BLOCK, None),
    )  # fmt: skip
    assert seen(parish_field) == before


def test_a_case_goes_over_keeps_its_stage_and_what_is_cleared_and_says_so_in_its_history(
    parish_field: Register,
) -> None:
    for kind, facts in (
        ("declaration", {"declared_by": "P", "because": "B", "declared_on": date(2021, 9, 1)}),
        ("circulation", {"circulated_to": "All", "reply_by": date(2021, 9, 20)}),
    ):
        evidence.add(parish_field, CASE, kind, facts, stamp(), seen=seen(parish_field))
    moves.advance(parish_field, CASE, stamp(), seen=versions(parish_field, CASE))
    workflows.add(parish_field, LATER, "ours.toml", stamp())
    plan = migrate(parish_field)
    assert plan.cleared == ("surplus_declaration",)
    assert plan.gates == ()  # what changed lies behind the case
    last = history(parish_field, CASE, audience=Audience.OFFICER)[-1]
    assert last["act"] == "workflow migrated"
    assert last["because"] == "Standing orders of May"
    assert last["from_stage"] == last["to_stage"] == "options_appraisal"
    [told] = last["details"]
    assert (told["from_version"], told["to_version"]) == (1, 2)
    shown = whole_case(parish_field, CASE, audience=Audience.OFFICER, on=date(2021, 9, 30))
    assert (shown["workflow_version"], shown["stage"]) == (2, "options_appraisal")


def test_a_case_stays_on_its_version_until_it_is_taken_over(parish_field: Register) -> None:
    workflows.add(parish_field, LATER, "ours.toml", stamp())

    def asked() -> set[str]:
        [standing] = outlook(parish_field, CASE, on=date(2021, 9, 30))
        assert standing.report is not None
        return {finding.gate for finding in standing.report.findings}

    assert "surplus.circulated" in asked()
    migrate(parish_field)
    assert "surplus.circulated" not in asked()


def test_going_over_is_refused_where_it_can_not_be_right(parish_field: Register) -> None:
    workflows.add(parish_field, LATER, "ours.toml", stamp())
    third = LATER.replace("version = 2", "version = 3", 1)
    workflows.add(parish_field, third.replace("2021-01-01", "2021-12-01", 1), "ours.toml", stamp())
    fourth = third.replace("version = 3", "version = 4", 1)
    workflows.add(
        parish_field, fourth.replace("surplus_declaration", "declaration"), "ours.toml", stamp()
    )
    with pytest.raises(NoSuchWorkflow, match=r"parish-sale, version 9.*parish-sale \(4\)"):
        migrate(parish_field, 9)
    with pytest.raises(NotAllowed, match="runs on parish-sale, version 1, already"):
        migrate(parish_field, 1)
    with pytest.raises(NotAllowed, match="takes effect on 1 December 2021"):
        migrate(parish_field, 3)
    with pytest.raises(NotAllowed, match=r"stands at surplus declaration, .* It has declaration,"):
        migrate(parish_field, 4)
    with pytest.raises(BadFact, match="a reason is asked for"):
        migrate(parish_field, because="  ")
    with pytest.raises(ChangedMeanwhile):
        migrate(parish_field, seen=seen(parish_field) + 1)
    with pytest.raises(NotAllowed, match="goes on until 30 September 2021"):
        migrate(parish_field, stamp=stamp(date(2021, 9, 29)))
    cases.hold(parish_field, CASE, stamp(), seen=seen(parish_field), because="Waiting")
    for dry_run in (True, False):
        with pytest.raises(NotAllowed, match="on hold since"):
            migrate(parish_field, dry_run=dry_run)
    cases.resume(parish_field, CASE, stamp(), seen=seen(parish_field))
    returns.withdraw(parish_field, CASE, stamp(), seen=seen(parish_field), because="Kept")
    with pytest.raises(NotAllowed, match="is withdrawn; nothing follows"):
        migrate(parish_field)
    with parish_field.read() as session:
        assert session.get_one(Disposal, CASE).workflow_version == 1


# --- by the command line ------------------------------------------------------------------------


def test_law_is_not_left_behind_by_going_over_to_another_version(register: Register) -> None:
    lawless = OURS.replace("version = 1", "version = 2", 1).replace('    "land.open-space",\n', "")
    workflows.add(register, OURS, "ours.toml", stamp())
    workflows.add(register, lawless, "lawless.toml", stamp())
    sites.add_site(register, CASE, {"name": "Parish field"}, stamp())
    opening.open_case(
        register, CASE, stamp(date(2021, 9, 30)), name="Parish field",
        holds=[opening.Share(CASE)], workflow="parish-sale",
    )  # fmt: skip
    with register.write() as session:
        assert definition_of(session, session.get_one(Disposal, CASE)).version == 2
    with pytest.raises(NotAllowed, match="runs on"):
        migrate(register, version=2)
    migrate(register, version=1)
    before = seen(register)
    with pytest.raises(NotAllowed, match=r"does not ask land\.open-space.*That is law"):
        migrate(register, version=2)
    assert seen(register) == before


@pytest.mark.usefixtures("register")
def test_a_workflow_is_added_listed_shown_and_gone_over_to(disposals: Line, tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(OURS, "utf-8")
    (tmp_path / "later.toml").write_text(LATER, "utf-8")
    assert "is kept in this register" in disposals("workflow", "add", f"{tmp_path}/ours.toml").out
    again = disposals("workflow", "add", f"{tmp_path}/ours.toml")
    assert (again.status, "word for word; nothing was changed" in again.out) == (0, True)
    disposals("workflow", "add", f"{tmp_path}/later.toml")
    listed = disposals("workflow", "list", "--json").json
    ours = [line for line in listed if line["name"] == "parish-sale"]
    assert [(line["version"], line["kept"]) for line in ours] == [
        (1, "this register's"), (2, "this register's"),
    ]  # fmt: skip
    assert {line["kept"] for line in listed if line["name"] == "auction"} == {"with the program"}
    assert disposals("workflow", "show", "parish-sale", "--json").json["version"] == 2
    assert "Appraise the options" in disposals("workflow", "show", "parish-sale").out
    disposals("site", "add", CASE, "--name", "Field")
    disposals(
        "open", CASE, "--name", "Field", "--site", CASE, "--workflow", "parish-sale",
    )  # fmt: skip
    assert disposals("workflow", "migrate", CASE, "--to", "1", "--dry-run").out.startswith(
        f"{CASE} would go from version 2 of parish-sale to version 1"
    )
    assert disposals("workflow", "migrate", CASE, "--to", "1").status == 1
    went = disposals("workflow", "migrate", CASE, "--to", "1", "--because", "A slip", "--json")
    assert went.json["to_version"] == 1
    assert "workflow migrated" in disposals("history", CASE).out
    assert disposals("list", "--stage", "bid_shortlist").status == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "it can't be read: No such file"),
        (b"\xff\xfe", "it is not UTF-8"),
        (b"# " + b"x" * 1_000_000, "it is over 1 MB"),
        (b'title = "Half a file', "it is not TOML"),
    ],
)
@pytest.mark.usefixtures("register")
def test_a_file_that_is_no_definition_is_refused_without_a_traceback(
    disposals: Line, tmp_path: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "ours.toml").write_bytes(content)
    done = disposals("workflow", "add", f"{tmp_path}/ours.toml")
    assert done.status == 1
    assert done.err.startswith(f"ours.toml: {said}")
    assert disposals("workflow", "add", f"{tmp_path}/ours.toml", "--json").status == 1
    assert "parish-sale" not in json.dumps(disposals("workflow", "list", "--json").json)


def test_without_a_register_the_workflows_of_the_program_are_shown(disposals: Line) -> None:
    listed = disposals("workflow", "list", "--json").json
    assert {line["kept"] for line in listed} == {"with the program"}
    assert disposals("workflow", "show", "lease").status == 0
