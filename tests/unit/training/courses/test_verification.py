"""Codes of certificates: however they are typed they are read, and one wrong letter makes them none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.training.domain.courses.verification import ALPHABET, RANDOM, code_of, masked, read

drawn = st.text(ALPHABET, min_size=RANDOM, max_size=RANDOM)


@settings(max_examples=20)
@given(drawn)
def test_any_single_wrong_letter_is_refused(letters):
    code = code_of(letters)
    for place, right in enumerate(code):
        for wrong in set(ALPHABET) - {right} if right != "-" else ():
            assert read(code[:place] + wrong + code[place + 1 :]) is None


@given(drawn)
def test_typed_small_without_dashes_or_misread_it_is_the_same(letters):
    code = code_of(letters)
    assert read(code) == code
    assert read(code.lower().replace("-", "")) == code
    assert read(code.replace("1", "l").replace("0", "O")) == code


@pytest.mark.parametrize(
    "text", ["", "0", "2020-0001", "가나다라-가나다라-가나다라-가나다라", "0" * 17, "0000 0000 0000 0000"]
)
def test_what_is_no_code(text):
    assert read(text) is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [("홍길동", "홍*동"), ("이담", "이*"), ("황보혜정", "황**정"), ("이", "*"), ("", ""), ("Kim Min", "K** **n")],
)
def test_masked_names(name, shown):
    assert masked(name) == shown
