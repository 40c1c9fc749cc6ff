"""Unpacking: what a zipped file says it holds is its sender's word, so all of it is read once and counted."""

import zipfile

from tasks.read_limits import LOCKED, ReadLimits, UnreadableFileError, dotted

_CHUNK = 1 << 20
_ENCRYPTED = 0x1  # flag of an entry
_XML = (".xml", ".rels")
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_LONGEST = max(map(len, _DOCTYPES))


def verify(parts: zipfile.ZipFile, limits: ReadLimits) -> list[str]:
    """The names of the parts, folders left out, of a zip whose every part is what it says it is.

    Raises UnreadableFileError for more bytes than a file may hold, a password, and a part that declares a
    document type: no spreadsheet program writes one, and its entities can grow without end or name files.
    Raises zipfile.BadZipFile, zlib.error, EOFError, RuntimeError or NotImplementedError for a part that is
    damaged, encrypted, or packed in an unknown way.
    """
    entries = [entry for entry in parts.infolist() if not entry.is_dir()]
    if sum(entry.file_size for entry in entries) > limits.max_unpacked_bytes:
        raise UnreadableFileError(f"nội dung giải nén lớn hơn {dotted(limits.max_unpacked_bytes)} byte")
    for entry in entries:
        _verify_part(parts, entry)
    return [entry.filename for entry in entries]


def _verify_part(parts: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableFileError(LOCKED)
    is_xml = entry.filename.lower().endswith(_XML)
    # Read to its end a part is held against its size and its checksum; no more than its size is unpacked.
    with parts.open(entry) as part:
        seen = b""
        while chunk := part.read(_CHUNK):
            seen = seen[-_LONGEST:] + chunk
            if is_xml and any(doctype in seen for doctype in _DOCTYPES):
                raise UnreadableFileError(f"phần {entry.filename} có khai báo DTD, bảng tính không được có")
