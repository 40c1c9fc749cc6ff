"""Closed lists of the unit change file and of what it leads to."""

from schemas.vocabularies import COMMUNE_KIND, DISTRICT_KIND, UNIT_LEVEL, VILLAGE_KIND, Term, Vocabulary

CHANGE_KIND = Vocabulary(
    "change_kind",
    (
        Term("renamed", "Đổi tên", "renamed", ("Đổi tên đơn vị",)),
        Term("reclassified", "Chuyển loại", "changed its kind", ("Đổi loại", "Xã thành phường")),
        Term("transferred", "Chuyển đơn vị quản lý", "goes to another district or commune", ("Điều chuyển",)),
        Term("merged", "Nhập", "merged", ("Sáp nhập", "Hợp nhất")),
        Term("split", "Chia", "split", ("Chia tách", "Tách")),
        Term("dissolved", "Giải thể", "dissolved"),
        Term("established", "Thành lập", "established", ("Thành lập mới",)),
    ),
)
HISTORY_STEP = Vocabulary(
    "step",
    (
        Term("reported", "Theo báo cáo", "reported"),
        Term("taken_over", "Nhận từ đơn vị cũ", "taken over from other units by a change of units"),
        Term("left", "Chuyển sang đơn vị mới", "left the register by a change of units"),
    ),
)
CHANGED_LEVEL = Vocabulary(
    "changed_level",
    (
        Term("district", "Quận, huyện", "district", ("Huyện", "Quận", "Thị xã", "Cấp huyện", "Quận/huyện")),
        *UNIT_LEVEL.terms,
    ),
)
CHANGED_SHARE = Vocabulary(
    "share",
    (
        Term("whole", "Toàn bộ", "all of it", ("Toàn bộ nguyên trạng",)),
        Term("main", "Phần lớn", "most of it: whoever it is goes on there", ("Phần chính",)),
        Term("part", "Một phần", "a part of it"),
    ),
)
UNIT_KIND = Vocabulary(
    "unit_kind",
    (
        *COMMUNE_KIND.terms,
        *VILLAGE_KIND.terms,
        *DISTRICT_KIND.terms,
    ),
)
