"""Published tables about the returns: who reported, what is to be mended, what agrees, which release."""

from typing import ClassVar

import numpy as np
import pandas as pd
import pandera.pandas as pa

from schemas.faults import catalogue
from schemas.form.form import all_sheets
from schemas.published.table import column
from schemas.vocabularies import OBLIGATION_STATE, SEVERITY, VERDICT, Term, Vocabulary

FORM_SHEET = Vocabulary("form_sheet", tuple(Term(sheet.name, sheet.name, sheet.en) for sheet in all_sheets()))
FAULT = Vocabulary("fault", tuple(Term(fault.name, fault.vi, fault.en) for fault in catalogue().values()))
RECONCILIATION_VERDICT = Vocabulary(
    "reconciliation_verdict",
    (
        Term("reconciled", "Khớp", "reconciled"),
        Term("differs", "Lệch", "differs"),
        Term("incomplete", "Chưa đủ số liệu", "incomplete"),
    ),
)


class SubmissionCompliance(pa.DataFrameModel):
    """Every obligation and what became of it."""

    period: str = column("Kỳ", "reporting period")
    district_code: str = column("Mã quận, huyện", "district code")
    district_name: str = column("Quận, huyện, thị xã", "district name")
    state: str = column("Tình trạng nộp", "state of the obligation, exactly one", vocabulary=OBLIGATION_STATE)
    due_at: np.datetime64 = column("Hạn nộp", "due, Hanoi time", is_moment=True)
    first_accepted_at: np.datetime64 = column(
        "Nhận lần đầu",
        "arrival of the first accepted return, Hanoi time: decides on time or late",
        is_moment=True,
        nullable=True,
        vi="Thời điểm báo cáo được nhận lần đầu, quyết định đúng hạn hay muộn",
    )
    received_at: np.datetime64 = column(
        "Thời điểm nhận", "arrival of the return shown, Hanoi time", is_moment=True, nullable=True
    )
    verdict: str = column("Kết luận", "verdict on the return shown", nullable=True, vocabulary=VERDICT)
    seq: pd.Int64Dtype = column("Lần nộp", "sequence number of the return shown", nullable=True)
    rows_loaded: pd.Int64Dtype = column("Số dòng được nhận", "rows loaded from it", nullable=True)
    rows_quarantined: pd.Int64Dtype = column("Số dòng bị giữ lại", "rows of it quarantined", nullable=True)
    findings: pd.Int64Dtype = column("Số lỗi, lưu ý", "findings on it", nullable=True)
    submission_id: str = column("Mã báo cáo", "the return shown", nullable=True)

    class Config:
        name = "submission_compliance"
        title = "Tình hình nộp báo cáo"
        description = "Who has reported, who has not"
        metadata: ClassVar = {
            "tab": "Tình hình nộp báo cáo",
            "grain": (
                "một nghĩa vụ báo cáo: quận, huyện trong một kỳ",
                "an obligation: a district in a period",
            ),
            "key": ("period", "district_code"),
            "rules": (
                (
                    "Xét theo thứ tự: được miễn; báo cáo được nhận lần đầu trước hạn là đúng hạn, sau hạn "
                    "là muộn; chỉ có tệp bị trả lại là bị trả lại; chưa đến hạn; còn lại là chưa nộp.",
                    "In this order: exempt; the first accepted return by the due time is on time, after it "
                    "late; only rejected files: rejected; before the due time: not due; otherwise missing.",
                ),
                (
                    "Các cột sau thời điểm nhận là của báo cáo có hiệu lực (lần nộp cao nhất được nhận), "
                    "nếu không có thì của tệp bị trả lại gần nhất. Tệp không đọc được kỳ không tính cho kỳ "
                    "nào.",
                    "The columns from the arrival on show the effective return (highest accepted sequence),"
                    " else the latest rejected file. A file whose period could not be read counts for no "
                    "period.",
                ),
            ),
            "example": "SELECT period, state, count(*) AS districts\nFROM marts.submission_compliance\n"
            "GROUP BY ALL\nORDER BY period, state",
        }


class Findings(pa.DataFrameModel):
    """What is still to be mended."""

    submission_id: str = column("Mã báo cáo", "submission")
    finding_no: pd.Int64Dtype = column("Số thứ tự", "number of the finding in that submission")
    district_code: str = column("Mã quận, huyện", "district whose folder the file came in")
    district_name: str = column("Quận, huyện, thị xã", "district name", nullable=True)
    period: str = column("Kỳ", "period the file names; empty when it could not be read", nullable=True)
    sheet: str = column("Biểu mẫu", "sheet of the form", nullable=True, vocabulary=FORM_SHEET)
    source_sheet: str = column("Biểu trong tệp", "sheet of the file", nullable=True)
    cell: str = column("Ô", "cell", nullable=True)
    fault: str = column("Lỗi", "fault by name", vocabulary=FAULT)
    severity: str = column("Mức độ", "level of the fault", vocabulary=SEVERITY)
    value: str = column("Giá trị ghi", "value found", nullable=True)
    expected: str = column("Giá trị cần", "what was expected", nullable=True)
    remedy_vi: str = column("Cách sửa", "how to mend it, Vietnamese")
    remedy_en: str = column("Cách sửa (tiếng Anh)", "how to mend it, English")
    source: str = column("Căn cứ", "the rule's source where it is a law", nullable=True)

    class Config:
        name = "findings"
        title = "Các lỗi và lưu ý chưa xử lý"
        description = "Open findings"
        metadata: ClassVar = {
            "tab": "Lỗi và lưu ý",
            "grain": ("một lỗi hoặc lưu ý chưa xử lý", "an open finding"),
            "key": ("submission_id", "finding_no"),
            "rules": (
                (
                    "Lỗi được đóng khi quận, huyện có báo cáo cùng kỳ được nhận sau đó; tệp không rõ kỳ thì"
                    " bất kỳ báo cáo nào được nhận sau đó. Tệp trùng không tính.",
                    "A finding is closed by a later accepted return of the same district and period; for a "
                    "file of unknown period by any later accepted one. Duplicates are left out.",
                ),
                (
                    "Họ tên và địa chỉ thư của người lập, người ký không bao giờ xuất hiện.",
                    "Names and addresses of those who prepared or signed never appear.",
                ),
            ),
            "example": "SELECT district_name, fault, count(*) AS findings\nFROM marts.findings\n"
            "GROUP BY ALL\nORDER BY findings DESC, district_name, fault",
        }


class Reconciliation(pa.DataFrameModel):
    """Published figures against ours."""

    figure: str = column("Chỉ tiêu", "published figure")
    as_of: np.datetime64 = column("Tính đến ngày", "day the published figure speaks of")
    published: pd.Float64Dtype = column("Số công bố", "published")
    computed: pd.Float64Dtype = column(
        "Số tính được", "computed from the returns of the baseline", nullable=True
    )
    difference: pd.Float64Dtype = column("Chênh lệch", "computed minus published", nullable=True, ge=None)
    verdict: str = column("Kết luận", "reconciled, differs or incomplete", vocabulary=RECONCILIATION_VERDICT)
    units_unreported: pd.Int64Dtype = column(
        "Số đơn vị chưa có số liệu kỳ gốc",
        "units without an accepted row for the baseline: figures lack them",
    )
    note: str = column("Ghi chú", "note, Vietnamese")
    note_en: str = column("Ghi chú (tiếng Anh)", "note, English")

    class Config:
        name = "reconciliation"
        title = "Đối chiếu với số liệu đã công bố"
        description = "Reconciliation with the published figures"
        metadata: ClassVar = {
            "tab": "Đối chiếu số công bố",
            "grain": ("một số liệu đã công bố", "a published figure"),
            "key": ("figure",),
            "rules": (
                (
                    "Tính tại kỳ gốc, theo những gì nay biết. Số đơn vị cấp xã lấy từ danh mục có ngày hiệu"
                    " lực nên không phụ thuộc báo cáo; các số khác là incomplete khi còn đơn vị chưa có số "
                    "liệu kỳ gốc.",
                    "Computed at the baseline, as known now. The numbers of communes come from the dated "
                    "register and need no returns; the others are incomplete while units lack their "
                    "baseline figures.",
                ),
                (
                    "Tỷ lệ phần trăm được coi là khớp khi lớn hơn số công bố không quá một đơn vị của chữ "
                    "số cuối: nguồn cắt bớt chữ số.",
                    "A percentage agrees when it is above the published one by at most one unit of the last"
                    " digit: the source truncated.",
                ),
            ),
            "example": "SELECT figure, published, computed, verdict FROM marts.reconciliation",
        }


class Release(pa.DataFrameModel):
    """Which release this is."""

    run_id: str = column("Mã lần chạy", "run that built it")
    released_at: np.datetime64 = column(
        "Thời điểm lập",
        "moment the run built it, by the run's own clock, Hanoi time",
        vi="Thời điểm lập, theo giờ của lần chạy: chạy cho kỳ đã qua thì mang ngày giờ của kỳ ấy",
        is_moment=True,
    )
    as_known_at: np.datetime64 = column(
        "Theo số liệu biết đến", "what was known by then, Hanoi time", is_moment=True
    )
    is_simulated: pd.BooleanDtype = column(
        "Có số liệu mô phỏng", "some of the returns are simulated", vi="Có báo cáo là số liệu mô phỏng"
    )
    baseline_period: str = column("Kỳ gốc", "baseline period")
    latest_period: str = column("Kỳ mới nhất", "latest period tracked", nullable=True)
    submissions_accepted: pd.Int64Dtype = column("Số báo cáo được nhận", "accepted returns known")

    class Config:
        name = "release"
        title = "Bản công bố này"
        description = "This release"
        metadata: ClassVar = {
            "tab": "Bản công bố",
            "grain": ("đúng một dòng", "exactly one row"),
            "key": (),
            "rules": (
                (
                    "Bảng duy nhất có giờ và mã của lần chạy; mọi bảng khác chỉ phụ thuộc vào báo cáo đã "
                    "nhận. Giờ máy thật của mỗi lần chạy ở ledger.run trong kho.",
                    "The only table with the run's clock and id; every other depends on the returns alone. "
                    "When the machine really ran is in ledger.run of the warehouse.",
                ),
            ),
            "example": "SELECT released_at, as_known_at, is_simulated FROM marts.release",
        }
