"""What readers sent by forms: it leaves after a time, and as a table it is nothing but text."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.contrib.forms.models import FormSubmission
from wagtail.contrib.forms.views import SubmissionsListView

#: Days after which an answer is deleted: it names people, and by then its call is over.
KEEP_DAYS = 365
#: What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sweep() -> int:
    """Delete answers older than KEEP_DAYS; how many."""
    old = FormSubmission.objects.filter(submit_time__lt=timezone.now() - timedelta(days=KEEP_DAYS))
    return old.delete()[1].get(FormSubmission._meta.label, 0)


class Answers(SubmissionsListView):
    """Wagtail's list of answers. In its CSV no answer is a formula; in its XLSX Wagtail sees to that."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        shown = super().preprocess_field_value(field, value, export_format)
        is_formula = export_format == self.FORMAT_CSV and isinstance(shown, str) and shown.startswith(FORMULA)
        return f"'{shown}" if is_formula else shown
