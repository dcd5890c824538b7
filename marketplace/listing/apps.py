from django.apps import AppConfig


class ListingConfig(AppConfig):
    name = "marketplace.listing"
    label = "listing"

    def ready(self) -> None:
        from marketplace.core.registry import watch
        from marketplace.listing import (
            audits,  # noqa: F401  registers them
            claims,  # noqa: F401  registers the kinds
            rules,  # noqa: F401  declares the database rules
        )
        from marketplace.listing.told import follow_seals, open_inspection_when_due, tell_of_withdrawals

        watch("offers_withdrawn", tell_of_withdrawals)
        watch("refused", open_inspection_when_due)
        watch("seal_changed", follow_seals)
