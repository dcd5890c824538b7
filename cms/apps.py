from django.apps import AppConfig, apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate, post_save


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"

    def ready(self) -> None:
        from cms import changes, schedule
        from cms.events import sessions
        from cms.models import CityPage
        from cms.rights import page_kept, posts_changed
        from cms.sitemap import month_lists, tree_pages
        from cms.views import city
        from cms.visits.plan import SECONDS, make_sessions, visits_of
        from marketplace.bookings.plans import register_visits
        from marketplace.bookings.services import SESSION_CHANGED
        from marketplace.core import jobs, outbox
        from marketplace.core.registry import register_city_page, watch
        from marketplace.found.sitemaps import register_pages
        from marketplace.listing.withdrawals import WORK_CHANGED
        from marketplace.secretariats.services import POSTS_CHANGED

        jobs.every("sweep answers of forms", seconds=86_400, run=_sweep_answers)
        register_city_page(city)
        register_visits(visits_of)
        register_pages(tree_pages)
        register_pages(month_lists)
        watch(POSTS_CHANGED, posts_changed)
        watch(SESSION_CHANGED, changes.note_session)
        jobs.every("pages whose day has come", seconds=schedule.SECONDS, run=schedule.publish_due)
        jobs.every("dates of visits", seconds=SECONDS, run=make_sessions)
        jobs.every("sessions of events", seconds=sessions.SECONDS, run=sessions.settle_all)
        post_save.connect(page_kept, sender=CityPage, dispatch_uid="rights-of-new-city-pages")
        changes.connect()
        outbox.also_reader(WORK_CHANGED, changes.note_works, named="pages_changed")
        outbox.reader(changes.PAGE_PUBLISHED, changes.make_renditions, atomic=False)
        # after the last app's signal, when every permission is there
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(_ensure_tree, sender=last, dispatch_uid="ensure-wagtail-tree")


def _sweep_answers() -> None:
    from cms.form_answers import sweep

    sweep()


def _ensure_tree(sender, using, **kwargs) -> None:
    from cms.rights import ensure_workflow
    from cms.tree import ensure_tree

    there = using == DEFAULT_DB_ALIAS and "cms_citypage" in connections[using].introspection.table_names()
    if there:
        ensure_tree()
        ensure_workflow()
