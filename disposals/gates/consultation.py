"""Gates on the local member: told at the start, and consulted before the council binds itself.

Their ids begin with the stage at which they are asked.
"""

from disposals.casefile import CaseFile
from disposals.gates import gate
from disposals.records.consultations import Consultation
from disposals.vocabulary import Capacity
from disposals.words import day
from workflows.gates import Answer, met, unmet


def _contact_with_local_member(file: CaseFile) -> Answer:
    contacts = [c for c in file.of(Consultation) if c.capacity is Capacity.LOCAL_MEMBER]
    if not contacts:
        return unmet("No contact with the local member is recorded.")
    dated = [c.held_on for c in contacts if c.held_on is not None and c.held_on <= file.on]
    if not dated:
        return unmet(
            "The local member was consulted, but on no recorded day; a dated contact is asked for."
        )
    return met(f"The local member was consulted on {day(max(dated))}.")


@gate(
    "surplus.local-member-informed",
    asks="Does the local member know?",
    rule="consultation.local-member",
    owner="estates officer",
    remedy="consultation add",
    reads=(Consultation,),
)
def local_member_informed(file: CaseFile) -> Answer:
    """Members complained of learning late about Bensted House; a dated contact answers that."""
    return _contact_with_local_member(file)


@gate(
    "decisions.local-member-consulted",
    asks="Was the local member consulted before the council binds itself?",
    rule="consultation.local-member",
    owner="estates officer",
    remedy="consultation add",
    reads=(Consultation,),
)
def local_member_consulted(file: CaseFile) -> Answer:
    """The same dated contact as at the start, but here without it nothing is signed."""
    return local_member_informed(file)
