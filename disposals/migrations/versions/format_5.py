"""Format 5: decisions, meetings, classification, and the ledger."""

from disposals.migrations.building import Gained, Index, Table

revision, down_revision = "5", "4"
GAINED = Gained(
    tables={
        "meeting": Table(
            (
                "recorded_by text, recorded_at moment, id whole, no whole, committee text, "
                "held_on day, is_under_review yes-no, is_cancelled yes-no, because text?, "
                "recorded_on day"
            ),
        ),
        "ledger_entry": Table(
            "no whole, rows text, marks text, because text?, hash text",
            key="no",
        ),
        "person": Table(
            "id whole, name text?, salt text?, commitment text",
            unique=(
                ("name",),
                ("commitment",),
            ),
        ),
        "programme_item": Table(
            (
                "recorded_by text, recorded_at moment, id whole, no whole, meeting_no whole?, "
                "title text, kind text, disposal_ref text? -> disposal.ref, added_by text, "
                "added_on day, because text?, recorded_on day"
            ),
        ),
        "erasure": Table(
            (
                "recorded_by text, recorded_at moment, id whole, person_id whole -> person.id, "
                "because text"
            ),
            unique=(("person_id",),),
        ),
    },
    evidence={
        "referral": (
            "number text, committee text, meeting_on day, report_published_on day?, "
            "late_because text?, considered_on day?, recommendation text?, amended text?, "
            "abstentions whole?"
        ),
        "private_meeting": (
            "number text, meeting_on day, notice_on day?, second_notice_on day?, agreed_by text?"
        ),
        "call_in": (
            "number text, called_in_on day, called_in_by text, because text, outcome text?, "
            "outcome_on day?, confirmed_on day?"
        ),
        "offer_back": (
            "site_ref text -> site.ref, offered_on day, wanted text, wanted_on day?, "
            "terms_agreed_on day?"
        ),
        "paper_section": "paper text, section text, text text",
        "classification": (
            "kind text, entry whole, field text?, verdict text, because text, review_on day?, "
            "release_on day?, release_at text?"
        ),
        "information_request": (
            "reference text, received_on day, requested_by text, asks text, answered_on day?, "
            "outcome text?, exemptions text?, public_interest text?"
        ),
    },
    columns={
        "history_entry": "previous_hash text = '', hash text = ''",
        "decision": (
            "divisions text?, exception text?, exception_on day?, exception_agreed_by text?, "
            "implementation text?, implemented_on day?, withdrawn_on day?, "
            "withdrawn_because text?"
        ),
        "option": "is_own_development yes-no = no",
    },
    indexes=(
        Index("disposal", ("officer",)),
        Index("meeting", ("no",)),
        Index("milestone", ("mark", "disposal_ref"), name="ix_milestone_mark"),
        Index("programme_item", ("no",)),
        Index("programme_item", ("disposal_ref",)),
    ),
)
upgrade, downgrade = GAINED.make, GAINED.drop
