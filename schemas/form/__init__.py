"""The reporting form: blank workbook, header recognition, checks, messages and dictionary derive from it."""
