"""The Board's bulletin: page, PDF, workbook and files, made from the published tables alone."""
