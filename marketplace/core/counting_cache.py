"""The cache in the database, with a count in one statement: Django's own takes nine, among them a count of the whole table."""

import random
from datetime import timedelta

from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router
from django.utils import timezone

#: One of so many new counts sweeps out what is over.
SWEEPS = 500


class CountingDatabaseCache(DatabaseCache):
    """Counts are plain numbers in the cache's table; nothing else reads them."""

    def count(self, key: str, seconds: int) -> int:
        """Count one more under a key, from 1; the count begins anew so many seconds after its first. Two at once are two."""
        key = self.make_and_validate_key(key)
        connection = connections[router.db_for_write(self.cache_model_class)]
        adapt = connection.ops.adapt_datetimefield_value
        # the table keeps whole seconds: rounded up, so that no window is shorter than was asked for
        now = timezone.now()
        until = (now + timedelta(seconds=seconds + 1)).replace(microsecond=0)
        table = connection.ops.quote_name(self._table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} AS held (cache_key, value, expires) VALUES (%s, '1', %s) "  # noqa: S608  our own name
                "ON CONFLICT (cache_key) DO UPDATE SET "
                "value = CASE WHEN held.expires <= %s THEN '1' ELSE CAST(CAST(held.value AS integer) + 1 AS text) END, "
                "expires = CASE WHEN held.expires <= %s THEN excluded.expires ELSE held.expires END RETURNING value",
                [key, adapt(until), adapt(now), adapt(now)],
            )
            counted = int(cursor.fetchone()[0])
            if counted == 1 and random.randrange(SWEEPS) == 0:  # noqa: S311  not a secret
                cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [adapt(now)])  # noqa: S608  our own name
        return counted

    def uncount(self, key: str) -> None:
        """Take one back from a count that has not ended; a count never falls below nothing."""
        connection = connections[router.db_for_write(self.cache_model_class)]
        table = connection.ops.quote_name(self._table)
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET value = CAST(CAST(value AS integer) - 1 AS text) "  # noqa: S608  our own name
                "WHERE cache_key = %s AND expires > %s AND CAST(value AS integer) > 0",
                [self.make_and_validate_key(key), now],
            )
