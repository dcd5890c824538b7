from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    name = "marketplace.core"
    label = "core"

    def ready(self) -> None:
        from django.conf import settings

        from marketplace.core import chain, codes, dbrules, forgotten, jobs, outbox
        from marketplace.core.dbrules import DatabaseRule, Guard
        from marketplace.core.notices import NOTICE, mail_notices
        from marketplace.core.refusals import leave_by
        from marketplace.core.registry import record_refusals_with

        dbrules.declare(dbrules.grows_only("append_only_log", "core_logentry"))
        if settings.PRODUCTION:
            dbrules.declare(
                DatabaseRule("the_day_is_the_calendars", (Guard("core_clock", "NEW.today IS NOT NULL"),)),
            )
        record_refusals_with(leave_by)
        jobs.every("check the logs", seconds=chain.SECONDS_BETWEEN_CHECKS, run=chain.check_all)
        jobs.every("sweep codes", seconds=3600, run=codes.sweep_codes)
        outbox.reader(NOTICE, mail_notices, atomic=False)
        outbox.reader(codes.ASKED, codes.send_codes, atomic=False)
        outbox.reader(forgotten.CHANGED, forgotten.tell_of_changes, atomic=False)
        pre_migrate.connect(_make_cache_table, sender=self, dispatch_uid="make-cache-table")
        pre_migrate.connect(_free_the_tables, sender=self, dispatch_uid="free-the-tables")
        post_migrate.connect(_install_database_rules, dispatch_uid="install-database-rules")


def _make_cache_table(sender, using, **kwargs) -> None:
    """The shared cache's table comes first: what runs after migrations may already use the cache."""
    from django.core.management import call_command

    call_command("createcachetable", database=using, verbosity=0)


def _free_the_tables(sender, using, plan=(), **kwargs) -> None:
    """Only when something is to be migrated; after the last app the triggers are back."""
    from marketplace.core import dbrules

    if plan:
        dbrules.uninstall(using)


def _install_database_rules(sender, using, **kwargs) -> None:
    from django.apps import apps

    from marketplace.core import dbrules

    # once, after the last app's tables: the signal comes once per app
    last = [config for config in apps.get_app_configs() if config.models_module][-1]
    if sender.label == last.label:
        dbrules.install(using)
