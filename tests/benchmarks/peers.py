"""Other engines made to do what an advance does: gates, compare and set, history, a full sync.

Each keeps the same evidence as rows, answers the same four questions from it by its own kind of
gate, moves the case on if it stands as it was seen, writes down what was found, and waits for the
disk. Each is used as its own documents show, with the journal that SQLite and ours have by default.
None chains what it writes, says what is missing, or keeps anyone from changing it.
"""

import atexit
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.benchmarks.processes import Took, measured

BY, ON, AT = "Disposals Surveyor", "2021-09-30", "2021-09-30 09:00:00"
BEFORE, AFTER = "surplus_declaration", "options_appraisal"
STAGES = (BEFORE, AFTER, "marketing", "bid_shortlist", "heads_of_terms", "completed")
# Of each table of evidence its columns beside the case, and what they say of every case.
EVIDENCE = {
    "declaration": {
        "declared_by": "Education", "because": "no longer needed", "declared_on": "2021-03-01",
        "authority": "the Director of Education's decision of 1 March 2021",
    },
    "circulation": {"circulated_to": "All services", "reply_by": "2021-05-31"},
    "consultation": {"consultee": "Local member", "said": "keep the footpath"},
}  # fmt: skip
_LATEST = [
    f"SELECT * FROM {table} WHERE case_ref = :ref ORDER BY id DESC LIMIT 1"  # noqa: S608
    for table in EVIDENCE
]
_MOVE = "UPDATE cases SET state = :state, version = version + 1 WHERE ref = :ref AND version = 1"
_PRAGMA = "PRAGMA synchronous = EXTRA"
_HISTORY = (
    "INSERT INTO history (case_ref, no, act, by, on_day, at, from_stage, to_stage, report) "
    "VALUES (:ref, :no, 'advance', :by, :on, :at, :before, :after, :report)"
)


def found(declaration: Any, circulation: Any, consultation: Any) -> dict[str, Any]:
    """The answers to the four questions that stand before options appraisal; none if unmet."""
    return {
        "surplus.declared": declaration and f"Declared by {declaration.declared_by}.",
        "surplus.authority": declaration and f"Under {declaration.authority}.",
        "surplus.circulated": circulation and circulation.reply_by < ON and circulation.reply_by,
        "surplus.local-member-informed": consultation and consultation.said,
    }


# Which evidence each of them is answered from, by its place.
GATES = dict(zip(found(None, None, None), (0, 0, 1, 2), strict=True))


def _as_json(answers: dict[str, Any]) -> str:
    return json.dumps([{"gate": gate, "reason": str(told)} for gate, told in answers.items()])


class Row(sqlite3.Row):
    """A row whose columns are read like attributes."""

    def __getattr__(self, name: str) -> Any:
        return self[name]


def _told(ref: str, answers: dict[str, Any]) -> dict[str, Any]:
    return {
        "ref": ref, "no": 1, "by": BY, "on": ON, "at": AT, "before": BEFORE, "after": AFTER,
        "report": _as_json(answers),
    }  # fmt: skip


def _tables(path: Path) -> None:
    """Make the tables of one of the peers that speak SQL."""
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE cases (ref TEXT PRIMARY KEY, version INTEGER, state TEXT)")
        for table, said in EVIDENCE.items():
            columns = ", ".join(f"{name} TEXT" for name in said)
            raw.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, case_ref TEXT, {columns})")
            raw.execute(f"CREATE INDEX ix_{table} ON {table} (case_ref)")
        raw.execute(
            "CREATE TABLE history (id INTEGER PRIMARY KEY, case_ref TEXT, no INTEGER, act TEXT, "
            "by TEXT, on_day TEXT, at TEXT, from_stage TEXT, to_stage TEXT, report TEXT)"
        )
        raw.execute("CREATE INDEX ix_history ON history (case_ref)")


def _fill(path: Path, refs: Sequence[str], state: str) -> None:
    """Bring every case to where it may advance."""
    with closing(sqlite3.connect(path)) as raw, raw:
        for table in ("cases", "history", *EVIDENCE):
            raw.execute(f"DELETE FROM {table}")  # noqa: S608
        raw.executemany("INSERT INTO cases VALUES (?, 1, ?)", [(ref, state) for ref in refs])
        for table, said in EVIDENCE.items():
            names, marks = ", ".join(said), ", ".join("?" * len(said))
            raw.executemany(
                f"INSERT INTO {table} (case_ref, {names}) VALUES (?, {marks})",  # noqa: S608
                [(ref, *said.values()) for ref in refs],
            )


def django_fsm(folder: Path, refs: list[str]) -> Callable[[], Took]:
    """The Django ORM with django-fsm, its own mixin comparing and setting the stage."""
    import django
    from django.conf import settings

    settings.configure(
        DATABASES={"default": {
            "ENGINE": "django.db.backends.sqlite3", "NAME": folder / "django.sqlite",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": _PRAGMA},
        }},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )  # fmt: skip
    django.setup()
    from django.db import connection, models, transaction
    from django_fsm import ConcurrentTransitionMixin, FSMField, transition

    class Case(ConcurrentTransitionMixin, models.Model):
        ref = models.CharField(max_length=50, primary_key=True)
        version = models.IntegerField(default=1)
        stage = FSMField(default=BEFORE, protected=True)

        class Meta:
            app_label = "bench"

        def passes(self) -> bool:
            rows = (each.objects.filter(case=self).last() for each in evidence)
            self.answers = found(*rows)
            return all(self.answers.values())

        @transition(field=stage, source=BEFORE, target=AFTER, conditions=[passes])
        def appraise(self) -> None:
            self.version += 1

    def row(name: str, columns: Sequence[str]) -> Any:
        fields = {column: models.CharField(max_length=200) for column in columns}
        case = models.ForeignKey(Case, on_delete=models.CASCADE)
        meta = type("Meta", (), {"app_label": "bench"})
        body = {"case": case, "Meta": meta, "__module__": __name__, **fields}
        return type(name.title(), (models.Model,), body)

    evidence = [row(table, tuple(said)) for table, said in EVIDENCE.items()]
    history = row(
        "history", ("no", "act", "by", "on_day", "at", "from_stage", "to_stage", "report")
    )
    with connection.schema_editor() as editor:
        for model in (Case, *evidence, history):
            editor.create_model(model)

    def work() -> None:
        for ref in refs:
            with transaction.atomic():
                case = Case.objects.get(pk=ref)
                case.appraise()
                case.save()
                history.objects.create(
                    case=case, no=1, act="advance", by=BY, on_day=ON, at=AT, from_stage=BEFORE,
                    to_stage=AFTER, report=_as_json(case.answers),
                )  # fmt: skip

    def once() -> Took:
        for model in (history, *evidence, Case):
            model.objects.all().delete()
        cases = Case.objects.bulk_create([Case(ref=ref) for ref in refs])
        for model, said in zip(evidence, EVIDENCE.values(), strict=True):
            model.objects.bulk_create([model(case=case, **said) for case in cases])
        took = measured(work)
        assert Case.objects.filter(stage=AFTER, version=2).count() == len(refs)
        return took

    return once


def _bpmn() -> str:
    """The main line of a sale: a manual task of each stage, and its gates after it."""
    steps, flows = ['<startEvent id="start"/>', f'<endEvent id="{STAGES[-1]}"/>'], []

    def flow(before: str, after: str, condition: str = "") -> None:
        flows.append(
            f'<sequenceFlow id="{before}.{after}" sourceRef="{before}" targetRef="{after}">'
            f"{condition}</sequenceFlow>"
        )

    flow("start", BEFORE)
    for stage, after in pairwise(STAGES):
        gates = f"{stage}.gates"
        steps.append(f'<manualTask id="{stage}"/>')
        steps.append(f'<exclusiveGateway id="{gates}" default="{gates}.{stage}"/>')
        flow(stage, gates)
        flow(gates, after, "<conditionExpression>all(found.values())</conditionExpression>")
        flow(gates, stage)
    return (
        '<?xml version="1.0"?><definitions targetNamespace="d" id="d" '
        'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'
        f'<process id="sale" isExecutable="true">{"".join(steps + flows)}</process></definitions>'
    )


def spiff(folder: Path, refs: list[str]) -> Callable[[], Took]:
    """SpiffWorkflow: a process of each case, kept in SQLite as its serialiser writes it.

    That is with its specification, which is seven tenths of what is kept.
    """
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
    from SpiffWorkflow.util.task import TaskState

    parser = BpmnParser()
    parser.add_bpmn_str(_bpmn().encode())
    serializer = BpmnWorkflowSerializer()
    begun = BpmnWorkflow(parser.get_spec("sale"))
    begun.do_engine_steps()
    start = serializer.serialize_json(begun)
    path = folder / "spiff.sqlite"
    _tables(path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = Row
    connection.execute(_PRAGMA)

    def work() -> None:
        for ref in refs:
            told = {"ref": ref}
            connection.execute("BEGIN IMMEDIATE")
            asked = connection.execute("SELECT state FROM cases WHERE ref = :ref", told)
            process = serializer.deserialize_json(asked.fetchone().state)
            rows = [connection.execute(sql, told).fetchone() for sql in _LATEST]
            answers = found(*rows)
            (task,) = process.get_tasks(state=TaskState.READY, manual=True)
            task.set_data(found=answers)
            task.run()
            process.do_engine_steps()
            (task,) = process.get_tasks(state=TaskState.READY, manual=True)
            assert task.task_spec.name == AFTER
            done = connection.execute(_MOVE, told | {"state": serializer.serialize_json(process)})
            assert done.rowcount == 1
            connection.execute(_HISTORY, _told(ref, answers))
            connection.execute("COMMIT")

    def once() -> Took:
        _fill(path, refs, start)
        return measured(work)

    return once


def dbos(folder: Path, refs: list[str]) -> dict[str, Callable[[], Took]]:
    """DBOS, in two ways: a workflow of each advance, ended by a transaction of its datasource.

    Whatever reads a database is to be a step, and what a step answers is kept: either all that an
    advance does is one step, or each gate is one and its answer outlives a crash. Its connections
    are its own, which sync in full as SQLite does by default.
    """
    from dbos import DBOS, SQLAlchemyDatasource
    from sqlalchemy import create_engine, text

    path = folder / "cases.sqlite"
    _tables(path)
    DBOS(config={
        "name": "bench", "system_database_url": f"sqlite:///{folder / 'dbos.sqlite'}",
        "log_level": "ERROR", "run_admin_server": False,
    })  # fmt: skip
    latest, move, history = [text(sql) for sql in _LATEST], text(_MOVE), text(_HISTORY)
    source = SQLAlchemyDatasource.create(f"sqlite:///{path}")
    reading = create_engine(f"sqlite:///{path}")

    def judged(connection: Any, ref: str) -> dict[str, Any]:
        return found(*(connection.execute(asked, {"ref": ref}).first() for asked in latest))

    def write(ref: str, answers: dict[str, Any]) -> str:
        assert all(answers.values())
        done = source.sql_session().execute(move, {"ref": ref, "state": AFTER})
        assert done.rowcount == 1
        source.sql_session().execute(history, _told(ref, answers))
        return AFTER

    @source.transaction()
    def judge_and_record(ref: str) -> str:
        return write(ref, judged(source.sql_session(), ref))

    @DBOS.step()
    def gate(ref: str, name: str) -> str:
        of = GATES[name]
        with reading.connect() as connection:
            row = connection.execute(latest[of], {"ref": ref}).first()
        return str(found(*(row if each == of else None for each in range(3)))[name] or "")

    @source.transaction()
    def record(ref: str, answers: dict[str, Any]) -> str:
        return write(ref, answers)

    @DBOS.workflow()
    def in_one_step(ref: str) -> str:
        return judge_and_record(ref)

    @DBOS.workflow()
    def gate_by_gate(ref: str) -> str:
        return record(ref, {name: gate(ref, name) for name in GATES})

    DBOS.launch()
    atexit.register(DBOS.destroy)

    def once(advance: Callable[[str], str]) -> Took:
        _fill(path, refs, BEFORE)
        return measured(lambda: [advance(ref) for ref in refs])

    return {
        "DBOS, one step": partial(once, in_one_step),
        "DBOS, by gates": partial(once, gate_by_gate),
    }
