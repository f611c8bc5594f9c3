"""Statutory clocks: when each began, when it ends, what it holds back, and why, in words.

Pure functions from records and dated policy. `of_case.clocks_of` gives every clock of a case file;
gates and acts call the function of the one clock that they ask about. `fixed_days` picks out those
that stand among milestones.
"""
