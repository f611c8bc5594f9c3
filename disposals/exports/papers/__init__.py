"""How each paper is said: blocks from its facts, and what is missing of it."""
