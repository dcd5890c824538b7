"""What the editor's page shows beside its fields."""

from typing import Any

from wagtail.admin.panels import Panel

from marketplace.bookings.models import Session
from marketplace.bookings.plans import host_plan
from marketplace.core.clock import now

#: Dates that the panel lists.
DATES = 30


class DatesPanel(Panel):
    """The dates that were made of a visit, with the places taken, and whether the host keeps the plan. Two queries."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/panels/dates.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            page = self.instance
            sessions = Session.objects.filter(subject=page.translation_key, ends_at__gt=now()) if page.pk else ()
            told = host_plan(page.translation_key, page.maker_id) if page.pk else None
            return context | {"sessions": list(sessions[:DATES]), "host_plan": told}
