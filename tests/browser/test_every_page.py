"""What holds on every page: nothing that keeps people with a screen reader, a phone or a slow line away."""

from pathlib import Path

import pytest

from tests.browser.conftest import SIZES, Reader, book, visitors
from tests.browser.slow_line import slow_line
from tests.browser.support import one_of_each

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "axe-core" / "axe.min.js"
MOST_BYTES = 150_000
BYTES = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .reduce((sum, each) => sum + each.decodedBodySize, 0)"""
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((seen) => {
    for (const each of seen.getEntries()) sum += each.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 50);
})"""

CUT = "[...document.querySelectorAll('.ways')].filter((each) => each.scrollWidth > each.clientWidth).length"

TAPPED = (
    "button, input:not([type=hidden], [type=radio], [type=checkbox]), select, "
    ".days a, .hours-grid a, .ways a, .who a, .button"
)
SMALL = """(tapped) => [...document.querySelectorAll(tapped)]
    .filter((each) => each.offsetParent && !each.classList.contains("unseen"))
    .filter((each) => each.getBoundingClientRect().height < 44)
    .map((each) => each.outerHTML)"""

# Who reads which page.
PAGES = {
    None: [
        "/",
        "/?day=2020-03-23",
        "/spaces",
        "/spaces/hall",
        "/apply",
        "/notices",
        "/embed/timeline",
        "/login",
        "/dev/pieces",
        "/api",
        "/api?part=courses",
        "/no",
    ],
    "minji": [
        "/apply?date=2020-03-27&from=10&to=12",
        "/apply/room?date=2020-03-27&from=10&to=12&people=20",
        "/apply/about?date=2020-03-27&from=10&to=12&people=20&space=edu-2",
        "/bookings",
        "/bookings/{booking}",
        "/me",
    ],
    "jiwoo": [
        *("/desk", "/week", "/closures", "/statistics", "/bookings/{booking}"),
        *("/record", "/record/calls", "/record/courses", "/record/contacts"),
        *("/messages", "/broadcasts", "/broadcasts/new", "/broadcasts/{broadcast}", "/broadcasts/{broadcast}/text"),
        *("/templates", "/templates/booking_approved/email/ko", "/templates/booking_approved/sms/en"),
    ],
    "sora": [
        "/consulting",
        "/consulting/new",
        "/consulting/{reported}",
        "/opportunities",
        "/opportunities/{opportunity}",
        "/surveys/{survey}",
        "/findings",
    ],
    "yeonhwa": [
        "/villages",
        "/villages/visits/new",
        "/villages/visits/{visit}",
        "/voices/new",
        "/assets/new",
        "/actions",
    ],
    "haneul": ["/teaching"],
    "eunkyung": [
        "/support",
        "/support?status=reported",
        "/consulting/{case}",
        "/opportunities/new",
        "/opportunities/{opportunity}",
        "/support/programmes",
        "/support/programmes/{programme}",
        "/support/visits",
        "/support/people",
        "/support/people/activist",
        "/support/people/consultant",
        "/support/resources",
        "/support/resources/assets",
        "/support/resources/voices",
        "/support/network",
        "/support/network/members/new",
        "/support/network/meetings/new",
        "/support/network/meetings/{meeting}",
        "/support/surveys",
        "/support/surveys/new?subject=consultation&of={reported}",
        "/support/surveys/{survey}",
        "/support/lists",
    ],
}
# The same of the calls, at a moment at which one is open, one is judged and one is over (april.py, Stages).
SELECTION = {
    None: ["/calls", "/calls/{open}", "/units"],
    "sora": [
        "/calls",
        "/calls/{open}",
        "/applications/{drafted}",
        "/applications/{drafted}/parts/organisation",
        "/applications/{drafted}/parts/plan",
        "/applications/{drafted}/parts/units",
        "/applications/{judged}",
        "/applications/{won}/result",
        "/tenancy",
    ],
    "taeyang": ["/judging", "/judging/{judged}", "/judging/{scored}"],
    "jiwoo": [
        "/desk",
        "/calls",
        "/calls/new",
        "/calls/{draft}",
        "/calls/{draft}/edit",
        "/calls/{open}/edit",
        "/calls/{screening}/applications",
        "/applications/{submitted}",
        "/calls/{judging}/judges",
        "/calls/{judging}/ranking",
        "/calls/{over}/ranking",
        "/record/calls?call_id={judging}",
        "/units",
        "/tenancies",
        "/tenancies/{tenancy}",
    ],
}
READERS = [Reader("ko", "phone", "light"), Reader("en", "desktop", "dark")]


@pytest.fixture(scope="module")
def booking(embedded):
    session = embedded.session("minji", "resident")
    return book(embedded, session, "lounge", "2020-04-16", 10, 12, title="동네 한 바퀴")["id"]


@pytest.fixture(scope="module")
def broadcast(embedded):
    text = {"subject": "봄맞이 대청소", "body": "토요일 10시에 마당에서 만납니다."}
    wanted = {
        "category": "advertising",
        "audience": {"kind": "everyone"},
        "channels": ["inbox", "sms"],
        "texts": {"ko": text},
    }
    staff = embedded.session("staff-1", "staff")
    return staff.post(f"{embedded.url}/broadcasts", json=wanted, timeout=120).json()["id"]


@pytest.fixture(scope="module")
def things(embedded, booking, broadcast):
    """What the addresses name."""
    return {"booking": booking, "broadcast": broadcast, **one_of_each(embedded)}


@pytest.fixture(scope="module")
def stages(april):
    return april.stages()


@pytest.mark.parametrize("person", PAGES, ids=str)
@pytest.mark.parametrize("reader", READERS, ids=str)
def test_pages_are_for_everybody(visit, embedded, things, reader, person):
    page = visit(reader, person)
    page.complaints.clear()
    for path in PAGES[person]:
        require_for_everybody(page, reader, embedded.root, path.format(**things))
    assert [each for each in page.complaints if "404" not in each] == []


@pytest.mark.parametrize("person", SELECTION, ids=str)
@pytest.mark.parametrize("reader", READERS, ids=str)
def test_pages_of_the_selection_are_for_everybody(visit_april, april, stages, reader, person):
    page = visit_april(reader, person)
    page.complaints.clear()
    for path in SELECTION[person]:
        require_for_everybody(page, reader, april.embedded.root, path.format(**stages))
    assert page.complaints == []


def require_for_everybody(page, reader, root, path) -> None:
    page.asked.clear()
    answer = page.goto(path)
    assert answer.status == (404 if path == "/no" else 200), path
    assert [url for url in page.asked if not url.startswith(root)] == [], path
    assert 0 < page.evaluate(BYTES) < MOST_BYTES, path
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[reader.size]["width"], path
    assert page.evaluate(SHIFTS) == 0, path
    assert reader.size == "phone" or page.evaluate(CUT) == 0, path
    assert page.locator("[style], style, script:not([src])").count() == 0, path
    assert serious(page) == [], path


def serious(page) -> list:
    page.evaluate(AXE.read_text(encoding="utf-8") + "; null")
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        (each["id"], [node["target"] for node in each["nodes"]])
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize(("bent", "moves"), [(b"", False), (b'rel="expect"', True)], ids=["as it is", "control"])
def test_nothing_moves_where_a_page_comes_in_bits(browser, april, stages, bent, moves):
    """The control: painted as it comes, the table of units moves with every row."""
    with slow_line(april.embedded.port, bent) as root, visitors(browser, root) as visit:
        page = visit(READERS[0])
        page.goto("/units")
        assert (page.evaluate(SHIFTS) > 0) == moves


def test_axe_sees_what_is_wrong(visit):
    """The negative control: a page that is spoilt is not let through."""
    page = visit()
    page.goto("/")
    page.evaluate("document.querySelector('html').removeAttribute('lang')")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input type=text>')")
    assert {name for name, _ in serious(page)} == {"html-has-lang", "label"}


def test_targets_of_a_phone_are_large_enough(visit):
    """Everything that is tapped alone is at least 44 px high; links within text are as high as the text."""
    page = visit(Reader("ko", "phone"))
    for path in ("/", "/apply?date=2020-03-27&from=10&to=12"):
        page.goto(path)
        assert page.evaluate(SMALL, TAPPED) == [], path
