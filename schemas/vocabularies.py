"""Closed lists: the code we store, the words offices write for it, the words we print."""

from dataclasses import dataclass
from functools import cached_property

from schemas.text import fold


@dataclass(frozen=True)
class Term:
    """One value of a list: stored `code`, printed `vi` and `en`, and other spellings that mean the same."""

    code: str
    vi: str
    en: str
    variants: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of terms."""

    name: str
    terms: tuple[Term, ...]

    @property
    def codes(self) -> list[str]:
        """The stored codes, in order."""
        return [term.code for term in self.terms]

    @property
    def labels(self) -> list[str]:
        """The printed Vietnamese words, in order: the choices of a drop-down list."""
        return [term.vi for term in self.terms]

    @cached_property
    def by_spelling(self) -> dict[str, str]:
        """Folded spelling → code."""
        return {
            fold(spelling): term.code
            for term in self.terms
            for spelling in (term.code, term.vi, *term.variants)
        }

    def label(self, code: str) -> str:
        """The Vietnamese word of a stored code. Raises KeyError for a code not in the list."""
        return self._by_code[code].vi

    def english(self, code: str) -> str:
        """The English word of a stored code. Raises KeyError for a code not in the list."""
        return self._by_code[code].en

    @cached_property
    def _by_code(self) -> dict[str, Term]:
        return {term.code: term for term in self.terms}


STATUS = Vocabulary(
    "status",
    (
        Term("completed", "Hoàn thành", "completed", ("Đã hoàn thành", "Đã xong", "Xong")),
        Term("in_progress", "Đang thực hiện", "in progress", ("Đang triển khai",)),
        Term("not_started", "Chưa thực hiện", "not started", ("Chưa triển khai",)),
    ),
)
COMMUNE_CLASS = Vocabulary(
    "commune_class",
    (
        Term("1", "I", "class I", ("Loại I", "Loại 1")),
        Term("2", "II", "class II", ("Loại II", "Loại 2")),
        Term("3", "III", "class III", ("Loại III", "Loại 3")),
    ),
)
VILLAGE_KIND = Vocabulary(
    "village_kind",
    (
        Term("thon", "Thôn", "village"),
        Term("tdp", "TDP", "residential group", ("Tổ dân phố", "TDP.", "Tổ")),
    ),
)
UNIT_LEVEL = Vocabulary(
    "unit_level",
    (
        Term("commune", "Xã", "commune", ("Phường", "Thị trấn", "Cấp xã", "Xã, phường, thị trấn")),
        Term("thon", "Thôn", "village"),
        Term("tdp", "TDP", "residential group", ("Tổ dân phố",)),
    ),
)
AREA_FLAG = Vocabulary(
    "area_flag",
    (
        Term("new_apartments", "chung cư mới", "new apartment blocks", ("chung cư",)),
        Term("ethnic_minority", "dân tộc thiểu số", "ethnic-minority area", ("dân tộc",)),
        Term("religious", "tôn giáo", "religious area"),
        Term("crowded", "đông dân", "crowded area", ("đông dân cư",)),
        Term("other", "khác", "other"),
    ),
)
OBSTACLE = Vocabulary(
    "obstacle_code",
    (
        Term("BO_TRI_KN", "Khó bố trí kiêm nhiệm", "posts are hard to combine"),
        Term("NHAN_SU", "Thiếu nhân sự", "no suitable people"),
        Term("DONG_THUAN", "Chưa đồng thuận", "no consensus among residents"),
        Term("CAP_UY", "Cấp ủy chưa quan tâm đúng mức", "the committee pays too little attention"),
        Term("CHE_DO", "Vướng chế độ, chính sách", "pay and benefit rules"),
        Term("KHAC", "Khác", "other"),
    ),
)
PETITION_KIND = Vocabulary(
    "petition_kind",
    (
        Term("complaint", "Khiếu nại", "complaint"),
        Term("denunciation", "Tố cáo", "denunciation"),
        Term("recommendation", "Kiến nghị", "recommendation", ("Kiến nghị, phản ánh",)),
    ),
)
ACTIVITY_KIND = Vocabulary(
    "activity_kind",
    (
        Term("training", "Tập huấn", "training"),
        Term("inspection", "Kiểm tra", "inspection", ("Kiểm tra, giám sát",)),
        Term("information", "Tuyên truyền", "information work"),
        Term("grassroots_democracy", "Dân chủ cơ sở", "grassroots democracy"),
        Term("election", "Bầu cử", "election"),
    ),
)
ORGANISER = Vocabulary(
    "organiser",
    (
        Term("BTC", "BTC", "Organization Board", ("Ban Tổ chức", "Ban Tổ chức Thành ủy")),
        Term("SNV", "SNV", "Home Affairs Department", ("Sở Nội vụ",)),
        Term("LHP", "LHP", "Lê Hồng Phong school", ("Trường Lê Hồng Phong",)),
        Term("district", "quận/huyện", "the district", ("quận", "huyện", "thị xã", "quận, huyện")),
    ),
)
OBLIGATION_STATE = Vocabulary(
    "obligation_state",
    (
        Term("not_due", "Chưa đến hạn", "not due"),
        Term("missing", "Chưa nộp", "missing"),
        Term("on_time", "Đúng hạn", "on time"),
        Term("late", "Nộp muộn", "late"),
        Term("rejected", "Bị trả lại", "rejected"),
        Term("exempt", "Được miễn", "exempt"),
    ),
)
VERDICT = Vocabulary(
    "verdict",
    (
        Term("accepted", "Đã nhận", "accepted"),
        Term("accepted_with_warnings", "Đã nhận, có lưu ý", "accepted with warnings"),
        Term("partially_accepted", "Nhận một phần", "partially accepted"),
        Term("rejected", "Trả lại", "rejected"),
        Term("duplicate", "Trùng tệp đã gửi", "duplicate"),
    ),
)
COMMUNE_KIND = Vocabulary(
    "commune_kind",
    (
        Term("xã", "xã", "rural commune"),
        Term("phường", "phường", "ward"),
        Term("thị trấn", "thị trấn", "township"),
    ),
)
DISTRICT_KIND = Vocabulary(
    "district_kind",
    (
        Term("quận", "quận", "urban district"),
        Term("huyện", "huyện", "rural district"),
        Term("thị xã", "thị xã", "town"),
        Term("thành phố", "thành phố", "city, where no district stands between it and its communes"),
    ),
)
SEVERITY = Vocabulary(
    "severity",
    (
        Term("fatal", "Phải gửi lại cả tệp", "fatal"),
        Term("row", "Dòng bị giữ lại", "row quarantined"),
        Term("submission", "Báo cáo chưa đủ", "submission incomplete"),
        Term("warning", "Cần lưu ý", "warning"),
    ),
)
EXCEPTION_KIND = Vocabulary(
    "exception_kind",
    (
        Term("exempt", "Miễn báo cáo", "exempt from a period's return"),
        Term("late_return", "Nhận sau khi khóa kỳ", "a return is taken after the period locked"),
        Term("waiver", "Bỏ qua một kỳ vọng", "an expectation of the gate is waived"),
    ),
)
EXCEPTION_STATE = Vocabulary(
    "exception_state",
    (
        Term("in_force", "Đang có hiệu lực", "in force"),
        Term("expired", "Đã hết hạn", "expired"),
        Term("revoked", "Đã thu hồi", "revoked"),
    ),
)
NOT_TAKEN = Vocabulary(
    "not_taken",
    (
        Term(
            "link",
            "là liên kết, không phải tệp: chép chính tệp vào đây",
            "a link, no file: put the file itself",
        ),
        Term("special", "là ống, ổ cắm hoặc thiết bị: xóa đi", "a pipe, socket or device: remove it"),
        Term("unreadable", "không có quyền đọc: cấp quyền đọc", "may not be read: give leave to read it"),
        Term(
            "future",
            "thời điểm sửa đổi nằm ở tương lai: chỉnh đồng hồ nơi gửi, lưu lại tệp",
            "modified in the future: set the sender's clock right, save it again",
        ),
        Term(
            "growing", "còn đang được ghi: lần chạy sau sẽ nhận", "still being written: the next run takes it"
        ),
        Term("gone", "đã bị xóa hoặc đổi tên khi đang đọc", "removed or renamed while it was read"),
        Term("temporary", "tệp tạm hoặc tệp ẩn: không phải báo cáo", "a temporary or hidden file: no return"),
    ),
)
