"""Text in SQL where it takes no parameter: paths of files, comments, addresses."""


def quoted(text: str) -> str:
    """`text` as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"
