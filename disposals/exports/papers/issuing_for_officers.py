"""The papers that officers keep, as files: the completion statement and the handover sheet."""

from pathlib import Path

from disposals.disclosure.papers.completion import completion_facts
from disposals.disclosure.papers.handover import handover_facts
from disposals.exports.papers.completion import completion_paper
from disposals.exports.papers.handover import handover_paper
from disposals.exports.papers.issuing import Issued, Wanted, issue, refuse_names
from disposals.register import Register


def issue_completion(register: Register, ref: str, out: Path, wanted: Wanted) -> Issued:
    """Write the completion statement of a case, for officers and members alone.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotRecorded: no contract is recorded.
        NotAllowed: it is to be final and something is missing; nothing is written.
        BadFact, UnreadableFile, CannotWrite: as for `exports.paper.write_paper`.
    """
    refuse_names([out], wanted)
    return issue(
        [out], [completion_paper(completion_facts(register, ref, on=wanted.on))], wanted, ()
    )


def issue_handover(register: Register, ref: str, out: Path, wanted: Wanted) -> Issued:
    """Write the handover sheet of a case and its parts, for the officer who takes it over.

    Raises:
        NoSuchCase: there is no case of that reference.
        BadFact, UnreadableFile, CannotWrite: as for `exports.paper.write_paper`.
    """
    refuse_names([out], wanted)
    return issue([out], [handover_paper(handover_facts(register, ref, on=wanted.on))], wanted, ())
