"""Holds a value against `docs/data-copy.schema.json`: the part of JSON Schema that it uses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from kiosk.core.paths import ASSETS

SCHEMA: dict[str, Any] = json.loads(
    (ASSETS.parent / "docs" / "data-copy.schema.json").read_text("utf-8")
)
_TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
_KNOWN = {
    *("$schema", "title", "description", "$defs", "$ref", "type", "properties"),
    *("patternProperties", "required"),
    *("additionalProperties", "items", "enum", "const", "anyOf", "pattern", "minimum", "maximum"),
}


def breaches(value: Any, schema: dict[str, Any] = SCHEMA, where: str = "$") -> Iterator[str]:
    """Where `value` is not what the schema says."""
    assert set(schema) <= _KNOWN, "a keyword that this checker does not know"
    if "$ref" in schema:
        yield from breaches(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], where)
    elif "anyOf" in schema:
        tried = [list(breaches(value, each, where)) for each in schema["anyOf"]]
        yield from [] if [] in tried else min(tried, key=len)
    elif not _is_of_type(value, schema.get("type")):
        yield f"{where} is no {schema['type']}"
    else:
        yield from _values(value, schema, where)
        yield from _parts(value, schema, where)


def _is_of_type(value: Any, name: str | None) -> bool:
    if name is None:
        return True
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, _TYPES[name])


def _values(value: Any, schema: dict[str, Any], where: str) -> Iterator[str]:
    if "const" in schema and value != schema["const"]:
        yield f"{where} is not {schema['const']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where} is {value!r}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{where} is {value!r}"
    if "minimum" in schema and not schema["minimum"] <= value <= schema.get("maximum", value):
        yield f"{where} is {value}"


def _parts(value: Any, schema: dict[str, Any], where: str) -> Iterator[str]:
    if isinstance(value, list):
        for place, each in enumerate(value):
            yield from breaches(each, schema.get("items", {}), f"{where}[{place}]")
    if isinstance(value, dict):
        known = dict(schema.get("properties", {}))
        for pattern, each in schema.get("patternProperties", {}).items():
            known |= {key: each for key in value if re.search(pattern, key) and key not in known}
        yield from (f"{where}.{key} is missing" for key in schema["required"] if key not in value)
        for key in value.keys() - known.keys():
            if not (other := schema.get("additionalProperties")):
                yield f"{where}.{key} is not described"
            else:
                yield from breaches(value[key], other, f"{where}.{key}")
        for key in known.keys() & value.keys():
            yield from breaches(value[key], known[key], f"{where}.{key}")
