"""Names of technologies, and whether one is named before anybody knows what it has to do.

English only. The list is this project's own and meant to grow. A word that means something else as well counts only
where it is written as a name, or stands beside a word that makes it one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.feedback.late import Late


class What(StrEnum):
    """What kind of thing a technology is."""

    DATABASE = "database"
    SEARCH = "search engine"
    CACHE = "cache"
    QUEUE = "queue"
    STREAM = "stream processor"
    STORE = "object store"
    CLOUD = "cloud"
    RUNTIME = "runtime"
    EDGE = "proxy"
    WATCH = "monitoring"
    MODEL = "model serving"
    PROTOCOL = "protocol"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Technology:
    """A technology where it is named: its name as it was written, what it is, and the character it begins at."""

    name: str
    what: What
    at: int


_LISTED: Mapping[What, str] = {
    What.DATABASE: "postgres|postgresql|mysql|mariadb|sqlite|oracle database|sql server|mssql|cassandra|scylladb|scylla|mongodb|mongo"
    "|dynamodb|dynamo db|cockroachdb|yugabytedb|spanner|cloud spanner|bigtable|hbase|couchdb|couchbase|neo4j|dgraph|influxdb"
    "|timescaledb|clickhouse|snowflake|bigquery|redshift|duckdb|aurora|rds|firestore|cosmosdb|cosmos db|tidb|vitess|rocksdb"
    "|leveldb|foundationdb|pinecone|milvus|weaviate|qdrant|pgvector|faunadb|supabase|planetscale|apache druid|apache pinot",
    What.SEARCH: "elasticsearch|elastic search|opensearch|solr|lucene|algolia|meilisearch|typesense",
    What.CACHE: "redis|memcached|memcache|valkey|hazelcast|elasticache|dragonflydb|varnish",
    What.QUEUE: "kafka|rabbitmq|rabbit mq|sqs|sns|kinesis|pulsar|nats|activemq|zeromq|redpanda|celery|sidekiq|eventbridge"
    "|google pub/sub|cloud pub/sub|event hubs|azure service bus|nsq|bullmq",
    What.STREAM: "flink|apache spark|spark streaming|pyspark|apache beam|dataflow job|apache storm|samza|kafka streams|airflow|dagster|dbt"
    "|databricks|hadoop|mapreduce|presto|trino|hive|debezium|temporal.io",
    What.STORE: "s3|amazon s3|gcs|google cloud storage|azure blob|minio|hdfs|ceph|cloudflare r2|iceberg|delta lake|parquet",
    What.CLOUD: "aws|gcp|azure|google cloud|heroku|vercel|netlify|cloudflare|digitalocean|firebase|lambda functions|aws lambda|fargate"
    "|ec2|ecs|eks|gke|cloud run|cloud functions|app engine",
    What.RUNTIME: "kubernetes|k8s|docker|nomad cluster|openshift|terraform|helm chart|istio|linkerd|zookeeper|etcd|consul|hashicorp vault"
    "|ansible|argo cd|node.js|nodejs|django|flask|fastapi|rails|spring boot|laravel|next.js|nextjs|express.js",
    What.EDGE: "nginx|haproxy|envoy|traefik|cloudfront|akamai|fastly|kong gateway|api gateway from aws|route 53|elb|alb",
    What.WATCH: "prometheus|grafana|datadog|splunk|new relic|opentelemetry|jaeger|zipkin|kibana|sentry|pagerduty|honeycomb|loki",
    What.MODEL: "vllm|tensorrt|tensorrt-llm|triton inference server|sagemaker|vertex ai|bedrock|langchain|llamaindex|ray serve"
    "|kubeflow|mlflow|pytorch|tensorflow|xgboost|hugging face|huggingface|onnx|feast|faiss",
    What.PROTOCOL: "grpc|graphql|websocket|websockets|protobuf|mqtt|thrift|avro",
    What.LANGUAGE: "golang|typescript|javascript|scala|kotlin|clojure|erlang|haskell|c\\+\\+",
}
_PROPER: Mapping[What, str] = {
    What.STREAM: "Spark|Storm|Beam|Druid|Pinot|Hive|Presto|Temporal|Dataflow",
    What.CLOUD: "Lambda",
    What.RUNTIME: "Vault|Helm|Nomad|Express|Spring|Rails|React|Angular|Consul",
    What.DATABASE: "Oracle|Dynamo|Cosmos|Aurora|Spanner|Snowflake",
    What.LANGUAGE: "Go|Rust|Swift|Java|Python|Ruby|Elixir|PHP",
    What.SEARCH: "Elastic",
    What.EDGE: "Envoy|Kong",
}
"""Everyday words too; they count inside a sentence, written as names."""
_COMMON = frozenset(
    [
        "aurora",
        "spanner",
        "snowflake",
        "envoy",
        "hive",
        "presto",
        "consul",
        "celery",
        "sentry",
        "jaeger",
        "loki",
        "scala",
        "thrift",
        "iceberg",
        "feast",
        "express",
        "bedrock",
        "minio",
        "pulsar",
        "varnish",
        "honeycomb",
        "flask",
        "rails",
        "parquet",
    ]
)
"""Names in the list above that are everyday words when they are written small."""


def _either(listed: Mapping[What, str]) -> str:
    names = sorted((n for names in listed.values() for n in names.split("|")), key=len, reverse=True)
    return "|".join(n.replace(".", r"\.") for n in names)


_ANY = Late(rf"(?<![\w.@/-])(?:{_either(_LISTED)})(?![\w@]|-\w|://)", re.IGNORECASE)
_NAMES = Late(
    rf"(?<=[a-z0-9,;:)(/&+] )(?:{_either(_PROPER)})(?![\w@'’]|-\w)|(?<=[(/])(?:{_either(_PROPER)})(?![\w'’])"
)
_KINDS = {name.replace("\\", ""): what for what, names in _LISTED.items() for name in names.split("|")} | {
    name.casefold(): what for what, names in _PROPER.items() for name in names.split("|")
}

_NEED = Late(
    r"\b(?:requirements?|functional|non-functional|use cases?|scope|user stor(?:y|ies)|must (?:be able|not|hold|survive|support|never)"
    r"|(?:users?|customers?|clients?|people|they|drivers?|riders?|sellers?|buyers?|admins?|operators?) (?:can|must|need|want|should|will)\b"
    r"|latency|availability|consisten(?:t|cy)|durab(?:le|ility)|throughput|sla|slo|p9[59]|read[- ]heavy|write[- ]heavy|read[-/ ]write ratio"
    r"|per (?:second|minute|hour|day|month|year|user)|a (?:second|day|month|year)\b|qps|rps|tps|dau|mau|estimat\w+|back of the envelope"
    r"|(?:thousand|million|billion)s?|kilobytes?|megabytes?|gigabytes?|terabytes?|petabytes?|bytes"
    r"|data model|schema|entit(?:y|ies)|primary key|foreign key|columns?|access patterns?)\b"
    r"|\d\s*(?:kb|mb|gb|tb|pb|ms|k|m|qps|rps|%)\b|\d{1,3}(?:,\d{3})+|\b\d{4,}\b",
    re.IGNORECASE,
)
"""Words of requirements, of an estimate, or of a data model."""

_VERBS: Mapping[What, str] = {
    What.DATABASE: "hold",
    What.SEARCH: "find",
    What.CACHE: "keep",
    What.QUEUE: "carry",
    What.STREAM: "compute",
    What.STORE: "hold",
    What.EDGE: "let through",
    What.WATCH: "watch",
    What.MODEL: "answer",
    What.PROTOCOL: "carry",
}


def technologies(text: str) -> tuple[Technology, ...]:
    """Every technology that is named, in order."""
    found = [m for m in _ANY.finditer(text) if m[0] not in _COMMON]
    found += [m for m in _NAMES.finditer(text) if not any(o.start() <= m.start() < o.end() for o in found)]
    named = [Technology(m[0], _KINDS[m[0].casefold()], m.start()) for m in found]
    return tuple(sorted(named, key=lambda t: t.at))


def first_technology(text: str) -> int | None:
    """The character at which the first technology is named; None if none is."""
    found = technologies(text)
    return found[0].at if found else None


def named_early(said: str, *, given: str = "") -> Technology | None:
    """The first technology if it is named before any word of a requirement, an estimate or a data model.

    What the task itself names (`given`) is nobody's early choice, and a language decides nothing about a system.
    """
    theirs = {t.name.casefold() for t in technologies(given)}
    chosen = (
        t for t in technologies(said) if t.what is not What.LANGUAGE and t.name.casefold() not in theirs
    )
    first = next(chosen, None)
    if first is None:
        return None
    need = _NEED.search(said)
    return first if need is None or need.start() > first.at else None


def calm_word(named: Technology) -> str:
    """What is said of it, once."""
    return f"You named {named.name} before saying what it has to {_VERBS.get(named.what, 'do')}."
