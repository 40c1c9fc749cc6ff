"""The dbt project of the stack: its own models, and facts and marts made from the SQL that ours uses."""

import json
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from schemas.form.sheet import Reader, Sheet
from schemas.form.sheets import TABLE_SHEETS
from tests.bench.plan import load_files, mart_selects, register_selects, sql_variables

_OWN = Path(__file__).parent / "dbt"
_TABLE = re.compile(r"\b(raw|core|ledger|reference|register|settled|intermediate)\.([a-z_]+)\b(?!\()")
_VARIABLE = re.compile(r"getvariable\('(\w+)'\)")
_PREFIX = {"core": "core_", "ledger": "ledger_", "register": "reg_", "intermediate": "int_"}
# The register of villages adds to itself; the stack builds it from the first returns at once.
_NOBODY_YET = """(
    SELECT NULL AS village_id, NULL AS commune_code, NULL AS village_kind, NULL AS village_name WHERE false
)"""
_NUMBERS = (Reader.COUNT, Reader.DECIMAL)


def write_project(folder: Path, now: datetime) -> Path:
    """Write the project into `folder` (emptied) for a cycle at `now`; return it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(_OWN, folder)
    built = {f"{p.parent.name}.{p.stem.lstrip('0123456789_')}" for p in load_files()}
    for path in load_files():
        schema, name = path.parent.name, path.stem.lstrip("0123456789_")
        _write(folder / "models" / "facts" / f"{schema}_{name}.sql", path.read_text(encoding="utf-8"), built)
    for name, select in {**register_selects(), **mart_selects()}.items():
        schema, table = name.split(".")
        model = f"{_PREFIX.get(schema, '')}{table}"
        _write(folder / "models" / schema / f"{model}.sql", select, built)
    variables = {**sql_variables(now), "sheets": [_sheet(sheet) for sheet in TABLE_SHEETS]}
    (folder / "vars.json").write_text(json.dumps(variables, ensure_ascii=False), encoding="utf-8")
    return folder


def _write(path: Path, select: str, built: set[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    code = _VARIABLE.sub(r"{{ var('\1') }}", re.sub(r"--.*", "", select))
    path.write_text(_TABLE.sub(lambda found: _reference(found, path.stem, built), code), encoding="utf-8")


def _reference(found: re.Match[str], model: str, built: set[str]) -> str:
    schema, table = found[1], found[2]
    if f"{schema}_{table}" == model:
        return _NOBODY_YET
    if schema == "raw" and table not in ("term", "sheet"):
        return f"{{{{ ref('{table if table in ('file', 'held', 'finding') else 'accepted_' + table}') }}}}"
    if found[0] in built or schema in ("register", "intermediate"):
        return f"{{{{ ref('{_PREFIX[schema]}{table}') }}}}"
    return f"{{{{ source('{schema}', '{table}') }}}}"


def _sheet(sheet: Sheet) -> dict[str, Any]:
    columns = [
        {
            "name": column.name,
            "letter": chr(ord("A") + number),
            "required": not column.nullable,
            "vocabulary": column.vocabulary.name
            if column.vocabulary and column.reader is Reader.TERM
            else None,
            "is_number": column.reader in _NUMBERS,
            "is_totalled": column.reader is Reader.COUNT,
        }
        for number, column in enumerate(sheet.columns)
    ]
    return {"table": sheet.table, "name": sheet.name, "columns": columns}
