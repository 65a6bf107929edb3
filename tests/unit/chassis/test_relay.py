from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from services.chassis.relay import waves


@given(st.lists(st.sampled_from("abcd")))
def test_waves_have_every_row_once_and_each_subject_in_its_order(subjects):
    rows = [SimpleNamespace(id=number, subject=subject) for number, subject in enumerate(subjects)]
    parts = list(waves(rows))
    for subject in "abcd":
        assert [row.id for wave in parts for row in wave if row.subject == subject] == [
            row.id for row in rows if row.subject == subject
        ]
    assert all(len({row.subject for row in wave}) == len(wave) for wave in parts)


def test_rows_of_different_subjects_go_together():
    rows = [SimpleNamespace(id=number, subject=subject) for number, subject in enumerate("abcab")]
    assert [[row.id for row in wave] for wave in waves(rows)] == [[0, 1, 2], [3, 4]]
