"""How a process speaks with PostgreSQL: values apart from statements, statements planned once, no question before each page."""

from select import POLLIN, poll
from typing import Any, Final

import psycopg
from django.db.backends.postgresql import base

MOST_BOUND: Final = 65_535  # values of one statement, by PostgreSQL's protocol (Bind: Int16)


class Cursor(psycopg.Cursor[Any]):
    """Binds on the server, so that a statement asked often is planned once; Django writes the values into it unless told.

    More values than can be bound are written into it.
    """

    def execute(self, query: Any, params: Any = None, **more: Any) -> "Cursor":
        """As psycopg's."""
        if params is not None and len(params) > MOST_BOUND:
            query, params = psycopg.ClientCursor(self.connection).mogrify(query, params), None
        return super().execute(query, params, **more)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, which sees by the line itself whether the server has gone."""

    def get_connection_params(self) -> dict[str, Any]:
        """As Django's, with the cursor above."""
        return super().get_connection_params() | {"cursor_factory": Cursor}

    def is_usable(self) -> bool:
        """Whether a kept connection can be asked. A server that ends it says so on the line, where nothing waits otherwise:
        only where something waits is a question sent. Django sends one before every page, on each connection.
        """
        if self.connection is None:
            return False
        line = poll()
        try:
            line.register(self.connection, POLLIN)
            return not line.poll(0) or super().is_usable()
        except (OSError, psycopg.Error):
            return False
