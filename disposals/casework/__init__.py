"""The way in: the only writers. One verb, one function, one transaction, one history entry."""
