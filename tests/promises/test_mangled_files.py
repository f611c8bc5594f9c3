"""A mangled file is taken whole or refused in words, and what broke once does not break again.

`make fuzz` goes on for ten minutes.
"""

import subprocess
import sys


def test_what_broke_once_and_one_mangling_of_each_kind_of_file() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.fuzzing", "0"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
