"""A form that an editor puts together: to apply, to propose a master, to ask for a booth."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.forms.models import AbstractFormField, FormMixin
from wagtail.contrib.forms.panels import FormSubmissionsPanel
from wagtail.models import TranslatableMixin

from cms.models.base import MarketPage
from marketplace.core.throttle import throttle

#: Answers of one address in an hour.
MOST_ANSWERS, HOUR = 10, 3600
#: Kinds of fields that take Persian digits and need no script.
KINDS = (
    ("singleline", _("Line of text")),
    ("multiline", _("Several lines of text")),
    ("email", _("Email address")),
    ("checkbox", _("Yes or no")),
    ("checkboxes", _("Several of a list")),
    ("dropdown", _("One of a long list")),
    ("radio", _("One of a short list")),
)


class FormPage(FormMixin, MarketPage):
    """A page with a form. What is sent is kept in the editor's room and nowhere else; no mail carries it."""

    thanks = models.TextField(_("words after it was sent"), max_length=500)

    drawn_by = "cms/form.html"
    content_panels: ClassVar = [
        FormSubmissionsPanel(),
        *MarketPage.content_panels,
        InlinePanel("form_fields", label=_("Field"), heading=_("Fields"), min_num=1),
        FieldPanel("thanks"),
    ]
    parent_page_types: ClassVar = ["cms.CityPage", "cms.HomePage"]
    subpage_types: ClassVar = []

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")

    @property
    def submissions_list_view_class(self) -> type:
        from cms.form_answers import Answers  # Wagtail's views ask for the models first

        return Answers

    def get_landing_page_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return "cms/form_sent.html"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """So many answers an hour from one address, then 429."""
        answer = throttle(f"form-{self.pk}", limit=MOST_ANSWERS, seconds=HOUR)(super().serve)
        return answer(request, *args, **kwargs)


class FormField(TranslatableMixin, AbstractFormField):
    """One field of a form."""

    page = ParentalKey(FormPage, on_delete=models.CASCADE, related_name="form_fields")
    field_type = models.CharField(_("kind of field"), max_length=16, choices=KINDS)

    class Meta(TranslatableMixin.Meta):
        ordering: ClassVar = ["sort_order"]
        verbose_name = _("field of a form")
        verbose_name_plural = _("fields of forms")
