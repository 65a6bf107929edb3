"""What a file is, told from its content alone: PDF, PNG, JPEG, HWP, HWPX, DOCX.

A name or a declared type is never believed. Of an archive (HWPX, DOCX) every part is unpacked once, into nothing,
within bounds: one that says less than it holds, or holds much more than any document does, is refused. Does not look
for viruses, and does not check that a document can be opened.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

import eventlet

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
HWP = "application/x-hwp"
HWPX = "application/hwp+zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_HEADS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HWP_SIGNATURE = b"HWP Document File"
_ZIP = b"PK\x03\x04"
PIECE = 64 << 10
MOST_PARTS = 2_000
MOST_UNPACKED = 200 << 20
"""Bytes. Documents of 20 MB hold pictures, which are packed already."""
MOST_TIMES = 200
"""So many times what it takes in the archive a part may be; plain text reaches 20 to 50."""
SMALL = 1 << 20
"""Bytes. Smaller parts may be packed as tightly as they like."""


class Fault(StrEnum):
    UNKNOWN = "unknown_type"
    DAMAGED = "damaged"
    BOMB = "unpacks_to_too_much"


@dataclass(frozen=True)
class Finding:
    """Either a media type or what is wrong."""

    media_type: str | None
    fault: Fault | None = None


def inspect(file: BinaryIO) -> Finding:
    """file: seekable; it is left at its beginning."""
    file.seek(0)
    head = file.read(16)
    try:
        return _told(file, head)
    finally:
        file.seek(0)


def _told(file: BinaryIO, head: bytes) -> Finding:
    for start, media_type in _HEADS:
        if head.startswith(start):
            return Finding(media_type)
    if head.startswith(_COMPOUND):
        return Finding(HWP) if _holds(file, _HWP_SIGNATURE) else Finding(None, Fault.UNKNOWN)
    if head.startswith(_ZIP):
        return _archive(file)
    return Finding(None, Fault.UNKNOWN)


def _holds(file: BinaryIO, signature: bytes) -> bool:
    file.seek(0)
    before = b""
    while piece := file.read(PIECE):
        if signature in before + piece:
            return True
        before = piece[-len(signature) :]
    return False


def _archive(file: BinaryIO) -> Finding:
    file.seek(0, 2)
    size = file.tell()
    try:
        with zipfile.ZipFile(file) as archive:
            media_type = _archived_type(archive)
            if media_type is None:
                return Finding(None, Fault.UNKNOWN)
            if not _is_bounded(archive.infolist(), size):
                return Finding(None, Fault.BOMB)
            _unpack(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return Finding(None, Fault.DAMAGED)
    return Finding(media_type)


def _archived_type(archive: zipfile.ZipFile) -> str | None:
    names = {part.filename for part in archive.infolist()[:MOST_PARTS]}
    if {"[Content_Types].xml", "word/document.xml"} <= names:
        return DOCX
    if "mimetype" in names:
        with archive.open("mimetype") as part:
            return HWPX if part.read(64).strip() == HWPX.encode() else None
    return None


def _is_bounded(parts: list[zipfile.ZipInfo], size: int) -> bool:
    """By what the archive says of itself; parts that lie over each other take more than there is."""
    if len(parts) > MOST_PARTS or sum(part.compress_size for part in parts) > size:
        return False
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        return False
    return all(part.file_size <= max(SMALL, MOST_TIMES * part.compress_size) for part in parts)


def _unpack(archive: zipfile.ZipFile) -> None:
    """Every part has the length and checksum that it says. Raises BadZipFile."""
    for part in archive.infolist():
        with archive.open(part) as content:
            while content.read(PIECE):
                eventlet.sleep(0)
