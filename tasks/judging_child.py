"""The companion that judges: it answers `Questions`."""

from schemas.expectations import contract_of
from schemas.expectations.results import ExpectationResult
from schemas.published.tables import TABLES
from tasks.companion import attend
from tasks.judge import judge, judge_contract
from tasks.judging import Questions


def _judged(questions: Questions) -> list[ExpectationResult]:
    contracts = {table.name: table.contract for table in TABLES}
    return judge(questions.frames) + [
        judge_contract(contract_of(name), contracts[name], frame) for name, frame in questions.tables.items()
    ]


if __name__ == "__main__":
    attend(lambda: judge([]), _judged)
