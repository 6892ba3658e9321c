"""Labelled sentences for the safety tests, all written for this project."""

import csv
from pathlib import Path

with Path(__file__).with_name("phrases.csv").open(newline="", encoding="utf-8") as lines:
    LABELLED = [(row["text"], int(row["tier"])) for row in csv.DictReader(lines)]


def of(tier: int) -> list[str]:
    """The sentences labelled with a tier."""
    return [text for text, label in LABELLED if label == tier]
