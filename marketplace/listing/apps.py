from django.apps import AppConfig


class ListingConfig(AppConfig):
    name = "marketplace.listing"
    label = "listing"

    def ready(self) -> None:
        from catalogue.pictures import PICTURE_ADDED
        from marketplace.core import jobs
        from marketplace.core.registry import watch
        from marketplace.listing import (
            audits,  # noqa: F401  registers them
            claims,  # noqa: F401  registers the kinds
            rules,  # noqa: F401  declares the database rules
        )
        from marketplace.listing.reminders import SECONDS, remind_of_licences
        from marketplace.listing.seal_ends import (
            EXPIRED_SECONDS,
            follow_seals,
            read_picture_words,
            withdraw_after_expiry,
        )
        from marketplace.listing.told import open_inspection_when_due, tell_of_withdrawals

        watch("offers_withdrawn", tell_of_withdrawals)
        watch("refused", open_inspection_when_due)
        watch("seal_changed", follow_seals)
        watch(PICTURE_ADDED, read_picture_words)
        jobs.every("licences that end", seconds=SECONDS, run=remind_of_licences)
        jobs.every("seals that expired", seconds=EXPIRED_SECONDS, run=withdraw_after_expiry)
