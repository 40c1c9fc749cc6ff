"""What a published table is made of: columns with their words in two languages, a key, rules, an example."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandera.pandas as pa

from schemas.contract import schema_of
from schemas.vocabularies import Vocabulary

_SQL_TYPE = {
    "str": "VARCHAR",
    "Int64": "BIGINT",
    "Float64": "DOUBLE",
    "boolean": "BOOLEAN",
    "datetime64[ns]": "DATE",
}


@dataclass(frozen=True)
class PublishedColumn:
    """One column as readers see it: `header` heads the Excel column, `vi` and `en` explain it."""

    name: str
    header: str
    vi: str
    en: str
    sql_type: str
    nullable: bool
    vocabulary: Vocabulary | None

    @property
    def is_period(self) -> bool:
        """Whether it holds the names of reporting periods, as `2021-08`."""
        return self.sql_type == "VARCHAR" and (self.name == "period" or self.name.endswith("_period"))

    @property
    def comment(self) -> str:
        """The text of COMMENT ON COLUMN: Vietnamese, then English."""
        return f"{self.vi} — {self.en}"


def column(
    header: str,
    en: str,
    *,
    vi: str = "",
    nullable: bool = False,
    vocabulary: Vocabulary | None = None,
    is_moment: bool = False,
    ge: float | None = 0,
) -> Any:
    """Declare a column of a published table.

    `vi` is given where the header alone does not say enough; `is_moment` tells a TIMESTAMP (Hanoi time) from
    a DATE; `ge` binds numbers only, None where they may be negative.
    """
    words = {"vi": vi or header, "vocabulary": vocabulary, "is_moment": is_moment, "ge": ge}
    return pa.Field(
        title=header,
        description=en,
        nullable=nullable,
        isin=vocabulary.codes if vocabulary is not None else None,
        metadata=words,
    )


@dataclass(frozen=True)
class PublishedTable:
    """A published table, derived from its pandera model."""

    model: type[pa.DataFrameModel]

    @cached_property
    def contract(self) -> pa.DataFrameSchema:
        """The model as a schema: types, nulls, lists, numbers from 0, the key unique; no other column."""
        schema = schema_of(self.model)
        counted = {
            name: {"checks": [*column.checks, pa.Check.ge(column.metadata["ge"])]}
            for name, column in schema.columns.items()
            if str(column.dtype) in {"Int64", "Float64"} and column.metadata["ge"] is not None
        }
        contract = schema.update_columns(counted)
        contract.unique, contract.strict, contract.coerce = list(self.key) or None, True, True
        return contract

    @property
    def _config(self) -> dict[str, Any]:
        return dict(self.model.Config.metadata or {})

    @property
    def name(self) -> str:
        """The table's name in schema `marts`."""
        return str(self.model.Config.name)

    @property
    def title(self) -> str:
        """What the table is, Vietnamese."""
        return str(self.model.Config.title)

    @property
    def tab(self) -> str:
        """The name of its sheet in the workbook, Vietnamese; Excel allows 31 letters."""
        return str(self._config["tab"])

    @property
    def en(self) -> str:
        """What the table is, English."""
        return str(self.model.Config.description)

    @property
    def comment(self) -> str:
        """The text of COMMENT ON TABLE: Vietnamese, then English."""
        return f"{self.title} — {self.en}"

    @property
    def grain(self) -> tuple[str, str]:
        """What one row is, Vietnamese and English."""
        vi, en = self._config["grain"]
        return str(vi), str(en)

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that name a row; empty for a table of exactly one row."""
        return tuple(self._config["key"])

    @property
    def rules(self) -> tuple[tuple[str, str], ...]:
        """How the figures are meant, each Vietnamese and English."""
        return tuple(self._config["rules"])

    @property
    def example(self) -> str:
        """A query worth starting from."""
        return str(self._config["example"])

    @cached_property
    def columns(self) -> tuple[PublishedColumn, ...]:
        """The columns in the table's order."""
        return tuple(_column(str(name), c) for name, c in schema_of(self.model).columns.items())

    @property
    def types(self) -> list[tuple[str, str]]:
        """Column name and SQL type, in order: what DESCRIBE must say of the built table."""
        return [(column.name, column.sql_type) for column in self.columns]


def _column(name: str, declared: Any) -> PublishedColumn:
    words = declared.metadata
    is_moment = words["is_moment"]
    dtype = "str" if str(declared.dtype).startswith("str") else str(declared.dtype)
    return PublishedColumn(
        name=name,
        header=str(declared.title),
        vi=str(words["vi"]),
        en=str(declared.description),
        sql_type="TIMESTAMP" if is_moment else _SQL_TYPE[dtype],
        nullable=bool(declared.nullable),
        vocabulary=words["vocabulary"],
    )
