"""What a sheet of the form is made of: columns with headers and readers, row rules, a pandera contract."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import pandas as pd
import pandera.pandas as pa

from schemas.contract import schema_of
from schemas.vocabularies import Vocabulary

# pandera's name of a failed column check → the fault of the form's contract
_FAULT_OF_CHECK = {
    "not_nullable": "missing_value",
    "isin": "not_in_list",
    "greater_than_or_equal_to": "negative_value",
}


class Reader(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    CODE = "code"
    COUNT = "count"
    DECIMAL = "decimal"
    DATE = "date"
    PERIOD = "period"
    TERM = "term"
    TERMS = "terms"


_EXPECTED = {
    Reader.TEXT: "chữ",
    Reader.CODE: "mã số",
    Reader.COUNT: "số nguyên từ 0 trở lên",
    Reader.DECIMAL: "số từ 0 trở lên",
    Reader.DATE: "ngày dd/mm/yyyy",
    Reader.PERIOD: "kỳ báo cáo dạng YYYY-MM",
}
DTYPE: dict[Reader, Any] = {
    Reader.TEXT: "str",
    Reader.CODE: "str",
    Reader.PERIOD: "str",
    Reader.TERM: "str",
    Reader.TERMS: "str",
    Reader.COUNT: "Int64",
    Reader.DECIMAL: "Float64",
    Reader.DATE: "datetime64[us]",
}


@dataclass(frozen=True)
class FormColumn:
    """One column of the form, as the clerk sees it and as we store it."""

    name: str
    header: str
    en: str
    reader: Reader
    nullable: bool
    optional: bool
    digits: int
    vocabulary: Vocabulary | None

    @property
    def expected(self) -> str:
        """What a cell of this column must hold, in Vietnamese."""
        if self.vocabulary is not None:
            return " / ".join(self.vocabulary.labels)
        if self.reader is Reader.CODE and self.digits:
            return f"mã gồm {self.digits} chữ số"
        return _EXPECTED[self.reader]


@dataclass(frozen=True)
class RowRule:
    """A rule over several columns of one row.

    `broken` and `expected` take the sheet's typed rows and return one value a row; `marks` names, a row, the
    column whose cell is shown to the clerk.
    """

    fault: str
    broken: Callable[[pd.DataFrame], pd.Series]
    marks: Callable[[pd.DataFrame], pd.Series]
    expected: Callable[[pd.DataFrame], pd.Series]


def column(
    header: str,
    en: str,
    reader: Reader = Reader.TEXT,
    *,
    nullable: bool = False,
    optional: bool = False,
    digits: int = 0,
    vocabulary: Vocabulary | None = None,
) -> Any:
    """Declare a column of a sheet.

    `optional`: the header may be absent; `nullable`: a cell may be empty.
    """
    listed = vocabulary.codes if vocabulary is not None and reader is Reader.TERM else None
    form = {"reader": reader, "optional": optional, "digits": digits, "vocabulary": vocabulary}
    return pa.Field(
        title=header,
        description=en,
        nullable=nullable,
        isin=listed,
        ge=0 if reader in (Reader.COUNT, Reader.DECIMAL) else None,
        metadata=form,
    )


@dataclass(frozen=True)
class Sheet:
    """A sheet of the form, derived from its pandera model."""

    model: type[pa.DataFrameModel]

    @property
    def _config(self) -> dict[str, Any]:
        return dict(self.model.Config.metadata or {})

    @cached_property
    def _schema(self) -> pa.DataFrameSchema:
        return schema_of(self.model)

    @property
    def name(self) -> str:
        """The sheet's name in the form, as `01_CapXa`."""
        return str(self._schema.name)

    @property
    def title(self) -> str:
        """The sheet's printed title, Vietnamese."""
        return str(self._schema.title)

    @property
    def en(self) -> str:
        """The sheet's meaning, English."""
        return str(self._schema.description)

    @property
    def table(self) -> str:
        """The name of one row's thing, as `commune`: names the batch and the fact table."""
        return str(self._config["table"])

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that name the unit a row is about."""
        return tuple(self._config["key"])

    @property
    def rules(self) -> tuple[RowRule, ...]:
        """The rules over several columns of one row."""
        return tuple(self._config.get("rules", ()))

    @cached_property
    def columns(self) -> tuple[FormColumn, ...]:
        """The columns in the form's order."""
        return tuple(
            FormColumn(str(name), str(c.title), str(c.description), nullable=c.nullable, **(c.metadata or {}))
            for name, c in self._schema.columns.items()
        )

    def column(self, name: str) -> FormColumn:
        """The column of that name. Raises KeyError when the sheet has none."""
        return {c.name: c for c in self.columns}[name]

    @cached_property
    def contract(self) -> pa.DataFrameSchema:
        """The model plus one boolean column a row rule: a broken row fails once, not once a column."""
        return self._schema.add_columns(
            {r.fault: pa.Column(bool, pa.Check(lambda broken: ~broken, name=r.fault)) for r in self.rules}
        )

    def breaches(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Check typed rows (unique index); return a line a breach: `row`, `column`, `fault`, `expected`."""
        checked = rows.assign(**{r.fault: r.broken(rows).fillna(False).astype(bool) for r in self.rules})
        try:
            self.contract.validate(checked, lazy=True)
        except pa.errors.SchemaErrors as errors:
            return self._named(rows, errors.failure_cases)
        return pd.DataFrame(columns=["row", "column", "fault", "expected"])

    def _named(self, rows: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
        beyond_contract = cases[cases["index"].isna()]
        if not beyond_contract.empty:
            raise TypeError(f"{self.name}: not the contract's columns: {beyond_contract.to_dict()}")
        check = cases["check"].str.replace(r"\(.*", "", regex=True)
        named = pd.DataFrame(
            {
                "row": cases["index"].astype("int64"),
                "column": cases["column"],
                "fault": check.map(_FAULT_OF_CHECK).fillna(check),
            }
        )
        expected = {c.name: c.expected for c in self.columns}
        named["expected"] = named["column"].map(expected)
        for rule in self.rules:
            hit = named["fault"] == rule.fault
            at = named.loc[hit, "row"]
            named.loc[hit, "expected"] = rule.expected(rows).loc[at].to_numpy()
            named.loc[hit, "column"] = rule.marks(rows).loc[at].to_numpy()
        return named.reset_index(drop=True)
