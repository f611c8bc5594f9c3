"""History that shows tampering: every write of the register is chained to the one before it.

A ledger entry for each write unit names the rows that it wrote, with a digest of each; its own
hash covers the hash before it. The entries of a case's history are chained among themselves as
well. Tampering is evident, not impossible: see docs/audit.md.
"""
