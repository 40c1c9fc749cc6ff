"""What a verification says of one place: it is as it was released, or not, and what mends it."""

from tasks.checkup_result import Check, Level

FROM_BACKUP = "lấy lại từ bản sao lưu / restore it from the backup"
RELEASE_ANEW = (
    "lấy lại thư mục từ bản sao lưu, hoặc phát hành bản mới: scheme21 run, rồi scheme21 bulletin / "
    "restore the folder from the backup, or release anew: scheme21 run, then scheme21 bulletin"
)
REBUILD = "dựng lại kho từ kho lưu / make the warehouse anew from the archive: scheme21 rebuild"


def sound(place: str, saw: str) -> Check:
    """Everything there is as it was released."""
    return Check(place, Level.OK, saw)


def notice(place: str, saw: str) -> Check:
    """Nothing there is proved to be altered, and somebody should look all the same."""
    return Check(place, Level.WARNING, saw)


def altered(place: str, saw: str, mend: str) -> Check:
    """Something there is not as it was released; `mend` says what to do."""
    return Check(place, Level.CRITICAL, saw, mend)
