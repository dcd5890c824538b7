from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SecretariatsConfig(AppConfig):
    name = "marketplace.secretariats"
    label = "secretariats"
    verbose_name = _("Secretariats of craft cities")

    def ready(self) -> None:
        from marketplace.core import jobs
        from marketplace.secretariats.reminders import SECONDS, remind

        post_migrate.connect(_load_rules, sender=self, dispatch_uid="rules-of-secretariats")
        jobs.every("reports of secretariats", seconds=SECONDS, run=remind)


def _load_rules(sender, using, **kwargs) -> None:
    """Who may be a secretary, as the sources say it."""
    from marketplace.secretariats.eligibility import load_rules

    names = connections[using].introspection.table_names()
    if using == DEFAULT_DB_ALIAS and "secretariats_eligibilityrule" in names:
        load_rules()
