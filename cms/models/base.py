"""What every page that readers see has in common: a lead, a picture, a story, and the market's own frame around them."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import StoryBlock
from cms.fields import PartsField
from cms.front_cache import depends_on
from cms.models.pictures import CmsImage
from cms.page_forms import MarketPageForm
from cms.stories import story_of
from marketplace.found.heads import Head, Shared


class MarketPage(Page):
    """A page in the shop's frame, with crumbs, both languages in its head, and the shop's strict policy. Previews draw the same."""

    lead = models.TextField(
        gettext_lazy("lead"), max_length=500, help_text=gettext_lazy("One or two sentences that stand first.")
    )
    picture = models.ForeignKey(
        CmsImage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=gettext_lazy("picture"),
    )
    body = PartsField(StoryBlock(), blank=True, verbose_name=gettext_lazy("story"))

    base_form_class = MarketPageForm
    #: The template of the page and of its preview.
    drawn_by = "cms/page.html"
    #: Whether its kind stands above its title.
    says_kind = False
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        abstract = True

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return self.drawn_by

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`page`, `story`, `crumbs`, `alternate_urls`, `found_head`. Three queries, and two for a picture."""
        depends_on(f"page:{self.pk}")
        context = super().get_context(request, *args, **kwargs)
        return context | {
            "story": story_of(self),
            "crumbs": self.crumbs(request),
            "alternate_urls": self.addresses(request),
            "found_head": Head((), Shared(self.title, self.lead)),
            "is_draft": getattr(request, "is_preview", False),
        }

    def crumbs(self, request: HttpRequest | None = None) -> list[tuple[str, str]]:
        """(name, address) of the pages above this one, and of itself. One query."""
        above = self.get_ancestors().filter(depth__gt=2) if self.depth else Page.objects.none()
        return [(page.title, page.get_url(request) or "") for page in above] + [(self.title, "")]

    def addresses(self, request: HttpRequest | None = None) -> dict[str, str]:
        """Language → address, for languages this page is live in; one that is missing leads to the city's own page or home."""
        if not self.pk:
            return {}
        live = {
            page.locale.language_code: page
            for page in self.get_translations(inclusive=True).live().select_related("locale")
        }
        found = {code: page.get_url(request) for code, page in live.items()}
        for code in ("fa", "en"):
            if code not in found:
                with override(code):
                    found[code] = self.address_without_translation()
        return {code: address for code, address in found.items() if address}

    def address_without_translation(self) -> str:
        """Where a reader of the other language is led while this page is not translated."""
        return reverse("shop:cities")

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Drawn in the page's own language, whatever the editor's is."""
        with override(self.locale.language_code):
            request.LANGUAGE_CODE = self.locale.language_code
            response = super().serve_preview(request, mode_name)
            return response.render() if hasattr(response, "render") else response

    @property
    def kind_name(self) -> str:
        """What kind of page this is, for the line above its title."""
        return _(str(self._meta.verbose_name))
