"""Each way to alter what was released is caught and named, and nothing else is accused.

`python -m tests.campaigns.tampering` tries them one by one and prints what each accuses.
"""

import pytest

from schemas.settings import Settings
from tasks.checkup_result import Level
from tasks.verify.verify import verify_home
from tests.verify.proven import Proven
from tests.verify.tampering import CASES, TOGETHER, accused, expected

_ALONE = [name for name in CASES if name not in TOGETHER]


def test_what_nobody_touched_is_as_it_was_released(settings: Settings) -> None:
    checks = verify_home(settings)
    assert {check.level for check in checks} == {Level.OK}
    said = {check.name: check.saw for check in checks}
    assert said["chuỗi / chain"].startswith("3 bản kê nối liền")
    assert [said[f"bản phát hành / release {n}, run-{n}"] for n in (1, 2, 3)] == [
        "20 bảng, cùng dòng trong / tables, the same rows in DuckDB, Parquet, CSV, Excel"
    ] * 3
    assert said["kho lưu / archive"].startswith("4 tệp gốc")
    assert said["kho dữ liệu / warehouse"].startswith("171 dòng")
    assert said["giấy biên nhận / receipts"].startswith("4 giấy biên nhận")


@pytest.mark.parametrize(
    "names",
    [TOGETHER, *(pytest.param((name,), marks=pytest.mark.long) for name in _ALONE)],
    ids=["together", *_ALONE],
)
def test_it_is_caught_and_named_and_nothing_else_is(
    names: tuple[str, ...], proven: Proven, settings: Settings
) -> None:
    for name in names:
        CASES[name][0](settings)
    assert sorted(set(accused(settings))) == expected(names, proven)
