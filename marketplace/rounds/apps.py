"""Rounds of a venue's manager, what they find, and the ladder from warning to lifting."""

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    name = "marketplace.rounds"
    label = "rounds"
    verbose_name = _("Rounds and measures")

    def ready(self) -> None:
        """Rules and the officers' kind register themselves; the worker begins and ends closures on their days."""
        from marketplace.core import jobs
        from marketplace.core.registry import watch
        from marketplace.rounds import audits, matter, rules  # noqa: F401  register themselves
        from marketplace.rounds.closures import SECONDS, keep_closures
        from marketplace.rounds.letters import write_letters
        from marketplace.rounds.services import MEASURED
        from marketplace.rounds.told import tell_of_step

        watch(MEASURED, write_letters)
        watch(MEASURED, tell_of_step)
        post_migrate.connect(_load_questions, sender=self, dispatch_uid="questions-of-rounds")
        jobs.every("closures of stalls", seconds=SECONDS, run=keep_closures)


def _load_questions(sender, using, **kwargs) -> None:
    """The first checklist, once; from then on it belongs to whoever edits it."""
    from marketplace.rounds.checklist import load_questions

    names = connections[using].introspection.table_names()
    if using == DEFAULT_DB_ALIAS and "rounds_question" in names:
        load_questions()
