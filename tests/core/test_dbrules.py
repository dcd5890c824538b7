"""Triggers go while tables are rebuilt, and come back; what is missing is named."""

import pytest
from django.db import connection
from django.db.models.signals import pre_migrate

from marketplace.core import dbrules
from marketplace.core.apps import CoreConfig

pytestmark = pytest.mark.django_db


def test_every_declared_rule_is_held(db):
    assert dbrules.missing() == []


def test_triggers_of_long_names_stay_apart_and_are_found_again():
    """PostgreSQL cuts a name after 63 letters: two guards of one table would be written over each other."""
    guards = [
        dbrules.Guard("payments_paymentattempt", "{false}", events=("UPDATE",), part=part)
        for part in ("a_part_with_a_long_name", "a_part_with_a_long_nape")
    ]
    names = [dbrules._trigger_name("a_rule_whose_name_is_a_whole_sentence", guard) for guard in guards]
    assert [len(name) for name in names] == [63, 63]
    assert names[0] != names[1]
    held = [
        name
        for rule in dbrules.declared()
        for guard in rule.guards
        for name in [dbrules._trigger_name(rule.name, guard)]
    ]
    assert (max(len(name) for name in held) <= 63, len(set(held))) == (True, len(held))


def test_nothing_is_taken_away_when_nothing_is_to_be_migrated(db):
    pre_migrate.send(sender=CoreConfig, using="default", plan=[], verbosity=0)
    assert dbrules.missing() == []


def test_before_a_migration_the_tables_are_free_and_after_it_they_are_held(db):
    """Only SQLite renames tables under their triggers; PostgreSQL keeps them through a migration."""
    dbrules.uninstall()
    assert ("forbid_foreign_goods on partner_stockrecord" in dbrules.missing()) is (connection.vendor == "sqlite")
    dbrules.install()
    assert dbrules.missing() == []
