"""The JSON Schemas: fresh, well formed, and content with schemes whichever way an editor types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from incentive_rules.loading.shape.json_schema import schema_text, shipped_schema

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"


class EditorLoader(yaml.SafeLoader):
    """YAML as editors read it: numbers and flags typed, days left as text (the core schema of YAML 1.2)."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith(("timestamp", "int", "merge"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", __import__("re").compile(r"-?(0|[1-9][0-9]*)$"), list("-0123456789")
)


def texts(value: object) -> object:
    """Keys as text: JSON knows no other."""
    if isinstance(value, dict):
        return {str(k): texts(v) for k, v in value.items()}
    return [texts(v) for v in value] if isinstance(value, list) else value


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_shipped_schema_is_fresh(language: str) -> None:
    assert shipped_schema(language) == schema_text(language), "run `python docs/make_reference.py`"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_schema_is_a_schema_and_tells_kinds_apart_without_one_of(language: str) -> None:
    Draft7Validator.check_schema(json.loads(shipped_schema(language)))
    assert "oneOf" not in shipped_schema(language)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_field_has_a_description_to_hover_over(language: str) -> None:
    schema = json.loads(shipped_schema(language))
    for block in (schema, *schema["definitions"].values()):
        for key, field in block.get("properties", {}).items():
            assert field["description"], key


@pytest.mark.parametrize("loader", [EditorLoader, yaml.BaseLoader])
@pytest.mark.parametrize("file", sorted(SCHEMES.glob("*.yaml")), ids=lambda f: f.stem)
def test_a_good_scheme_has_no_squiggle(file: Path, loader: type[yaml.Loader]) -> None:
    text = file.read_text("utf-8")
    schema = json.loads(shipped_schema("zh" if "\n格式:" in text else "en"))
    found = Draft7Validator(schema).iter_errors(texts(yaml.load(text, Loader=loader)))
    assert [f"{e.json_path}: {e.message}" for e in found] == []


@pytest.mark.parametrize(
    "change, path",
    [
        (("weight: 100%", "weight: 0.5.1"), None),  # a weight may be a formula: loading says more
        (("status: active", "status: activ"), "$.status"),
        (("type: key", "type: clef"), "$.inputs.engineer.type"),
        (("better: higher", "better: high"), "$.indicators.speed.better"),
        (("first_day: 2026-01-01", "first_day: 2026/01/01"), "$.effective.first_day"),
        (("indicators:", "indicatrs:"), "$"),
    ],
)
def test_a_squiggle_stands_at_the_very_place(change: tuple[str, str], path: str | None) -> None:
    good = (
        "format: 1\nscheme: x\nstatus: active\neffective: {first_day: 2026-01-01, last_day: 2026-12-31}\n"
        "period: month\ninputs: {engineer: {type: key}}\n"
        "indicators: {speed: {weight: 100%, better: higher, value: jobs, score: value}}\n"
    )
    errors = list(
        Draft7Validator(json.loads(shipped_schema("en"))).iter_errors(
            texts(yaml.load(good.replace(*change), Loader=EditorLoader))
        )
    )
    assert [e.json_path for e in errors] == ([path] if path else [])
