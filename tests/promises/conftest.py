"""What the promises are tried on."""

from pathlib import Path

import pytest

from tests.kinds_of_act import hand_in


@pytest.fixture(scope="session")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the files that officers hand in."""
    folder = tmp_path_factory.mktemp("handed-in")
    hand_in(folder)
    return folder
