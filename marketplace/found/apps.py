from django.apps import AppConfig


class FoundConfig(AppConfig):
    name = "marketplace.found"
    label = "found"

    def ready(self) -> None:
        from marketplace.core import jobs, outbox
        from marketplace.found import cards, feed_parts
        from marketplace.listing.withdrawals import WORK_CHANGED

        outbox.also_reader(WORK_CHANGED, feed_parts.note_changes, named="feed_changed")
        jobs.every("feed", seconds=feed_parts.SECONDS, run=feed_parts.refresh)
        jobs.every("sharing cards", seconds=cards.SECONDS, run=cards.refresh)
