"""Format 4: milestones that hang on one another, and money over the years."""

from disposals.migrations.building import Gained, Index, Table

revision, down_revision = "4", "3"
GAINED = Gained(
    tables={
        "receipt_target": Table(
            (
                "id whole, year text, amount_pence whole, because text, recorded_on day, "
                "recorded_at moment, recorded_by text"
            ),
        ),
    },
    evidence={
        "milestone_link": (
            "milestone_no whole, after_no whole, lag whole, lag_unit text, is_undone yes-no"
        ),
        "milestone_condition": "title text, outcome text?, decided_on day?",
        "holding_cost": "what text, monthly_pence whole, from_on day, until_on day?",
    },
    columns={
        "milestone": "mark text?, only_if text?, met_by text?",
    },
    indexes=(
        Index("receipt_target", ("year",)),
        Index("history_entry", ("on",)),
        Index("milestone_date", ("latest_on",)),
        Index(
            "milestone_date", ("disposal_ref", "milestone_no", "id"), name="ix_milestone_date_of"
        ),
    ),
)
upgrade, downgrade = GAINED.make, GAINED.drop
