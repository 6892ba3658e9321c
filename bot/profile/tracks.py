"""Role tracks and what their interviews weigh.

Weights are percent of preparation and sum to 100 for every track. They are priors of this
project, not measurements. Behavioral and communication share one figure for some roles; there it
is split evenly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

HEAVY = 15
"""Percent from which an area counts as heavy: it must not be lost from any plan."""

AREAS: Mapping[str, str] = {
    "system_design": "System design",
    "coding": "Coding",
    "behavioral": "Behavioral",
    "communication": "Communication",
    "cs_depth": "Computer science depth",
    "low_level": "Kernels and low level",
    "agents": "Agents",
    "python_data": "Python for data",
    "papers": "Papers",
    "ml_fundamentals": "ML fundamentals",
    "ml_system_design": "ML system design",
    "llm_inference": "LLM inference",
    "data_engineering": "Data engineering",
    "statistics": "Statistics and experiments",
    "sql": "SQL",
    "product_metrics": "Product metrics",
    "spreadsheet": "Spreadsheet work",
    "troubleshooting": "Troubleshooting",
    "os_network": "Linux and networking",
    "distributed_systems": "Distributed systems",
    "observability": "Observability",
    "product_sense": "Product sense",
    "technical_fluency": "Technical fluency",
    "case_analysis": "Case analysis",
    "customer_scenario": "Customer scenarios",
    "industry_knowledge": "Industry knowledge",
    "process_design": "Process design",
}
"""Area ids, as files and storage hold them, with the name a person reads."""


@dataclass(frozen=True, slots=True)
class Track:
    """A role somebody prepares for."""

    id: str
    name: str
    weights: Mapping[str, int]
    """Percent by area id."""

    @property
    def heavy(self) -> tuple[str, ...]:
        """Areas that no plan of this track may lose, heaviest first."""
        return tuple(a for a, w in sorted(self.weights.items(), key=lambda p: -p[1]) if w >= HEAVY)


_STRATEGY = {
    "case_analysis": 30,
    "customer_scenario": 20,
    "spreadsheet": 15,
    "industry_knowledge": 15,
    "behavioral": 10,
    "communication": 10,
}
_PRODUCT = {
    "product_sense": 25,
    "product_metrics": 25,
    "behavioral": 20,
    "technical_fluency": 15,
    "communication": 15,
}

TRACKS: Mapping[str, Track] = {
    track.id: track
    for track in (
        Track(
            "staff_backend",
            "Staff backend engineer",
            {"system_design": 35, "coding": 25, "behavioral": 20, "cs_depth": 10, "communication": 10},
        ),
        Track(
            "ml_engineer",
            "Machine-learning engineer",
            {
                "ml_fundamentals": 25,
                "ml_system_design": 25,
                "coding": 25,
                "behavioral": 10,
                "communication": 10,
                "papers": 5,
            },
        ),
        Track(
            "data_scientist",
            "Data scientist",
            {
                "statistics": 30,
                "sql": 20,
                "product_metrics": 20,
                "python_data": 15,
                "behavioral": 8,
                "communication": 7,
            },
        ),
        Track(
            "sre",
            "SRE / production engineer",
            {
                "troubleshooting": 25,
                "os_network": 20,
                "distributed_systems": 20,
                "coding": 20,
                "observability": 5,
                "behavioral": 5,
                "communication": 5,
            },
        ),
        Track(
            "kernels",
            "Kernels and low level",
            {
                "low_level": 35,
                "coding": 25,
                "cs_depth": 15,
                "llm_inference": 10,
                "behavioral": 8,
                "communication": 7,
            },
        ),
        Track(
            "ai_infra",
            "AI infrastructure engineer",
            {
                "system_design": 25,
                "coding": 25,
                "llm_inference": 20,
                "cs_depth": 15,
                "behavioral": 8,
                "communication": 7,
            },
        ),
        Track(
            "ml_data",
            "ML engineer (data)",
            {
                "data_engineering": 25,
                "ml_fundamentals": 20,
                "coding": 20,
                "sql": 15,
                "ml_system_design": 10,
                "behavioral": 5,
                "communication": 5,
            },
        ),
        Track(
            "ml_expert",
            "ML expert",
            {
                "ml_fundamentals": 35,
                "coding": 20,
                "llm_inference": 15,
                "ml_system_design": 10,
                "papers": 10,
                "communication": 10,
            },
        ),
        Track(
            "agents",
            "Agent engineer",
            {
                "agents": 25,
                "coding": 25,
                "system_design": 20,
                "llm_inference": 15,
                "behavioral": 8,
                "communication": 7,
            },
        ),
        Track("strategy_ops", "Strategy and operations", _STRATEGY),
        Track("deployment", "Forward-deployed / deployment strategist", _STRATEGY),
        Track("pm", "Product manager", _PRODUCT),
        Track("tpm", "Technical program manager", _PRODUCT),
        Track(
            "product_ops",
            "Product operations",
            {
                "process_design": 25,
                "product_metrics": 20,
                "case_analysis": 20,
                "behavioral": 15,
                "spreadsheet": 10,
                "communication": 10,
            },
        ),
    )
}
