"""What is not theirs does not exist for anybody: each address and form of the desks, walked with rows of others and with more fields than
it has. Nothing is shown and nothing is written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from catalogue.models import Product
from marketplace.bazaars.models import Venue
from marketplace.core.models import User
from marketplace.demo.accounts import ARTISAN, EXPORTER, MANAGER, user_of
from marketplace.drafts.models import Draft
from marketplace.export.models import Consignment, Exporter
from marketplace.makers.models import Maker
from marketplace.order.models import SellerOrder
from marketplace.rounds.models import Measure
from marketplace.stalls.models import Lease, Stall
from tests.desks.walk.addresses import addresses, open_routes
from tests.desks.walk.lives import HOME, SECRET

#: What signing in, a throttle and a visit may write.
_ITS_OWN = ("django_session", "django_cache")
#: A draft's address is made by the maker's own browser: one that somebody else uses too opens an empty draft of one's own.
_OWN_KEYS = ("draft", "draft-picture")


def rows_of_others(stranger: User) -> dict[type[Model], dict[Any, tuple]]:
    """Every row of the market by its number, but a stranger's own."""
    own: dict[type[Model], set[Any]] = {
        User: {stranger.pk},
        Maker: {stranger.maker.pk},
        Exporter: {stranger.exporter.pk},
        Draft: set(stranger.maker.drafts.values_list("pk", flat=True)),
    }
    return {
        model: {
            row[0]: row
            for row in model._base_manager.values_list("pk", *_columns(model))
            if row[0] not in own.get(model, ())
        }
        for model in apps.get_models()
        if model._meta.managed and model is not Session
    }


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def changed(before: dict[type[Model], dict[Any, tuple]]) -> list[tuple]:
    """Rows that are not as they were."""
    wrong = []
    for model, rows in before.items():
        now = {row[0]: row for row in model._base_manager.values_list("pk", *_columns(model))}
        wrong += [(model.__name__, pk) for pk, row in rows.items() if now.get(pk) != row]
    return wrong


@contextmanager
def writes() -> Iterator[list[str]]:
    """The statements meanwhile that change rows of the market."""
    seen: list[str] = []

    def note(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not any(table in sql for table in _ITS_OWN):
            seen.append(sql[:120])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


def more_fields() -> dict[str, Any]:
    """Fields that no form of a stranger may be moved by: names of others' rows, and what only the market decides."""
    maker, venue = Maker.objects.get(owner__username=ARTISAN.username), Venue.objects.get(managers=user_of(MANAGER))
    exporter = Exporter.objects.get(user=user_of(EXPORTER))
    return {
        **dict.fromkeys(("maker", "tenant", "seller", "partner", "host"), maker.pk),
        **dict.fromkeys(("venue", "place"), venue.pk),
        **dict.fromkeys(("owner", "user", "by", "made_by", "decided_by"), maker.owner_id),
        "exporter": exporter.pk,
        "work": Product.objects.filter(maker=maker).latest("pk").pk,
        "consignment": Consignment.objects.latest("pk").pk,
        "lease": Lease.objects.latest("pk").pk,
        "stall": Stall.objects.latest("pk").pk,
        "measure": Measure.objects.latest("pk").pk,
        "order": SellerOrder.objects.latest("pk").pk,
        **dict.fromkeys(("price", "price_rial", "amount_rial", "rent_rial", "pieces", "quantity"), "1"),
        **dict.fromkeys(("state", "to", "decision", "do"), "delivered"),
        **dict.fromkeys(("text", "because", "reason", "must_mend", "tracking", "carrier"), "stranger"),
        **dict.fromkeys(("is_demo", "is_public", "confirmed", "done", "publish"), "1"),
    }


def answered(client: Client, address: str, sent: dict[str, Any] | None) -> tuple[int, list[str]]:
    """What an address answers, and what it wrote."""
    with writes() as written:
        response = client.get(address) if sent is None else client.post(address, sent)
    return response.status_code, written


def wrong_answers(client: Client, allowed: set[int], *, leave: tuple[str, ...] = ()) -> list[tuple]:
    """Every address that answers otherwise or writes."""
    more, wrong = more_fields(), []
    for name, address in addresses():
        if name in leave:
            continue
        for sent in (None, {}, more):
            status, written = answered(client, address, sent)
            if status not in allowed or written:
                wrong.append((name, address, "GET" if sent is None else "POST", status, written))
    return wrong


def test_another_maker_manager_and_exporter_finds_and_changes_nothing(stranger, client):
    client.force_login(stranger)
    assert wrong_answers(client, {403, 404, 405}, leave=(*_OWN_KEYS, "join-step")) == []  # steps are everybody's own


def test_steps_of_a_joining_that_is_over_lead_home_and_write_nothing(stranger, client):
    client.force_login(stranger)
    steps = [address for name, address in addresses() if name == "join-step"]
    assert [answered(client, address, sent) for address in steps for sent in (None, more_fields())] == [(302, [])] * 8


def test_a_key_of_anothers_draft_opens_an_empty_draft_of_ones_own(stranger, client):
    client.force_login(stranger)
    drafts = [(name, address) for name, address in addresses() if name in _OWN_KEYS]
    assert {name for name, _address in drafts} == set(_OWN_KEYS)
    for name, address in drafts:
        if name == "draft":
            assert SECRET not in client.get(address).content.decode()
        before = rows_of_others(stranger)
        client.post(address, more_fields() | {"title_fa": "بیگانه"})
        assert changed(before) == []


def test_a_buyer_finds_and_changes_nothing(demo, client):
    buyer = User.objects.create_user("passer-by", "passer@example.org", mobile="+989131116666")
    client.force_login(buyer)
    assert wrong_answers(client, {302, 403, 404, 405}) == []


def test_whoever_is_not_signed_in_is_asked_to(demo, client):
    assert wrong_answers(client, {302, 403, 404, 405}) == []


def secrets_of_others() -> set[str]:
    """What stands on pages of the demo's people and on nobody else's."""
    return {
        SECRET,
        HOME.mobile,
        HOME.email,
        *SellerOrder.objects.values_list("number", flat=True),
        *Consignment.objects.values_list("number", flat=True),
        *Measure.objects.values_list("number", flat=True),
    }


def test_lists_of_a_stranger_name_nothing_of_others(stranger, client):
    client.force_login(stranger)
    hidden, seen = secrets_of_others(), []
    for name in open_routes():
        page = client.get(reverse(f"desks:{name}"), follow=True)
        assert page.status_code in (200, 403, 404, 405), name
        text = b"".join(page.streaming_content) if page.streaming else page.content
        seen += [(name, word) for word in hidden if word in text.decode(errors="replace")]
    assert len(hidden) > 8
    assert seen == []


def test_forms_for_something_new_change_nothing_of_others(stranger, client):
    client.force_login(stranger)
    for name in open_routes():
        before = rows_of_others(stranger)
        client.post(reverse(f"desks:{name}"), more_fields())
        assert changed(before) == [], name
