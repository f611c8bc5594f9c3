"""The way out: the only readers for the doors; every function takes an audience."""
