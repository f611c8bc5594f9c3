"""The workflows that a case may run on: those of the program, and the register's own."""

from dataclasses import dataclass
from datetime import date

from disposals.readiness import definitions, find_definition
from disposals.register import Register
from workflows.definition import Definition, available, load

WITH_THE_PROGRAM = "with the program"
THIS_REGISTERS = "this register's"


@dataclass(frozen=True, slots=True)
class Line:
    """One version of one workflow.

    Attributes:
        effective_from: the day from which new cases may begin on it.
        kept: whether it comes with the program or is this register's.
    """

    name: str
    version: int
    title: str
    effective_from: date
    kept: str


def listing(register: Register | None) -> list[Line]:
    """Every version of every workflow, by name.

    Args:
        register: None where only those of the program are asked for.
    """
    shipped = available()
    if register is None:
        found = [load(name, version) for name, version in shipped]
    else:
        with register.read() as session:
            found = definitions(session)
    return [
        Line(
            each.name,
            each.version,
            each.title,
            each.effective_from,
            WITH_THE_PROGRAM if (each.name, each.version) in shipped else THIS_REGISTERS,
        )
        for each in found
    ]


def definition(register: Register, name: str, version: int | None) -> Definition:
    """A workflow by name, the newest without a version.

    Raises:
        NoSuchWorkflow: neither the program nor the register has it.
    """
    with register.read() as session:
        return find_definition(session, name, version)
