"""Unpacking: what a zipped file says it holds is its sender's word, so all of it is read once and counted."""

import zipfile

from tasks.read_limits import ReadLimits, UnreadableFileError, dotted

_CHUNK = 1 << 20
_HEAD = 4096  # a document type is declared before the first element
_DOCTYPE = b"<!DOCTYPE"


def verify(parts: zipfile.ZipFile, limits: ReadLimits) -> list[str]:
    """The names of the parts, folders left out, of a zip whose every part is what it says it is.

    Raises UnreadableFileError for more bytes than a file may hold, and for a part that declares a document
    type: no spreadsheet program writes one, and its entities can grow without end or name other files.
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
    # Read to its end a part is held against its size and its checksum; no more than its size is unpacked.
    with parts.open(entry) as part:
        if _DOCTYPE in part.read(_HEAD):
            raise UnreadableFileError(f"phần {entry.filename} có khai báo DTD, bảng tính không được có")
        while part.read(_CHUNK):
            pass
