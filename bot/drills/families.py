"""Formats as a job interview's day groups them: coding, design, talking, cases, incidents, facts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.drills.formats import Format
from bot.drills.model import Listed
from bot.pace.model import Kind


class Family(StrEnum):
    """What she does while she practises."""

    CODING = "coding"
    DESIGN = "design"
    TALKING = "talking"
    CASE = "case"
    INCIDENT = "incident"
    FACTS = "facts"
    WRITING = "writing"
    READING = "reading"


NAMES: Mapping[Family, str] = {
    Family.CODING: "Coding",
    Family.DESIGN: "Design",
    Family.TALKING: "Talking",
    Family.CASE: "Cases",
    Family.INCIDENT: "Incidents",
    Family.FACTS: "Cards and facts",
    Family.WRITING: "Writing",
    Family.READING: "Reading",
}
FORMAT_NAMES: Mapping[Format, str] = {
    Format.DRILL: "drills",
    Format.CARD: "cards",
    Format.ROUND: "coding rounds",
    Format.DESIGN: "full designs",
    Format.EXPLAIN: "explaining",
    Format.REWRITE: "rewriting",
    Format.DECODE: "decoding the question",
    Format.CLARIFY: "clarify first",
    Format.REDIRECT: "hints that redirect",
    Format.GRILL: "grills",
    Format.DIG: "deep digs",
    Format.LEVELS: "levels",
    Format.TAKEHOME: "take-homes",
    Format.CASE: "cases",
    Format.CODE_REVIEW: "code reviews",
    Format.INCIDENT: "incidents",
    Format.SQL: "queries",
}
"""As they stand in the middle of a sentence."""

PASSIVE = frozenset({Family.READING})
"""Nodding along is no practice: reading is shown apart and gives no rating."""
Round = tuple[Family, Format]
"""A family, and the format in it."""

_BY_FORMAT: Mapping[Format, Family] = {
    Format.CARD: Family.FACTS,
    Format.ROUND: Family.CODING,
    Format.LEVELS: Family.CODING,
    Format.TAKEHOME: Family.CODING,
    Format.CODE_REVIEW: Family.CODING,
    Format.SQL: Family.CODING,
    Format.DESIGN: Family.DESIGN,
    Format.GRILL: Family.DESIGN,
    Format.EXPLAIN: Family.TALKING,
    Format.DECODE: Family.TALKING,
    Format.REWRITE: Family.WRITING,
    Format.INCIDENT: Family.INCIDENT,
    Format.CASE: Family.CASE,
}
_BY_AREA: Mapping[str, Family] = {
    **dict.fromkeys(("coding", "python_data", "sql", "low_level", "spreadsheet"), Family.CODING),
    **dict.fromkeys(
        ("system_design", "ml_system_design", "distributed_systems", "data_engineering", "process_design"),
        Family.DESIGN,
    ),
    **dict.fromkeys(("agents", "llm_inference", "observability"), Family.DESIGN),
    **dict.fromkeys(("behavioral", "communication"), Family.TALKING),
    **dict.fromkeys(("case_analysis", "customer_scenario", "product_sense", "product_metrics"), Family.CASE),
    "troubleshooting": Family.INCIDENT,
}


def round_of(drill: Listed) -> Round:
    """Its family and format. Formats that every area has, such as plain drills, go by the area; what is left are facts."""
    if drill.kind is Kind.READ:
        return Family.READING, drill.format
    family = _BY_FORMAT.get(drill.format) or _BY_AREA.get(drill.area, Family.FACTS)
    return family, drill.format


def round_at(drill: Listed | None, area: str) -> Round:
    """The same for a drill that the bank may not hold any more."""
    return round_of(drill) if drill else (_BY_AREA.get(area, Family.FACTS), Format.DRILL)
