"""Other engines that keep where a case stands in SQLite, and are made to advance the same cases."""

import atexit
import sqlite3
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.processes import Took, measured


def django_fsm(folder: Path, refs: list[str]) -> Callable[[], Took]:
    """The Django ORM with django-fsm: state and a row of history, in one transaction."""
    import django
    from django.conf import settings

    settings.configure(
        DATABASES={"default": {
            "ENGINE": "django.db.backends.sqlite3", "NAME": folder / "django.sqlite",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA synchronous = EXTRA",
            },
        }},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )  # fmt: skip
    django.setup()
    from django.db import connection, models, transaction
    from django_fsm import FSMField, transition

    class Declaration(models.Model):
        case_ref = models.CharField(max_length=50, db_index=True)

        class Meta:
            app_label = "bench"

    class History(models.Model):
        case_ref = models.CharField(max_length=50, db_index=True)
        act = models.CharField(max_length=50)

        class Meta:
            app_label = "bench"

    def is_declared(case: "Case") -> bool:
        return Declaration.objects.filter(case_ref=case.ref).exists()

    class Case(models.Model):
        ref = models.CharField(max_length=50, primary_key=True)
        stage = FSMField(default="surplus_declaration", protected=True)

        class Meta:
            app_label = "bench"

        @transition(
            field=stage, source="surplus_declaration", target="options_appraisal",
            conditions=[is_declared],
        )  # fmt: skip
        def appraise(self) -> None:
            pass

    with connection.schema_editor() as editor:
        for model in (Declaration, History, Case):
            editor.create_model(model)

    def work() -> None:
        for ref in refs:
            with transaction.atomic():
                case = Case.objects.get(pk=ref)
                case.appraise()
                case.save()
                History.objects.create(case_ref=ref, act="advance")

    def once() -> Took:
        for model in (Declaration, History, Case):
            model.objects.all().delete()
        Declaration.objects.bulk_create([Declaration(case_ref=ref) for ref in refs])
        Case.objects.bulk_create([Case(ref=ref) for ref in refs])
        return measured(work)

    return once


_BPMN = """<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="d" id="d">
<process id="sale" isExecutable="true"><startEvent id="start"><outgoing>a</outgoing></startEvent>
<manualTask id="surplus"><incoming>a</incoming><outgoing>b</outgoing></manualTask>
<manualTask id="options"><incoming>b</incoming><outgoing>c</outgoing></manualTask>
<endEvent id="end"><incoming>c</incoming></endEvent>
<sequenceFlow id="a" sourceRef="start" targetRef="surplus"/>
<sequenceFlow id="b" sourceRef="surplus" targetRef="options"/>
<sequenceFlow id="c" sourceRef="options" targetRef="end"/></process></definitions>"""


def spiff(folder: Path, refs: list[str]) -> Callable[[], Took]:
    """SpiffWorkflow: a process of each case, kept in SQLite as it serialises itself."""
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
    from SpiffWorkflow.util.task import TaskState

    parser = BpmnParser()
    parser.add_bpmn_str(_BPMN.encode())
    serializer = BpmnWorkflowSerializer()
    begun = BpmnWorkflow(parser.get_spec("sale"))
    begun.do_engine_steps()
    start = serializer.serialize_json(begun)
    connection = sqlite3.connect(folder / "spiff.sqlite", isolation_level=None)
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("CREATE TABLE process (ref TEXT PRIMARY KEY, state TEXT)")

    def work() -> None:
        for ref in refs:
            connection.execute("BEGIN IMMEDIATE")
            asked = connection.execute("SELECT state FROM process WHERE ref = ?", (ref,))
            process = serializer.deserialize_json(asked.fetchone()[0])
            (task,) = process.get_tasks(state=TaskState.READY, manual=True)
            task.run()
            process.do_engine_steps()
            connection.execute(
                "UPDATE process SET state = ? WHERE ref = ?",
                (serializer.serialize_json(process), ref),
            )
            connection.execute("COMMIT")

    def once() -> Took:
        connection.execute("DELETE FROM process")
        connection.executemany("INSERT INTO process VALUES (?, ?)", [(ref, start) for ref in refs])
        return measured(work)

    return once


def dbos(folder: Path, refs: list[str]) -> Callable[[], Took]:
    """DBOS: a workflow of one step for each advance."""
    from dbos import DBOS

    DBOS(config={
        "name": "bench", "system_database_url": f"sqlite:///{folder / 'dbos.sqlite'}",
        "log_level": "ERROR", "run_admin_server": False,
    })  # fmt: skip

    @DBOS.step()
    def record(ref: str) -> str:
        return f"{ref} stands at options appraisal"

    @DBOS.workflow()
    def advance(ref: str) -> str:
        return record(ref)

    DBOS.launch()
    atexit.register(DBOS.destroy)
    return lambda: measured(lambda: [advance(ref) for ref in refs])
