"""What a file is told to be, by its content."""

import io

import pytest

from services.chassis.sniffing import Fault, Finding, inspect
from tests.service.recruitment.files import REFUSED, TAKEN, WORD, archive


@pytest.mark.parametrize("media_type", TAKEN)
def test_every_kind_that_is_taken_is_known_by_its_content(media_type):
    file = io.BytesIO(TAKEN[media_type])
    assert inspect(file) == Finding(media_type)
    assert file.tell() == 0


@pytest.mark.parametrize("name", [name for name in REFUSED if name != "nothing"])
def test_what_is_none_of_them_has_a_fault(name):
    body, fault = REFUSED[name]
    assert inspect(io.BytesIO(body)) == Finding(None, Fault(fault))


def test_an_empty_file_is_of_no_kind():
    assert inspect(io.BytesIO(b"")) == Finding(None, Fault.UNKNOWN)


def test_many_small_parts_are_too_much():
    body = archive({**WORD, **{f"word/{number}.xml": b"" for number in range(3000)}})
    assert inspect(io.BytesIO(body)) == Finding(None, Fault.BOMB)


def test_a_large_part_of_plain_text_is_no_bomb():
    text = "".join(f"{number} 사업 계획 {number * 7919}\n" for number in range(200_000)).encode()
    assert inspect(io.BytesIO(archive({**WORD, "word/long.xml": text}))).fault is None
