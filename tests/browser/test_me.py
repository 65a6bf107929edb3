"""Where I am reached, and what I want to hear."""

import pytest

from tests.browser.conftest import READERS, follow

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("reader", READERS[1:3], ids=str)
def test_person_says_what_they_want_to_hear_and_when(visit, reader):
    page = visit(reader, "junho")
    page.goto("/me")
    wishes = page.locator('form[action="/me/preferences"]')
    wishes.locator('input[value="night"]').check()
    follow(page, 'form[action="/me/preferences"] button')
    assert wishes.locator(".refusal").count() == 1  # no night without a day, nor an address
    page.fill("#email", "junho@example.org")
    page.click('form[action="/me/contact"] button')
    page.wait_for_url("**told=contact")

    wishes.locator('input[value="email"]').uncheck()
    for each in ("advertising", "night"):
        wishes.locator(f'input[value="{each}"]').check()
    page.fill("#from", "22:00")
    page.fill("#until", "07:00")
    follow(page, 'form[action="/me/preferences"] button')
    assert page.url.endswith("told=preferences")
    assert not wishes.locator('input[value="email"]').is_checked()
    assert wishes.locator('input[value="night"]').is_checked()
    assert (page.input_value("#from"), page.input_value("#until")) == ("22:00", "07:00")

    for each in ("advertising", "night"):
        wishes.locator(f'input[value="{each}"]').uncheck()
    page.fill("#from", "")
    page.fill("#until", "")
    wishes.locator('input[value="email"]').check()
    follow(page, 'form[action="/me/preferences"] button')
    assert page.url.endswith("told=preferences")
    assert not wishes.locator('input[value="advertising"]').is_checked()
