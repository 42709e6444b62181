"""The tables of the jobs, and the steps by which an older database becomes today's.

No row outlives its job's time to live, so a step never has to carry data over. That is why a list
of functions is enough here, and no tool for migrations is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    insert,
    select,
    update,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

TABLES = MetaData()

SCHEMA = Table("schema", TABLES, Column("version", Integer, nullable=False))

JOBS = Table(
    "jobs",
    TABLES,
    Column("id", String(32), primary_key=True),
    Column("number", Integer, nullable=False, index=True),  # the order in which they came
    Column("trade", String(64), nullable=False),
    Column("session", String(64), nullable=False, index=True),  # SHA-256 of the secret
    Column("wish", Text, nullable=False),  # JSON, numbers and short words
    Column("state", String(16), nullable=False, index=True),
    Column("progress", Float, nullable=False, default=0.0),
    Column("message", Text, nullable=False, default=""),
    Column("tries", Integer, nullable=False, default=0),
    Column("worker", String(64), nullable=False, default=""),
    Column("unwanted", Boolean, nullable=False, default=False),
    Column("queued_at", Float, nullable=False),
    Column("started_at", Float),
    Column("ended_at", Float),
    Column("expires_at", Float, nullable=False, index=True),
)

WORKERS = Table(
    "workers",
    TABLES,
    Column("id", String(64), primary_key=True),
    Column("trade", String(64), nullable=False),
    Column("seen_at", Float, nullable=False),
)


def _first(connection: Connection) -> None:
    TABLES.create_all(connection, [JOBS, WORKERS])


STEPS: tuple[Callable[[Connection], None], ...] = (_first,)
"""Step N leads from version N to version N + 1. Steps are added, never changed."""


class NewerDatabaseError(RuntimeError):
    """The database was made by a newer version of this package."""


def bring_up_to_date(connection: Connection) -> None:
    """Take the steps that the database has not taken, inside the caller's transaction.

    Raises:
        NewerDatabaseError: the database knows steps that this version does not.
    """
    TABLES.create_all(connection, [SCHEMA])
    version = connection.scalar(select(SCHEMA.c.version))
    if version is None:
        connection.execute(insert(SCHEMA).values(version=0))
        version = 0
    if version > len(STEPS):
        message = (
            f"The database has version {version}, newer than {len(STEPS)}: "
            "update this package, or name another database with --db."
        )
        raise NewerDatabaseError(message)
    for step in STEPS[version:]:
        step(connection)
    connection.execute(update(SCHEMA).values(version=len(STEPS)))
