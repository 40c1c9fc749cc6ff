"""The published tables: names, types, keys, words; database, workbook and dictionary derive from here."""
