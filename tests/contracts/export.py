"""Writes the schema of every event beside its golden sample, which is made once, by hand, from a real event."""

import json
from pathlib import Path

from services.chassis import contracts
from services.chassis.manifest import installed

if __name__ == "__main__":
    for event in contracts.published(installed().values()):
        file = Path(__file__).parent / "events" / f"{event.type}.schema.json"
        text = json.dumps(contracts.json_schema(event), ensure_ascii=False, indent=2)
        file.write_text(text + "\n", encoding="utf-8")
