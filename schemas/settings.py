"""Settings: environment variables `SCHEME21_…`, or the same names in a `.env` of the working folder."""

from datetime import date
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

# The settings that say how anyone is told; they are secret, and may name a Prefect Secret block instead.
CHANNELS = ("smtp_url", "engineers", "board")
# The settings on which verdicts and tables depend; a release names them.
JUDGING = (
    *("period_length", "baseline_period", "baseline_as_of", "due_day", "lock_day", "time_zone"),
    *("max_file_bytes", "max_unpacked_bytes", "max_cells", "max_sheets", "max_text_bytes"),
    *("max_memory_bytes", "max_cpu_seconds", "unusual_share", "unusual_people"),
)
# Of a lake only PostgreSQL is the catalog: on SQLite or DuckDB readers are locked out while it is written.
LAKE_CATALOG = "ducklake:postgres:"


class Settings(BaseSettings):
    """Everything an office may want to change without touching code.

    Sizes are in bytes, durations in seconds, days are days of the calendar month after the period.
    """

    model_config = SettingsConfigDict(
        env_prefix="SCHEME21_",
        env_file=".env",
        extra="ignore",
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    home: Path = Field(Path("home"), description="Folder of the archive, the warehouse and what is published")
    inbox: str | None = Field(None, description="Landing place, any fsspec URL; default <home>/inbox")
    lake: str | None = Field(
        None,
        validation_alias="SCHEME21_WAREHOUSE",
        description="A warehouse that machines share: ducklake:postgres:<libpq>; the home's file copies it",
    )
    lake_data: str = Field(
        "", validation_alias="SCHEME21_WAREHOUSE_DATA", description="Where the lake's files lie: s3://…"
    )
    archive_url: str | None = Field(
        None,
        validation_alias="SCHEME21_ARCHIVE",
        description="Archive that machines share, any fsspec URL",
    )
    published_url: str | None = Field(
        None,
        validation_alias="SCHEME21_PUBLISHED",
        description="Where releases are laid too, any fsspec URL",
    )
    task_runner: str | None = Field(
        None, pattern="^dask://.", description="A Dask cluster that examines files: dask://host:8786"
    )
    period_length: Literal["month", "quarter"] = "month"
    baseline_period: str = "2021-03"
    baseline_as_of: date = Field(date(2021, 3, 24), description="The day the published figures speak of")
    due_day: int = Field(5, ge=1, le=28, description="Due on this day, 23:59:59")
    lock_day: int = Field(20, ge=1, le=28, description="Locked after this day, 23:59:59")
    time_zone: str = "Asia/Ho_Chi_Minh"
    max_file_bytes: int = Field(50_000_000, gt=0)
    max_unpacked_bytes: int = Field(500_000_000, gt=0, description="What a zipped file may unpack to")
    max_cells: int = Field(1_000_000, gt=0, description="Cells of a workbook's used ranges, all sheets")
    max_sheets: int = Field(200, gt=0, description="Sheets of a workbook")
    max_text_bytes: int = Field(50_000_000, gt=0, description="What all cells of a file say, as JSON")
    max_memory_bytes: int = Field(1_000_000_000, gt=0, description="What a file may take to read or to mark")
    max_cpu_seconds: int = Field(60, gt=0, description="Processor time of the same")
    unusual_share: float = Field(0.5, gt=0, description="A people figure that moved by more than this share")
    unusual_people: int = Field(3, ge=1, description="… and by at least so many people")
    lock_wait: float = Field(600, ge=0, description="How long a second cycle waits for the first")
    receive_retries: int = Field(3, ge=0)
    smtp_url: SecretStr | None = Field(
        None, description="Outgoing mail: smtp://, smtp+starttls:// or smtps://[user:password@]host[:port]"
    )
    mail_from: str = Field("scheme21@localhost", description="The sender's address, with a name or without")
    engineers: SecretStr | None = Field(
        None, description="Who keeps this running: mail addresses and apprise URLs, blanks between"
    )
    board: SecretStr | None = Field(None, description="Where the Board's digests go, in the same way")
    stalled_periods: int = Field(3, ge=1, description="Periods without progress before it is said")
    remind_days_before: int = Field(3, ge=0, description="First reminder, so many days before the due day")
    remind_days_after: int = Field(3, ge=0, description="Second reminder, so many days after it")
    arrival_settles: float = Field(30, ge=0, description="A landed file this young may still be growing")
    stuck_after: float = Field(3600, gt=0, description="A cycle that holds the warehouse longer is stuck")
    stale_after: float = Field(300, ge=0, description="A run without a process is given up after this long")
    late_after: float = Field(3600, ge=0, description="How late a scheduled cycle may end")
    releases_kept: int = Field(12, ge=1, description="Earlier releases to keep beside the published one")
    messages_kept_days: int = Field(
        365, ge=1, description="How long the ledger of alerts keeps addresses and words of what was sent"
    )
    min_free_bytes: int = Field(2_000_000_000, ge=0, description="Less free disk than this is a warning")

    @model_validator(mode="after")
    def _lake_is_whole(self) -> Self:
        if self.lake is not None and not self.lake.startswith(LAKE_CATALOG):
            raise ValueError(f"SCHEME21_WAREHOUSE begins with {LAKE_CATALOG}, then libpq's host=… dbname=…")
        # DuckDB and DuckLake quote the whole address in their errors.
        if self.lake is not None and ("password" in self.lake or "://" in self.lake):
            raise ValueError(
                "SCHEME21_WAREHOUSE is written host=… dbname=…, without a password: give that as "
                "PGPASSWORD or in ~/.pgpass"
            )
        if bool(self.lake) != bool(self.lake_data):
            raise ValueError("SCHEME21_WAREHOUSE and SCHEME21_WAREHOUSE_DATA are set both or neither")
        return self

    @model_validator(mode="after")
    def _urls_hold_no_password(self) -> Self:
        # They stand in errors, and the inbox in the parameters of a run.
        urls = (self.inbox, self.archive_url, self.published_url, self.lake_data, self.task_runner)
        servers = [url.partition("://")[2].partition("/")[0] for url in urls if url]
        if any(":" in server.rpartition("@")[0] for server in servers):
            raise ValueError("a URL holds no password: give it to its driver, as FSSPEC_SFTP_PASSWORD=…")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The zone every deadline and every printed time is in."""
        return ZoneInfo(self.time_zone)

    @property
    def inbox_url(self) -> str:
        """Where districts leave their files: `<inbox>/<district_code>/<any name>`."""
        return self.inbox or str(self.home.absolute() / "inbox")

    @property
    def archive(self) -> Path:
        """Every received byte, by SHA-256; enough to rebuild everything else."""
        return self.home / "archive"

    @property
    def manifests(self) -> Path:
        """The manifest of every release ever shown, by its number; added to, never changed."""
        return self.archive / "manifests"

    @property
    def shared(self) -> list[str]:
        """The variables by which this home shares anything with other machines."""
        said = {
            "SCHEME21_WAREHOUSE": self.lake,
            "SCHEME21_ARCHIVE": self.archive_url,
            "SCHEME21_PUBLISHED": self.published_url,
        }
        return [name for name, value in said.items() if value is not None]

    @property
    def parts_url(self) -> str:
        """Where a cluster's workers lay what they examined, one folder a run, until it is loaded."""
        return f"{(self.archive_url or str(self.archive.absolute())).rstrip('/')}.parts"

    @property
    def warehouse(self) -> Path:
        """The pipeline's own database; readers never open it."""
        return self.home / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        """What readers open: always one whole release."""
        return self.home / "published"

    @property
    def snapshot(self) -> Path:
        """The published tables as one DuckDB file."""
        return self.published / "scheme21.duckdb"

    @property
    def releases(self) -> Path:
        """One folder a release: the published one and the earlier ones."""
        return self.home / "releases"

    @property
    def heartbeat(self) -> Path:
        """How the last cycle began and ended, and when the next is due; for whoever watches."""
        return self.home / "heartbeat.json"

    @property
    def metrics(self) -> Path:
        """The figures of the last release and the last cycle in the Prometheus text format."""
        return self.home / "metrics" / "scheme21.prom"

    @property
    def answers(self) -> Path:
        """What goes back to the districts: `<answers>/<district_code>/…`."""
        return self.home / "answers"

    @property
    def runs(self) -> Path:
        """One folder a cycle: validation results and the quality page."""
        return self.home / "runs"

    @property
    def alerts(self) -> Path:
        """The ledger of alerts: what was said to whom; holds mail addresses."""
        return self.home / "alerts.duckdb"

    @property
    def contacts(self) -> Path:
        """The office's own list of the districts' addresses, which wins over what returns say."""
        return self.home / "contacts.csv"

    @property
    def reminders(self) -> Path:
        """Who has not reported, by period, with the pre-filled forms."""
        return self.home / "reminders"
