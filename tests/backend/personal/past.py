"""A person who left long ago: entries, a case of illness with a file, conflicts, refusals, a transmission."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrtui.backend import models
from hrtui.backend.personal.leaving import Places
from hrtui.backend.sync.writing import Key
from hrtui.domain.sync.transmission import AREA
from tests.backend.documents.drawer import PDF, Drawer, sha256_of
from tests.backend.sync.office import LEAVE, PERSON, SECOND, TENANT, Clerk, Office, day, lines, op

SECRET = "Onvindbaar"
CASE, NOTE, DOCUMENT, TEAM, SENT = 801, 802, 803, 301, 901
LEFT = "2012-05-31"
OTHERS = {str(SECOND): '{"name": "Noor"}'}
BUNDLE = json.dumps(
    {
        "transmission": str(SENT),
        "people": {str(PERSON): f'{{"name": "{SECRET}"}}', **OTHERS},
        "files": [["march.csv", b64encode(f"{SECRET};100".encode()).decode()]],
    }
).encode()


@dataclass
class Past:
    """The employer's documents, and a folder for the ledger."""

    place: Drawer
    folder: Path

    @property
    def office(self) -> Office:
        """The application."""
        return self.place.office

    @property
    def places(self) -> Places:
        """Where erasing erases."""
        return Places(self.office.database, self.place.documents, self.folder / "server.erased")

    def fill(self) -> Clerk:
        """Let the person have a past; returns a case manager who has seen it."""
        office = self.office
        office.write(self._rows())
        anna, ben = office.clerk("case_manager", name="Anna"), office.clerk("case_manager", name="Ben")
        self.place.send(anna, PDF, area="sickness", name=f"{SECRET}.pdf")
        self.place.documents.put_bytes(TENANT, BUNDLE, AREA, media_type="text/plain", name="march")
        anna.push(
            op("person", PERSON, last_name=("Voorbeeld", SECRET)),
            day(lines((LEAVE, 480)), date="2012-03-01"),
            day(lines((LEAVE, 240)), person=SECOND),
        )
        ben.push(op("person", PERSON, last_name=("Voorbeeld", f"{SECRET} 2")))
        anna.push(day(lines((999, 60)), lines((LEAVE, 480)), date="2012-03-01"), label=f"Absence of {SECRET}")
        other = day(lines((999, 60)), lines((LEAVE, 240)), person=SECOND)
        anna.push(other, label=f"Absence of Mila {SECRET} and a colleague")
        anna.pull_all()
        return anna

    def everything(self) -> str:
        """All that the database holds of the employer, as text."""
        texts = []
        with self.office.database.transaction(TENANT, read_only=True) as con:
            for name, table in models.METADATA.tables.items():
                if "tenant_id" in table.columns:
                    rows = con.all(f"SELECT * FROM {name} WHERE tenant_id = ?", TENANT)
                    texts += [str(row) for row in rows]
        return "\n".join(texts)

    def _rows(self) -> dict[Key, Any]:
        sent = {
            "month": "2012-03", "number": 1, "status": "accepted", "files": [], "bundle": sha256_of(BUNDLE),
            "people": {str(PERSON): ["1", SECRET, "0" * 64], str(SECOND): ["2", "Noor", "1" * 64]},
            "answers": {str(PERSON): ["accepted", ""]}, "messages": [[5, PERSON], [6, None]],
        }  # fmt: skip
        case = {"person_id": PERSON, "first_day": "2012-02-01", "last_day": "2012-02-10", "linking": ""}
        document = {"case_id": CASE, "name": SECRET, "sha256": sha256_of(PDF)}
        return {
            ("sickness_case", CASE, ""): {**case, "nursing_street": SECRET},
            ("sickness_note", NOTE, ""): {"case_id": CASE, "body": SECRET},
            ("sickness_document", DOCUMENT, ""): document,
            ("team", TEAM, ""): {"name": "Oven", "manager_id": PERSON},
            ("contract", 401, ""): {"person_id": PERSON, "start_date": "2010-01-01", "end_date": LEFT},
            ("transmission", SENT, ""): json.loads(json.dumps(sent)),
        }
