"""How land stands while its service decides that it no longer needs it."""

from datetime import date

from disposals.vocabulary import Known
from tests.builders import a_circulation, a_declaration, a_word_with_the_local_member
from tests.disposals.gates.situation import Examples, Room, when

MEMBER_UNINFORMED = (
    when("Nobody has spoken to the local member."),
    when("The member was spoken to, on no recorded day.",
         a_word_with_the_local_member(held_on=None)),
)  # fmt: skip
MEMBER_INFORMED = (
    when("The member was spoken to on a recorded day.", a_word_with_the_local_member()),
)

SURPLUS: Room = {
    "surplus.declared": Examples(
        opens=(when("No service has declared the land surplus."),),
        settles=(when("Education has declared it surplus.", a_declaration()),),
    ),
    "surplus.authority": Examples(
        opens=(
            when("No service has declared the land surplus."),
            when("It is declared surplus, nobody says by what right.",
                 a_declaration(authority=None, id=3)),
        ),
        settles=(when("The declaration names a decision.", a_declaration()),),
    ),
    "surplus.circulated": Examples(
        opens=(
            when("The land was never offered to other services."),
            when("They may reply until the end of next month.",
                 a_circulation(reply_by=date(2021, 10, 31))),
            when("They were given no last day.", a_circulation(reply_by=None, id=3)),
            when("A service wants the land.",
                 a_circulation(is_claimed=Known.YES, reply="For a nursery.", id=3)),
            when("A reply came that does not say whether the land is wanted.",
                 a_circulation(reply="we will look into it", id=3)),
        ),
        settles=(
            when("Their time has passed and none has claimed it.", a_circulation()),
            when("They do not want it.", a_circulation(is_claimed=Known.NO, reply="no interest")),
        ),
    ),
    "surplus.local-member-informed": Examples(opens=MEMBER_UNINFORMED, settles=MEMBER_INFORMED),
}  # fmt: skip
