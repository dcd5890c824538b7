"""Answers of forms: kept for a time, found for the person they name, and never a formula of a spreadsheet."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.forms.models import FormSubmission

from cms.form_answers import KEEP_DAYS, sweep
from marketplace.account.closing import close_account
from marketplace.account.personal import export_of
from tests.cms.test_page_types import call_form  # noqa: F401


@pytest.fixture
def answers(call_form, buyer):  # noqa: F811
    """One of a buyer with an account, one of a stranger whose address only ends like theirs."""
    buyer.email = "weaver@example.org"
    buyer.save(update_fields=["email"])
    said = [{"name": "=1+1", "mail": "Weaver@example.org"}, {"name": "x", "mail": "aweaver@example.org"}]
    return [FormSubmission.objects.create(page=call_form.page_ptr, form_data=one) for one in said]


def test_an_answer_is_in_its_persons_export_and_leaves_with_them(answers, buyer):
    own, others = answers
    assert [row["form_data"] for row in export_of(buyer)["wagtailforms.FormSubmission"]] == [own.form_data]
    close_account(user=buyer)
    assert list(FormSubmission.objects.all()) == [others]


def test_nobody_without_an_address_owns_an_answer(answers, buyer):
    buyer.email, buyer.mobile = "", None
    buyer.save(update_fields=["email", "mobile"])
    assert "wagtailforms.FormSubmission" not in export_of(buyer)


def test_an_answer_leaves_after_its_time(answers):
    old, young = answers
    for row, days in ((old, KEEP_DAYS + 1), (young, KEEP_DAYS - 1)):
        FormSubmission.objects.filter(pk=row.pk).update(submit_time=timezone.now() - timedelta(days=days))
    assert sweep() == 1
    assert list(FormSubmission.objects.all()) == [young]


def test_an_answer_in_a_table_is_no_formula(answers, call_form, admin_client, settings):  # noqa: F811
    settings.SECOND_FACTOR_REQUIRED = False
    address = reverse("wagtailforms:list_submissions", args=[call_form.pk])
    table = b"".join(admin_client.get(address, {"export": "csv"}).streaming_content).decode()
    assert "'=1+1" in table
    assert ",=1+1" not in table
