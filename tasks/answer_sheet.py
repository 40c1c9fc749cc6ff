"""The sheet that we ourselves add in front of a returned workbook, by which we know it again."""

ANSWER_SHEET = "Cần sửa"
