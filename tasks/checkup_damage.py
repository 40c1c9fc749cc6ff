"""The check of `scheme21 doctor` on what cycles found damaged."""

from schemas.settings import Settings
from tasks.checkup_result import Check, Level
from tasks.damage import kept_aside


def check_damaged(settings: Settings) -> Check:
    """Whether anything damaged still lies aside: the figures are whole without it, the disk may not be."""
    name, aside = "tệp hỏng / damaged files", kept_aside(settings)
    if not aside:
        return Check(name, Level.OK, "không có / none")
    saw = f"đã cất riêng / put aside: {', '.join(path.name for path in aside)}"
    mend = "tìm nguyên nhân (ổ đĩa), rồi chuyển đi / find the cause (disk), then move it away"
    return Check(name, Level.WARNING, saw, mend)
