from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "marketplace.matters"
    label = "matters"

    def ready(self) -> None:
        from marketplace.core.dbrules import declare, grows_only
        from marketplace.matters import appeals  # noqa: F401  registers the kind

        declare(grows_only("matter_steps_grow_only", "matters_matterstep"))
