"""`python -m tests.bench.storm [operations]`: the storm of the test suite, as long as one likes, with its figures."""

from services.chassis import green

green.patch()

import sys  # noqa: E402

import yaml  # noqa: E402

from services.chassis import migrate, profile  # noqa: E402
from services.chassis.db import Database  # noqa: E402
from services.chassis.manifest import named  # noqa: E402
from tests import servers  # noqa: E402
from tests.service.booking.harm import harm  # noqa: E402
from tests.service.booking.storm import DEADLOCK, GREENLETS, NOW, Storm  # noqa: E402

OPERATIONS, STEP = 100_000, 5_000


def main() -> None:
    operations = int(sys.argv[1]) if len(sys.argv) > 1 else OPERATIONS
    manifest = named("booking")
    with open("deploy/centres/seogu.yaml", encoding="utf-8") as file:
        content = yaml.safe_load(file)
    rules = profile.typed(manifest, {name: content[name] for name in manifest.sections})
    url = servers.postgres().create_database()
    database = Database(url, connections=GREENLETS)
    migrate.upgrade(database, manifest)
    database.transaction(lambda session: profile.load(session, manifest, content, NOW))
    storm = Storm(database, rules)
    for done in range(0, operations, STEP):
        storm.rage(min(STEP, operations - done))
        print(f"{done} ... {storm.seconds:.0f} s", file=sys.stderr, flush=True)
    report(storm, operations)
    print(harm(database, rules))
    database.dispose()
    servers.postgres().drop_database(url)


def report(storm: Storm, operations: int) -> None:
    print(f"{operations} operations in {storm.seconds:.0f} s, {operations / storm.seconds:.0f}/s")
    for outcome, count in sorted(storm.tally.items()):
        print(f"  {outcome:40} {count:7}")
    print(f"deadlocks: {storm.trouble[DEADLOCK]}, errors of the database: {dict(storm.trouble)}")
    print(f"surfaced: {len(storm.surfaced)}")
    for error in storm.surfaced[:5]:
        print(f"  {type(error).__name__}: {error!s:.300}")


if __name__ == "__main__":
    main()
