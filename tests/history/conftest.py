"""One story of releases that all tests of reprinting look at."""

import pytest
from office_story import Story, told


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Four releases, none of which is left; the home is not to be changed."""
    return told(tmp_path_factory.mktemp("story"))
