import pytest

from services.chassis.i18n import catalogue
from services.gateway.api.schemas import lists as api
from services.gateway.web.support.lists import COLUMNS, EXPORTS
from services.training.domain.support import lists


@pytest.mark.parametrize("locale", ["ko", "en"])
@pytest.mark.parametrize("kind", COLUMNS)
def test_columns_that_the_page_names_are_those_that_are_read(kind, locale):
    shown = catalogue("services.gateway", locale).gettext(COLUMNS[kind]).split(", ")
    names = catalogue("services.training", locale)
    assert shown == [names.gettext(each) for each in lists.COLUMNS[lists.ImportKind(kind)]]


def test_every_list_that_is_given_as_a_file_stands_on_the_page():
    assert sorted(kind for kinds in EXPORTS.values() for kind in kinds) == sorted(api.EXPORTS)
