"""Raw SQL as somebody with a shell would write it: rows changed, and rows copied with a few columns of one's own."""

from collections.abc import Sequence
from typing import Any

from django.db import DatabaseError, connection, models, transaction


def write(sql: str, *params: Any) -> bool:
    """Run it in a savepoint; whether the database let it pass."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, params)
    except DatabaseError:
        return False
    return True


def change(model: type[models.Model], pk: int, **values: Any) -> bool:
    """UPDATE one row."""
    sets = ", ".join(f'"{name}" = %s' for name in values)
    return write(f"UPDATE {model._meta.db_table} SET {sets} WHERE id = %s", *values.values(), pk)


def copy(model: type[models.Model], pk: int, **values: Any) -> bool:
    """INSERT a copy of one row with some columns of one's own."""
    columns: Sequence[str] = [f.column for f in model._meta.local_concrete_fields if not f.primary_key]
    taken = ", ".join("%s" if column in values else f'"{column}"' for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    given = [values[column] for column in columns if column in values]
    table = model._meta.db_table
    return write(f"INSERT INTO {table} ({names}) SELECT {taken} FROM {table} WHERE id = %s", *given, pk)
