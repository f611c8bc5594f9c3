"""Stages, the moves between them and the gates on each move; nothing here knows land or cases."""
