from django.apps import AppConfig


class SuspicionConfig(AppConfig):
    name = "marketplace.suspicion"
    label = "suspicion"

    def ready(self) -> None:
        from marketplace.core import outbox
        from marketplace.listing.withdrawals import WORK_CHANGED
        from marketplace.suspicion import matter  # noqa: F401  registers the kind
        from marketplace.suspicion.inquiry import ASK_ALL, INQUIRE, read_all, read_changed

        outbox.also_reader(WORK_CHANGED, read_changed, named=INQUIRE, atomic=False)
        outbox.reader(ASK_ALL, read_all, atomic=False)
