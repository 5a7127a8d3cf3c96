"""The README of an export: which file holds what, and in which units."""

from __future__ import annotations

from hrtui.domain.sync.units import DAY, ENTITIES
from hrtui.domain.sync.wire import Head

_HEAD = """\
# Everything of employer {tenant}

Written by hrtui at {time}, as of revision {rev} (chain `{chain}`) of timeline {epoch}. All text is UTF-8.

| Where | What |
|---|---|
| `employer.ndjson`, `users.ndjson` | the employer, and who works for it, without passwords |
| `rows/*.ndjson` | the rows as they stand, one JSON object on each line; these are exact |
| `rows/*.csv` | the same for a spreadsheet; a text that would be a formula there has `'` before it |
| `tables/change.ndjson`, `tables/commit_log.ndjson` | every change since the beginning, by whom and when |
| `tables/audit.ndjson` | the audit trail; each record's hash rests on the one before |
| `tables/parked.ndjson` | edits that were refused and wait for a person |
| `documents/` | files, named by the SHA-256 of what they hold; `documents.csv` lists them |

Ids are numbers without a meaning. Dates are ISO 8601, moments UTC, months `YYYY-MM`. Columns with `minutes`
in their name are minutes, those with `cents` are cents; other numbers are as entered. Yes and no are 1 and 0.
An empty cell is a value that is not known.

The audit trail can be checked without hrtui: the hash of a record is SHA-256 over the bytes of the hash
before it (32 zero bytes at first) and the JSON (no spaces, UTF-8, not escaped) of the list of its columns
`n, at, actor, user_id, device_id, rev, uid, action, entity, row_id, date, unit, before, after`. `before` and
`after` are hashes of values under a key of the person, which the export does not hold.

## The columns

"""
_DAY = "person_id, date, and for each line: leave_type_id, minutes, part, status, source"


def readme(tenant_id: int, head: Head) -> str:
    """The text, in English, with the columns of every kind of row and which row they name."""
    position = head["head"]
    text = _HEAD.format(
        tenant=tenant_id, time=head["time"], rev=position["rev"], chain=position["chain"], epoch=head["epoch"]
    )
    return text + "".join(f"- `{name}`: {_columns(name)}\n" for name in ENTITIES)


def _columns(name: str) -> str:
    if name == DAY:
        return _DAY
    entity = ENTITIES[name]
    columns = [column for names in entity.units.values() for column in names]
    named = entity.references
    return ", ".join(f"{one} (a {named[one]})" if one in named else one for one in columns)
