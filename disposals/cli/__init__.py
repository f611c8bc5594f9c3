"""The command line: it parses, calls one act or one view, and prints; it holds no rule."""
