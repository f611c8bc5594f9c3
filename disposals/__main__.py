"""The command `disposals`, also as `python -m disposals`: a process that lives for half a second.

Python's collector would look over every imported class several times on the way in and once more
on the way out, a quarter of the whole run. Raising its threshold and freezing what is left at the
end spares that; a long export still collects.
"""

import gc
import sys

gc.set_threshold(500_000)

from disposals.cli.main import run  # noqa: E402 (imported after the threshold is raised)


def main() -> None:
    """Run the command line, and leave without a last collection."""
    try:
        run(sys.argv[1:])
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
