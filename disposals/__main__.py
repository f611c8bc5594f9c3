"""`python -m disposals` is the command line."""

from disposals.cli.main import run

run()
