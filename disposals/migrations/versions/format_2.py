"""Format 2: what lies on the land, and where it is."""

from alembic import op

from disposals.errors import WouldLose
from disposals.migrations.building import Gained, Index, Table

revision, down_revision = "2", "1"
GAINED = Gained(
    tables={
        "authority_area": Table(
            (
                "recorded_by text, recorded_at moment, id whole, name text, shape bytes, "
                "source text, licence text?"
            ),
        ),
        "imported_row": Table(
            (
                "recorded_by text, recorded_at moment, id whole, site_ref text -> site.ref, "
                "preset text, key text, source text, fields text, digest hash"
            ),
        ),
        "part_ending": Table(
            (
                "recorded_by text, recorded_at moment, id whole, part_id whole -> site_part.id, "
                "site_ref text -> site.ref, no whole, ended_on day, because text, into_no whole?"
            ),
            unique=(("part_id",),),
        ),
        "touch": Table(
            (
                "recorded_by text, recorded_at moment, id whole, "
                "constraint_id whole? -> land_constraint.id, "
                "occupation_id whole? -> occupation.id, site_ref text -> site.ref, "
                "part_no whole?, boundary_id whole -> boundary.id, length_m number?, "
                "area_m2 number?"
            ),
        ),
    },
    columns={
        "site": "easting number?, northing number?, position_source text?",
        "site_part": "made_on day?",
        "boundary": "origin text = drawn, effective_to day?, effective_to_as_written text?",
        "land_constraint": "effective_from day?, effective_to day?, replaces whole?",
        "occupation": "effective_from day?, effective_to day?, replaces whole?",
    },
    indexes=(
        Index("land_constraint", ("replaces",), is_unique=True),
        Index("occupation", ("replaces",), is_unique=True),
        Index("imported_row", ("key",)),
        Index("imported_row", ("site_ref",)),
        Index("part_ending", ("site_ref",)),
        Index("touch", ("site_ref",)),
    ),
)
_NUMBER = "uq_site_part_site_ref_no"
_KINDS = (
    "easement", "tunnel", "covenant", "open space", "highway", "right of way",
    "asset of community value", "flood zone", "contamination", "tree preservation", "heritage",
    "mineral", "other",
)  # fmt: skip


def upgrade() -> None:
    """Let a part that ended be made again under its number; sort constraints into kinds."""
    with op.batch_alter_table("site_part") as table:
        table.drop_constraint(_NUMBER, type_="unique")
    GAINED.make()
    # What a constraint is was free text; a word that is none of the kinds stays in its name.
    kinds = ", ".join(f"'{kind}'" for kind in _KINDS)
    op.execute(
        "UPDATE land_constraint SET name = name || ' (' || kind || ')', kind = 'other' "  # noqa: S608
        f"WHERE kind NOT IN ({kinds})"
    )


def downgrade() -> None:
    """Number parts once for all again.

    Raises:
        WouldLose: a number was given to a second part after the first one had ended.
    """
    again = op.get_bind().exec_driver_sql(
        "SELECT site_ref, no FROM site_part GROUP BY site_ref, no HAVING count(*) > 1"
    )
    for site, no in again:
        raise WouldLose(
            f"Part {no} of {site} ended and was made again, and format 1 knows a number once. "
            "Nothing was changed; stay with format 2."
        )
    GAINED.drop()
    with op.batch_alter_table("site_part") as table:
        table.create_unique_constraint(_NUMBER, ["site_ref", "no"])
