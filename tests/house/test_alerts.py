"""The alert rules of deploy/ ask for numbers that a real metrics page has."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import yaml
from prometheus_client.parser import text_string_to_metric_families

from adapters.health.metrics import Metrics
from adapters.service import SKIPS
from bot.delivery.kinds import SLOTS
from bot.delivery.model import State, Ticked

ROOT = Path(__file__).parents[2]


def page() -> set[tuple[str, str, str]]:
    """The samples of a real page: name, label, value; a name alone has an empty label."""
    metrics = Metrics(tuple(SLOTS), reasons=SKIPS)
    metrics.ticked(Ticked(due=1))
    for state in State:
        metrics.settled("morning", state, 1.0)
    metrics.standing({})
    metrics.watch({"slack": SimpleNamespace(silence=1.0, reopened=0)})
    found = {("up", "", ""), ("up", "job", "pacer")}
    for family in text_string_to_metric_families(metrics.page().decode()):
        for sample in family.samples:
            found |= {(sample.name, "", ""), *((sample.name, k, v) for k, v in sample.labels.items())}
    return found | {(n, "role", r) for n, _, _ in found for r in ("run", "worker")}


def test_every_alert_asks_for_metrics_that_exist():
    (group,) = yaml.safe_load((ROOT / "deploy" / "prometheus-alerts.yml").read_text())["groups"]
    known = page()
    for rule in group["rules"]:
        asked = re.findall(r"\b(up|pacer_\w+)(?:\{([^}]*)\})?", rule["expr"])
        assert asked, rule["alert"]
        for name, labels in asked:
            assert (name, "", "") in known, name
            for label, value in re.findall(r'(\w+)="([^"]*)"', labels):
                assert (name, label, value) in known, (name, label, value)
        assert set(rule["annotations"]) == {"summary", "step"}
    assert set(re.findall(r"`(pacer_\w+)`", (ROOT / "docs" / "operating.md").read_text())) <= {
        name for name, _, _ in known
    }
