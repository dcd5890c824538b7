"""No column that looks personal is forgotten: it stands in the table of personal data, or here with a reason."""

import re

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from marketplace.account.personal import TABLE

LOOKS_PERSONAL = re.compile(
    r"(^|_)(e?mail|mobile|phone|name|address|line[1-4]|postcode|postal|iban|contact|owner|notes?)($|_)|username|email"
)
TEXT = (models.CharField, models.TextField, models.JSONField)

THING = "names a thing, a place or a rule, not a person"
STAFF = "who acted for the market; such an account is closed by hand"
SELLER = "a trader's own, shown in public or needed by the books; such an account is closed by hand"
RECORD = "a record that only grows; it leans on the account's empty row"
COUNTER = "counts a use or marks who acted; it leans on the account's empty row, which names nobody"
TRADE = "papers of a sale abroad between an exporter and a buyer who has no account; the exporter's books need them"
PASSING = "is swept within days, and goes with the account's row"

NOT_PERSONAL = {
    THING: """found.KeptFile auth.Permission auth.Group sites.Site flatpages.FlatPage address.Country shipping.Carrier
        shipping.OrderAndItemCharges shipping.WeightBased catalogue.Material catalogue.ProductLine catalogue.Category
        catalogue.ProductClass catalogue.ProductAttribute catalogue.AttributeOptionGroup catalogue.Option
        communication.CommunicationEventType payment.SourceType offer.ConditionalOffer offer.Range order.OrderDiscount
        order.Surcharge order.ShippingEvent order.ShippingEventType order.PaymentEventType voucher.Voucher
        voucher.VoucherSet crafts.CraftGroup crafts.Craft places.Province places.City places.Spot cms.RouteStop
        cms.FormField authenticity.SealScheme
        export.CartonSize export.ForeignCarrier
        bazaars.Venue suspicion.BrandName catalogue.Technique wagtailembeds.Embed wagtailcore.Site wagtailcore.Collection
        wagtailcore.Workflow wagtailcore.Task taggit.Tag django_tasks_database.DBTaskResult""",
    STAFF: """secretariats.Appointment secretariats.EligibilityRule secretariats.Figure secretariats.ReportVersion
        buyer_reviews.Review admin.LogEntry shipping.Tariff catalogue.OriginDocument offer.RangeProductFileUpload matters.Matter
        juries.Seat bazaars.Inspection bazaars.VenueLicenceClaim stalls.Lease rents.Rent rounds.Round rounds.Visit
        rounds.Answer rounds.Photo rounds.Finding ledger.Payout cms.CmsImage
        wagtail_localize.StringTranslation wagtail_localize.SegmentOverride wagtaildocs.Document wagtailimages.Image
        wagtailadmin.EditingSession wagtailadmin.FormState wagtailcore.APIToken wagtailcore.ModelLogEntry
        wagtailcore.Revision wagtailcore.UploadedFile wagtailcore.WorkflowState wagtailcore.TaskState wagtailcore.Page
        wagtailcore.PageLogEntry wagtailcore.Comment wagtailcore.CommentReply wagtailcore.PageSubscription""",
    SELLER: """export.Exporter export.Collection export.PackingVersion partner.Partner partner.PartnerAddress order.Line makers.Maker
        authenticity.SealApplication authenticity.LabelSheet ledger.PayoutItem""",
    RECORD: """customs.HsConfirmation customs.ExportFigure catalogue.OriginDecision bookings.BookingStep order.SellerOrderStep
        matters.MatterStep joining.StateStep bazaars.LicenceEvent rounds.Measure""",
    COUNTER: """bookings.HostPlan offer.OfferUse voucher.VoucherApplication core.Refusal authenticity.Transfer
        communication.Notification payments.Refund""",
    TRADE: "export.Consignment export.ConsignmentStep",
    PASSING: "core.OneTimeCode",
}
REASONS = {label: reason for reason, labels in NOT_PERSONAL.items() for label in labels.split()}


def _looks_personal(column) -> bool:
    if column.remote_field is not None:
        return column.related_model is get_user_model()
    return isinstance(column, TEXT) and bool(LOOKS_PERSONAL.search(column.name))


def _suspects():
    for model in apps.get_models():
        for column in model._meta.local_concrete_fields:  # a parent is asked for itself
            if not column.primary_key and _looks_personal(column):
                yield model._meta.label, column.name


def test_every_column_that_looks_personal_is_registered_or_has_a_reason():
    registered = {name for kept in TABLE for name in kept.columns}
    owners = {f"{kept.model}.{kept.owner}" for kept in TABLE}
    forgotten = [
        f"{label}.{name}"
        for label, name in _suspects()
        if f"{label}.{name}" not in registered | owners and label not in REASONS
    ]
    assert forgotten == []


def test_no_reason_stands_for_a_table_that_needs_none():
    assert sorted(set(REASONS) - {label for label, _name in _suspects()}) == []


def test_every_row_of_the_table_can_be_asked(buyer):
    assert [
        kept.model for kept in TABLE if list(kept.rows(buyer).values(*kept.fields)) and kept.model != "core.User"
    ] == []
