"""How many unexplained terms stand together at the worst place of an answer."""

from __future__ import annotations

import re

from bot.feedback.late import Late
from bot.feedback.own_words import own_words, stretches

WINDOW = 25
"""Words, for sentences that never end."""
PILE = 4
"""Different unexplained terms from which they are a pile."""

_TERM = Late(r"[A-Za-z][A-Za-z0-9]*(?:[-/][A-Za-z0-9]+)*")
_ACRONYM = Late(r"[A-Z][A-Z0-9]+s?|[a-z]{1,2}[A-Z]{2,}s?|[A-Z][a-z]?[A-Z]{1,}\w*")
_COMMON = frozenset(
    [
        "I",
        "OK",
        "TV",
        "UK",
        "US",
        "USA",
        "EU",
        "AM",
        "PM",
        "CEO",
        "HR",
        "IT",
        "PDF",
        "FAQ",
        "ID",
        "Q1",
        "Q2",
        "Q3",
        "Q4",
        "A",
        "B",
        "AI",
        "PC",
        "SMS",
        "ATM",
        "OKs",
    ]
)
TECHNICAL = frozenset(
    [
        "kafka",
        "kubernetes",
        "envoy",
        "redis",
        "postgres",
        "postgresql",
        "grpc",
        "sidecar",
        "sharding",
        "shard",
        "shards",
        "idempotent",
        "idempotency",
        "quorum",
        "raft",
        "paxos",
        "mutex",
        "semaphore",
        "middleware",
        "microservice",
        "microservices",
        "webhook",
        "webhooks",
        "websocket",
        "websockets",
        "kubelet",
        "etcd",
        "zookeeper",
        "terraform",
        "ansible",
        "helm",
        "istio",
        "daemonset",
        "ingress",
        "backpressure",
        "deadlock",
        "livelock",
        "linearizable",
        "serializable",
        "denormalized",
        "denormalization",
        "normalization",
        "materialized",
        "cardinality",
        "throughput",
        "latency",
        "replica",
        "replicas",
        "replication",
        "failover",
        "partitioning",
        "eventual",
        "checksum",
        "tokenizer",
        "embeddings",
        "embedding",
        "transformer",
        "logits",
        "gradient",
        "backpropagation",
        "softmax",
        "regularization",
        "heteroscedasticity",
        "covariance",
        "autoregressive",
        "quantization",
        "hyperparameter",
        "hyperparameters",
        "ontology",
        "heap",
        "mutexes",
        "coroutine",
        "coroutines",
        "polymorphism",
        "monad",
        "memoization",
        "refactoring",
        "ci/cd",
        "etl",
        "dag",
        "dags",
        "airflow",
        "spark",
        "hadoop",
        "snowflake",
        "dbt",
        "parquet",
        "avro",
        "protobuf",
        "lambda",
        "cdc",
        "wal",
        "lsm",
        "tombstone",
        "compaction",
        "vectorized",
        "hypervisor",
        "containerized",
        "autoscaling",
        "observability",
        "telemetry",
        "tracing",
        "spans",
        "upsert",
        "schema-on-read",
        "event-driven",
        "write-ahead",
        "copy-on-write",
        "write-through",
        "read-through",
        "fan-out",
    ]
)
"""Nouns that a listener from outside the field does not know."""


def jargon_peak(text: str) -> int:
    """The most different unexplained terms in one sentence, or in 25 words of a longer one."""
    explained = _explained(own_words(text))
    peak = 0
    for sentence in stretches(text):
        words = [w.strip("/") for w in _TERM.findall(sentence.text)]
        for first in range(max(1, len(words) - WINDOW + 1)):
            window = {_key(w) for w in words[first : first + WINDOW] if _unknown(w)}
            peak = max(peak, len(window - explained))
    return peak


def _unknown(word: str) -> bool:
    return word not in _COMMON and (bool(_ACRONYM.fullmatch(word)) or word.casefold() in TECHNICAL)


def _key(word: str) -> str:
    return word.casefold().removesuffix("s")


def _explained(text: str) -> frozenset[str]:
    """Terms whose meaning stands beside them, at any place of the answer."""
    found = set()
    for match in _TERM.finditer(text):
        if not _unknown(match.group()):
            continue
        after, before = text[match.end() : match.end() + 40], text[: match.start()]
        defined = re.match(
            r"\s*\((?:\w+[ ,-]+){1,}|,? (?:which|that) (?:is|are|means?)\b|,? (?:meaning|or|i\.e\.)\s|\s+(?:is|are|means?|stands for)\s+(?:an?|the|our|what|when|how|that)\b|\s*[,:—–]\s+(?:an?|the|our|its?)\s",
            after,
        )
        if defined or re.search(r"\w+ \w+ \($", before):
            found.add(_key(match.group()))
    return frozenset(found)
