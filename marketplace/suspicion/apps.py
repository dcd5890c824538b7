from django.apps import AppConfig


class SuspicionConfig(AppConfig):
    name = "marketplace.suspicion"
    label = "suspicion"

    def ready(self) -> None:
        from catalogue.pictures import PICTURE_ADDED
        from marketplace.core import outbox, registry
        from marketplace.listing.withdrawals import WORK_CHANGED
        from marketplace.suspicion import matter  # noqa: F401  registers the kind
        from marketplace.suspicion.findings import INQUIRE, ask_of_picture, read_late_photos
        from marketplace.suspicion.inquiry import ASK_ALL, read_all, read_changed
        from marketplace.suspicion.services import PRINT_PHOTO, picture_added

        outbox.also_reader(WORK_CHANGED, read_changed, named=INQUIRE, atomic=False)
        outbox.reader(ASK_ALL, read_all, atomic=False)
        registry.watch(PICTURE_ADDED, picture_added)
        registry.watch(PICTURE_ADDED, ask_of_picture)
        outbox.reader(PRINT_PHOTO, read_late_photos, atomic=False)
