"""The migrations for real, once: they make what the models say, and the database's own rules are there after them."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from wagtail.models import Site

from marketplace.core import dbrules


@pytest.mark.real_migration
@pytest.mark.django_db
def test_migrations_from_nothing_make_every_table_and_every_database_rule():
    tables = set(connection.introspection.table_names())
    missing = {model._meta.db_table for model in apps.get_models() if model._meta.managed} - tables
    assert missing == set()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        triggers = {row[0] for row in cursor.fetchall()}
    assert dbrules.missing() == []
    for rule in dbrules.declared():
        assert any(name.startswith(rule.name) for name in triggers), rule.name
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    assert Site.objects.filter(is_default_site=True).count() == 1
