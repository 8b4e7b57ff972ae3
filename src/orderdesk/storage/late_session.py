"""SQLAlchemy's session, opened for the first entity that a step loads or keeps: most of the small ones go without."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session


class LateSession:
    """A session on the connection of the transaction, which it neither begins nor ends."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @cached_property
    def opened(self) -> Session:
        return Session(self._engine, expire_on_commit=False)

    @property
    def _is_open(self) -> bool:
        return "opened" in vars(self)

    def flush(self) -> None:
        """Write what was changed of entities."""
        if self._is_open:
            self.opened.flush()

    def expire_all(self) -> None:
        """What is known of entities is asked again."""
        if self._is_open:
            self.opened.expire_all()

    def close(self) -> None:
        """Let go of the entities, once the transaction has ended: SQLAlchemy rolls back what has not."""
        if self._is_open:
            self.opened.close()
