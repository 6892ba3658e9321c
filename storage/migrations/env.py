"""Runs migrations on the connection that the program hands over."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

import storage.circle_news_rows
import storage.circle_rows
import storage.group_rows
import storage.opinion_rows
import storage.pairing_rows
import storage.rows
import storage.speaking_rows  # noqa: F401  (the tables register themselves)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
