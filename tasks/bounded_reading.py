"""Reading in a process of its own: whatever a file does to its reader, it costs the file alone."""

import logging
from dataclasses import asdict, fields

from schemas.settings import Settings
from schemas.text import visible
from tasks.bounded import BoundedProcess, BoundedWorkError, Overrun
from tasks.bounded_child import ProcessLimits
from tasks.grid_contract import from_json
from tasks.read import Grid
from tasks.read_limits import ReadLimits, UnreadableFileError, dotted

_log = logging.getLogger(__name__)
_STOPPED = "chương trình đọc tệp dừng giữa chừng; hãy mở tệp bằng Excel, lưu lại thành .xlsx rồi gửi lại"
_MEND = "hãy bỏ các biểu, dòng, cột, định dạng ngoài mẫu"


class BoundedReader(BoundedProcess):
    """Reads files, one at a time, each within the limits of the settings; a context."""

    def __init__(self, settings: Settings) -> None:
        limits = ProcessLimits(settings.max_memory_bytes, settings.max_cpu_seconds, settings.max_text_bytes)
        given = ReadLimits(**{field.name: getattr(settings, field.name) for field in fields(ReadLimits)})
        super().__init__("tasks.reading_job", limits, asdict(given))

    def read(self, content: bytes) -> list[Grid]:
        """The grids of one file, as `tasks.read` reads them.

        Raises UnreadableFileError for a file that cannot be read, or not within the limits; ChildProcessError
        when this machine ends the reading process whatever it reads.
        """
        try:
            grids, unreadable = from_json(self.perform(content))
        except BoundedWorkError as error:
            raise UnreadableFileError(self._reason(error)) from error
        except ValueError as error:
            raise UnreadableFileError("chương trình đọc tệp trả lời sai quy cách") from error
        if unreadable:
            raise UnreadableFileError(unreadable)
        return grids

    def _reason(self, error: BoundedWorkError) -> str:
        most = {
            Overrun.MEMORY: f"cần hơn {dotted(self._limits.memory_bytes)} byte bộ nhớ để đọc",
            Overrun.TIME: f"đọc lâu hơn {dotted(self._limits.cpu_seconds)} giây",
            Overrun.ANSWER: f"chữ trong các ô nhiều hơn {dotted(self._limits.answer_bytes)} byte",
        }
        if error.overrun is Overrun.CRASH:
            _log.warning("the reader stopped: %s", visible(str(error)))
            return _STOPPED
        return f"{most[error.overrun]}; {_MEND}"
