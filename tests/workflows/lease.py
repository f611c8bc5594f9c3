"""A small workflow in a file of its own, well formed; a test breaks one thing in it."""

from pathlib import Path

GOOD = """
name = "lease"
version = 1
title = "Lease"
effective_from = 2021-01-01
initial = "surplus"
ends = ["done", "withdrawn"]

[[stages]]
name = "surplus"
title = "Surplus"
meaning = "Not needed."

[[stages]]
name = "terms"
title = "Terms"
meaning = "Being settled."

[[stages]]
name = "done"
title = "Done"
meaning = "Let."

[[stages]]
name = "withdrawn"
title = "Withdrawn"
meaning = "Not let."

[[moves]]
name = "settle"
title = "Settle"
kind = "onward"
from = ["surplus"]
to = "terms"
blocks = ["a.one"]

[[moves]]
name = "let"
title = "Let"
kind = "onward"
from = ["terms"]
to = "done"
blocks = ["a.two"]
warns = ["a.three"]

[[moves]]
name = "withdraw"
title = "Withdraw"
kind = "withdraw"
from = ["surplus", "terms"]
to = "withdrawn"
"""
KNOWN = {"a.one", "a.two", "a.three"}


def put(folder: Path, text: str, name: str = "lease-1.toml") -> None:
    (folder / name).write_text(text, encoding="utf-8")
