"""The editor's form of every page: its address may be left to the market."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


class MarketPageForm(WagtailAdminPageForm):
    """Wagtail's script writes the address while the title is typed. Where it did not run, the server makes it of the title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        """The address that was given, or else the one the page has already."""
        return self.cleaned_data["slug"] or self.instance.slug
