"""What people except from the rules: records that say what, who, why and until when, kept in the archive.

A record is a file that is written once: an exception ends by itself or by a later record that revokes it.
Every moment carries its zone; an exception is in force from `granted_at` through `expires_at`.
"""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

_Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Granted(_Record):
    reason: _Said
    granted_by: _Said
    granted_at: AwareDatetime
    expires_at: AwareDatetime

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.expires_at <= self.granted_at:
            raise ValueError("hạn phải ở sau thời điểm cho phép / it must expire after it is granted")
        return self


class PeriodException(_Granted):
    """A district is exempt from a period's return, or its return is taken after the period locked."""

    kind: Literal["exempt", "late_return"]
    district_code: str
    period: str


class Waiver(_Granted):
    """An expectation of the gate that may fail: everywhere, in one district, or for one unit."""

    kind: Literal["waiver"] = "waiver"
    expectation: str
    district_code: str | None = None
    unit_id: str | None = None


class Revocation(_Record):
    """An earlier exception ends at `revoked_at`; what it allowed until then stays allowed."""

    kind: Literal["revocation"] = "revocation"
    exception_id: str
    reason: _Said
    revoked_by: _Said
    revoked_at: AwareDatetime


Record = Annotated[PeriodException | Waiver | Revocation, Field(discriminator="kind")]


class DamagedRecord(RuntimeError):  # noqa: N818 - a state of the archive, not an error of the program
    """A record of the archive is not what was written there."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"Bản ghi ngoại lệ bị hỏng hoặc bị sửa: {path}; lấy lại từ bản sao lưu. / "
            f"The record of an exception was damaged or changed; restore it from the backup. ({why})"
        )
