from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "marketplace.desks"
    label = "desks"

    def ready(self) -> None:
        from marketplace.core.registry import watch
        from marketplace.desks.officer.rehearsal import note_withdrawn

        watch("offers_withdrawn", note_withdrawn)
