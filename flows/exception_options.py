"""The arguments of the commands that record exceptions."""

from typing import Annotated

import typer

District = Annotated[str, typer.Argument(help="Mã quận, huyện / district code, e.g. 001")]
Period = Annotated[str, typer.Argument(help="Kỳ báo cáo / the period, e.g. 2021-04")]
Reason = Annotated[str, typer.Option(help="Lý do, được công bố / why; it is published")]
By = Annotated[str, typer.Option(help="Cơ quan hoặc chức danh quyết định / the office or role that decides")]
Until = Annotated[
    str, typer.Option(help="Đến hết ngày / through: 2021-06-30 (its end) or 2021-06-30T12:00; then it ends")
]
