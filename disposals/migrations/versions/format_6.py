"""Format 6: every table is guarded, and no case takes another's place; tables as before."""

from disposals.migrations.building import Gained

revision, down_revision = "6", "5"
GAINED = Gained()
upgrade, downgrade = GAINED.make, GAINED.drop
