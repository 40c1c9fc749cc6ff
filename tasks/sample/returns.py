"""What a district reports for a period: the contents of one form."""

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

import pandas as pd

from tasks.form_workbook import FormContents
from tasks.sample.activities import activities_in
from tasks.sample.city import City
from tasks.sample.condition import condition_in
from tasks.sample.countdown import Countdown
from tasks.sample.span import Span
from tasks.sample.words import BANNER

_Tables = dict[str, pd.DataFrame]


class Returns:
    """Every return of the simulation, made when asked for."""

    def __init__(
        self, seed: int, city: City, countdown: Countdown, span: Span, petitions: pd.DataFrame
    ) -> None:
        self.seed, self.city, self.countdown, self.span = seed, city, countdown, span
        self.petitions = petitions
        self.names = dict(zip(city.districts["district_code"], city.districts["district_name"], strict=True))
        # Returns are asked for period by period: the last two are kept.
        self._period = lru_cache(maxsize=2)(self._make_period)

    def contents(self, district_code: str, index: int, seq: int) -> FormContents:
        """The true return of the district for the period, sent as number `seq`."""
        rows = self._period(index)[district_code]
        return FormContents(
            info=self._info(district_code, index, seq),
            rows=rows,
            declared_no_petitions=rows["petition"].empty,
            banner=BANNER,
        )

    def _make_period(self, index: int) -> dict[str, _Tables]:
        """District code → its tables in the period."""
        tables = {
            **condition_in(self.seed, self.city, self.countdown, index, knows_ids=index > 0),
            "petition": self.petitions[self.petitions["index"] == index],
            "activity": activities_in(self.seed, self.city, self.span, index),
        }
        split = {name: dict(list(rows.groupby("district_code"))) for name, rows in tables.items()}
        return {
            code: {name: split[name].get(code, rows.head(0)) for name, rows in tables.items()}
            for code in self.names
        }

    def _info(self, district_code: str, index: int, seq: int) -> dict[str, object]:
        return {
            "district_code": district_code,
            "district_name": self.names[district_code],
            "period": str(self.span.periods[index]),
            "as_of_date": self.span.as_of(index),
            "seq": seq,
            "doc_no": f"{10 * (index + 1) + seq}/BC-UBND-MP",
            "prepared_by": f"Cán bộ mô phỏng {district_code}",
            "contact_email": f"canbo.{district_code}@example.invalid",
            "signed_by": f"Lãnh đạo mô phỏng {district_code}",
        }


def first_draft(contents: FormContents) -> FormContents:
    """The return as it was before its clerk corrected it: an action cut short, or a date one day early."""
    outstanding = pd.DataFrame(contents.rows["outstanding"]).copy()
    communes = pd.DataFrame(contents.rows["commune"]).copy()
    if len(outstanding):
        first = outstanding.index[0]
        outstanding.loc[first, "action"] = outstanding.loc[first, "action"].split(";")[0]
    else:
        first = communes.index[communes["completed_on"].notna()][0]
        communes.loc[first, "completed_on"] -= timedelta(days=1)
    return replace(contents, rows={**contents.rows, "outstanding": outstanding, "commune": communes})
