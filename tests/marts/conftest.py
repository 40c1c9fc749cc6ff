"""The small city, and two states of it that many tests start from."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from literal_city import City
from small_city import small_city


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    with small_city(tmp_path) as city:
        yield city


@pytest.fixture
def two_villages(city: City) -> City:
    """Ba Đình reports in March: all done. Phú Xuyên: its commune and one of two villages outstanding."""
    ba_dinh = city.returns("001", "2021-03", "2021-04-02T09:00", declares_no_petitions=True)
    city.commune(ba_dinh, "00001", "completed")
    city.commune(ba_dinh, "00004", "completed")
    phu_xuyen = city.returns("280", "2021-03", "2021-04-03T09:00", declares_no_petitions=True)
    city.commune(phu_xuyen, "10282", "in_progress", villages=(3, 2))
    city.village(phu_xuyen, "10282-001", "completed")
    city.village(phu_xuyen, "10282-002", "not_started", cell="I10")
    city.promise(phu_xuyen, "10282", "2021-05-31", flags="crowded;religious")
    city.promise(phu_xuyen, "10282-002", "2021-04-30", level="thon", obstacle="CAP_UY")
    return city


@pytest.fixture
def april(two_villages: City) -> Callable[..., str]:
    """Phú Xuyên's return for April, its two villages as in March, with the commune's status to be given."""

    def report(
        status: str, *, received: str = "2021-05-04T09:00", seq: int = 1, verdict: str = "accepted"
    ) -> str:
        submission_id = two_villages.returns("280", "2021-04", received, seq=seq, verdict=verdict)
        two_villages.commune(submission_id, "10282", status, villages=(3, 2))
        two_villages.village(submission_id, "10282-001", "completed")
        two_villages.village(submission_id, "10282-002", "not_started", cell="I10")
        return submission_id

    return report
