"""A database that is away for a moment, told from a mistake of ours."""

import sqlite3

from django.db import InterfaceError, OperationalError

#: Seconds after which a reader or a robot may ask again while the database is away.
RETRY_AFTER = 30


def database_is_away(error: BaseException | None) -> bool:
    """Whether this error, or one that led to it, is a database that cannot be reached or is locked, which passes by itself."""
    while error is not None:
        if isinstance(error, (OperationalError, InterfaceError)) and not _wrong_statement(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _wrong_statement(error: BaseException) -> bool:
    """SQLite calls a missing table an operational error too: that is ours to mend."""
    return getattr(error.__cause__, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
