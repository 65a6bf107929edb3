"""What may come as a document, and under which name it is kept. Source: DOMAIN, Recruitment (documents)."""

from __future__ import annotations

import re
import unicodedata

from services.chassis.errors import Refusal
from services.chassis.i18n import msgid as _
from services.recruitment.domain.refusals import document_rejected

EXTENSIONS = {
    "application/pdf": ".pdf",
    "application/x-hwp": ".hwp",
    "application/hwp+zip": ".hwpx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "image/png": ".png",
    "image/jpeg": ".jpg",
}
"""The media types that are taken, each with the ending of its names."""
LONGEST_NAME = 100
MEBIBYTE = 1 << 20

_MESSAGES = {
    "unknown_type": _(
        "This is no PDF, HWP, HWPX, DOCX, PNG or JPEG file, whatever its name says. Save it as one of them."
    ),
    "damaged": _("The file is damaged. Save it again and send that."),
    "unpacks_to_too_much": _("The file unpacks to far more than a document holds. Save it as PDF and send that."),
}
_UNSAFE = re.compile(r'[<>:"|?*%;\x00-\x1f\x7f]')


def refused(media_type: str | None, fault: str | None, size: int, largest: int) -> list[Refusal]:
    """media_type: as the content says. size, largest: in bytes."""
    found = []
    if size == 0:
        found.append(document_rejected(_("The file is empty."), "empty", {}))
    elif size > largest:
        message = _("A document has at most %(most)d MB. Make the pictures in it smaller.")
        found.append(document_rejected(message, "too_large", {"most": largest // MEBIBYTE, "size": size}))
    if size and media_type not in EXTENSIONS:
        reason = fault or "unknown_type"
        found.append(document_rejected(_MESSAGES[reason], reason, {}))
    return found


def safe_name(given: str, media_type: str, kind: str) -> str:
    """The last part of the given name without what a file system or a header would stumble over, with the ending of
    what the content is.
    """
    text = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    visible = "".join(each for each in text if unicodedata.category(each)[0] != "C")
    stem = _UNSAFE.sub("", visible).strip(" .")
    known = (*EXTENSIONS.values(), ".jpeg")
    while stem.lower().endswith(known):
        stem = stem.rpartition(".")[0].strip(" .")
    return (stem[:LONGEST_NAME].strip(" .") or kind) + EXTENSIONS[media_type]
