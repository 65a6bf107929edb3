"""Small real files of every kind that is taken, and some that are not."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
EXECUTABLE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000
HWP = OLD_WORD + b"HWP Document File".ljust(32, b"\x00") + b"\x00" * 600


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    + _chunk(b"IEND", b"")
)


def archive(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
DOCX = archive(WORD)
HWPX = archive({"mimetype": b"application/hwp+zip", "Contents/section0.xml": b"<hs:sec/>"}, zipfile.ZIP_STORED)
PLAIN_ZIP = archive({"setup.exe": EXECUTABLE})
BOMB = archive({**WORD, "word/media/image1.bmp": b"\x00" * (300 << 20)})


def lying_bomb() -> bytes:
    """It says that its part is small, and holds more."""
    honest = archive({**WORD, "word/media/image1.bmp": b"\x00" * (2 << 20)})
    return honest.replace(struct.pack("<I", 2 << 20), struct.pack("<I", 1000))


TAKEN = {
    "application/pdf": PDF,
    "image/png": PNG,
    "image/jpeg": JPEG,
    "application/x-hwp": HWP,
    "application/hwp+zip": HWPX,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": DOCX,
}
REFUSED = {
    "a renamed executable": (EXECUTABLE, "unknown_type"),
    "an old Word file": (OLD_WORD, "unknown_type"),
    "an archive of something else": (PLAIN_ZIP, "unknown_type"),
    "text": ("사업계획".encode(), "unknown_type"),
    "a page with a script": (b"<html><script>alert(1)</script>", "unknown_type"),
    "nothing": (b"", "empty"),
    "a zip bomb as DOCX": (BOMB, "unpacks_to_too_much"),
    "a zip bomb that lies": (lying_bomb(), "damaged"),
    "half a DOCX": (DOCX[: len(DOCX) // 2], "damaged"),
}
