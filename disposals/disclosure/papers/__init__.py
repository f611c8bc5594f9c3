"""The facts of each paper, for one audience; how they are said stands in `exports/papers`."""
