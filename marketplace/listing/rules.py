"""Rules of listing that need a work and a seller together."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.models import ImportPermit, Product
from marketplace.core.dbrules import DatabaseRule, Guard, declare, grows_only
from marketplace.core.persian import group_digits
from marketplace.core.refusals import Refused
from marketplace.makers.models import Maker, ProductionLicence
from marketplace.partner.models import Partner, StockRecord

#: Rial. Below it a price was surely typed in the wrong unit; above it, it does not fit a card payment or a table.
LOWEST_PRICE, HIGHEST_PRICE = 10_000, 10**14


def require_sane_price(price_rial: int) -> None:
    """Raises ValidationError with code `price` for a price (rial) that cannot be meant."""
    if not LOWEST_PRICE <= price_rial <= HIGHEST_PRICE:
        raise ValidationError(_("This price cannot be right; check the number and its unit."), code="price")


def stock_moved(offer: StockRecord) -> ValidationError:
    """The sentence for a number of pieces that was written over a stock that has moved (code `stock_moved`)."""
    left = group_digits(max(0, offer.net_stock_level), language=(get_language() or "fa")[:2])
    return ValidationError(
        _(
            "Pieces of this offer were sold, held or came back since you opened this page: %(left)s are left now. Check the "
            "number of pieces, then save again."
        ),
        code="stock_moved",
        params={"left": left},
    )


def require_unmoved_stock(offer: StockRecord, *, seen: tuple[int, int]) -> None:
    """A number of pieces is written over the stock it was read from, or pieces sold meanwhile would be for sale again.

    `seen`: pieces in stock and pieces held, as the maker saw them. Raises ValidationError with code `stock_moved`.
    """
    if seen != (offer.num_in_stock or 0, offer.num_allocated or 0):
        raise stock_moved(offer)


def require_free_piece(work: Product, pieces: int) -> None:
    """A single piece that a buyer holds or bought at one place is offered at no other. Its offers stay locked until the transaction ends.

    Raises ValidationError with code `piece_is_held`.
    """
    if not work.is_single_piece or not pieces:
        return
    doors = StockRecord.objects.select_for_update().filter(product=work.pk).order_by("pk")
    if any(door.num_allocated for door in doors):
        raise ValidationError(
            _("There is one “%(work)s” and no other, and a buyer holds or bought it already."),
            code="piece_is_held",
            params={"work": work.name},
        )


def require_issued_since_revoked(licence: ProductionLicence, *, issued_on: date) -> None:
    """A revoked production licence is not renewed by an older paper. Raises ValidationError with code `licence_revoked`."""
    if licence.revoked_on is None or issued_on >= licence.revoked_on:
        return
    raise ValidationError(
        _("Licence %(number)s was revoked after this paper was issued; it can only be renewed by a newer one."),
        code="licence_revoked",
        params={"number": licence.number},
    )


def require_own_permit(*, maker: Maker | None, permit: ImportPermit | None) -> None:
    """A permit covers the goods of whom it is registered for. Raises ValidationError with code `other_makers_permit`."""
    if permit is not None and maker is not None and permit.maker_id != maker.pk:
        raise ValidationError(_("This import permit is registered for another seller."), code="other_makers_permit")


def require_no_offers(work: Product, offers) -> None:
    """A work with variants is offered through them. Raises ValidationError with code `offers_stand`."""
    if offers.exists():
        raise ValidationError(
            _("Withdraw the offers of “%(work)s” first: a work with variants is offered through them."),
            code="offers_stand",
            params={"work": work.name},
        )


def require_own_work(*, work: Product, seller: Partner) -> None:
    """A maker offers their own works only. Raises Refused with code `other_makers_work`."""
    if seller.maker_id != work.maker_id:
        raise Refused(
            _("This work belongs to another maker."),
            rule="require_own_work",
            code="other_makers_work",
            subject=work,
            seller=seller.maker,
        )


def _licensed(maker: str, craft: str, until: str, but: str = "") -> str:
    """SQL that is true when a production licence of a maker for a craft's group carries an origin until a day."""
    return (
        "EXISTS (SELECT 1 FROM makers_productionlicence l JOIN crafts_craft c ON c.group_id = l.craft_group_id "
        f"WHERE l.maker_id = {maker} AND c.id = {craft} AND l.revoked_on IS NULL AND l.issued_on <= {{today}} "
        f"AND l.expires_on >= {until}{but})"
    )


_LATEST_WORD = (
    "EXISTS (SELECT 1 FROM catalogue_origindecision d WHERE d.work_id = NEW.id AND d.state = 'domestic' "
    "AND d.until >= NEW.domestic_until AND d.id = (SELECT MAX(n.id) FROM catalogue_origindecision n WHERE n.work_id = NEW.id))"
)
_DOUBTED = (
    "EXISTS (SELECT 1 FROM catalogue_origindecision d WHERE d.work_id = NEW.id AND d.state IN ('foreign', 'disputed') "
    "AND d.id = (SELECT MAX(n.id) FROM catalogue_origindecision n WHERE n.work_id = NEW.id))"
)
_SEALED = (
    "EXISTS (SELECT 1 FROM authenticity_sealgrant g WHERE g.maker_id = NEW.maker_id AND g.product_line_id = NEW.product_line_id "
    "AND g.valid_until >= NEW.domestic_until AND g.revoked_on IS NULL)"
)
_LEFT_WITHOUT = (
    "EXISTS (SELECT 1 FROM catalogue_product p JOIN crafts_craft pc ON pc.id = p.craft_id WHERE p.maker_id = OLD.maker_id "
    "AND pc.group_id = OLD.craft_group_id AND p.parent_id IS NULL AND p.origin_state = 'domestic' "
    "AND p.origin_basis = 'declared' AND p.domestic_until >= {today} AND p.domestic_until > {end} AND NOT "
    + _licensed("p.maker_id", "p.craft_id", "p.domestic_until", " AND l.id <> OLD.id")
    + ")"
)

#: An Iranian origin stands on a licence, an officer's newest word, or a seal: raw SQL cannot make one up, nor pull the licence away.
ORIGIN_IN_DATABASE = declare(
    DatabaseRule(
        "origin_follows_proof",
        (
            Guard(
                "catalogue_product",
                "NEW.origin_state = 'domestic' AND NEW.parent_id IS NULL AND (NEW.origin_country <> 'IR' OR NOT ("
                f"(NEW.origin_basis = 'declared' AND {_licensed('NEW.maker_id', 'NEW.craft_id', 'NEW.domestic_until')} "
                f"AND NOT {_DOUBTED}) "
                f"OR (NEW.origin_basis = 'verified' AND {_LATEST_WORD}) OR (NEW.origin_basis = 'seal' AND {_SEALED})))",
                columns=(
                    *("origin_state", "origin_basis", "domestic_until", "origin_country"),
                    *("maker_id", "craft_id", "parent_id"),
                ),
            ),
            Guard(
                "catalogue_product",
                "(OLD.origin_state = 'foreign' AND NEW.origin_state <> 'foreign' "
                "OR OLD.origin_state = 'disputed' AND NEW.origin_state IN ('domestic', 'unproven')) "
                "AND OLD.parent_id IS NULL AND NOT EXISTS (SELECT 1 FROM catalogue_origindecision d WHERE d.work_id = NEW.id "
                "AND d.state = NEW.origin_state AND d.id = "
                "(SELECT MAX(n.id) FROM catalogue_origindecision n WHERE n.work_id = NEW.id))",
                events=("UPDATE",),
                columns=("origin_state",),
                part="doubt",
            ),
            Guard(
                "catalogue_product",
                "OLD.parent_id IS NULL AND NEW.parent_id IS NOT NULL AND OLD.origin_state <> 'domestic'",
                events=("UPDATE",),
                columns=("parent_id",),
                part="parent",
            ),
            Guard(
                "makers_productionlicence",
                _LEFT_WITHOUT.replace(
                    "{end}",
                    "(CASE WHEN NEW.revoked_on IS NULL AND NEW.issued_on <= {today} AND NEW.maker_id = OLD.maker_id "
                    "AND NEW.craft_group_id = OLD.craft_group_id THEN NEW.expires_on ELSE '0001-01-01' END)",
                ),
                events=("UPDATE",),
                columns=("issued_on", "expires_on", "revoked_on", "maker_id", "craft_group_id"),
            ),
            Guard("makers_productionlicence", _LEFT_WITHOUT.replace("{end}", "'0001-01-01'"), events=("DELETE",)),
        ),
    )
)
ORIGIN_DECISIONS_GROW_ONLY = declare(grows_only("origin_decisions_grow_only", "catalogue_origindecision"))

_WITHOUT_PERMIT = (
    "p.origin_state = 'foreign' AND NOT EXISTS (SELECT 1 FROM catalogue_importpermit i WHERE i.id = p.import_permit_id "
    "AND i.maker_id = p.maker_id AND i.country = p.origin_country AND i.state <> 'refused')"
)
_SOLD_WITHOUT_PERMIT = (
    "EXISTS (SELECT 1 FROM catalogue_product c JOIN catalogue_product p ON p.id = COALESCE(c.parent_id, c.id) "
    "WHERE c.id = COALESCE(NEW.product_id, (SELECT o.product_id FROM partner_stockrecord o WHERE o.id = NEW.stockrecord_id)) "
    f"AND {_WITHOUT_PERMIT})"
)
#: Foreign goods are offered and sold nowhere without their import permit.
IMPORT_PERMIT_IN_DATABASE = declare(
    DatabaseRule(
        "require_import_permit",
        (
            Guard(
                "partner_stockrecord",
                "NEW.withdrawn_at IS NULL AND EXISTS (SELECT 1 FROM catalogue_product c "
                f"JOIN catalogue_product p ON p.id = COALESCE(c.parent_id, c.id) WHERE c.id = NEW.product_id AND {_WITHOUT_PERMIT})",
                columns=("product_id", "withdrawn_at", "venue_id"),
            ),
            Guard(
                "catalogue_product",
                _WITHOUT_PERMIT.replace("p.", "NEW.") + " AND EXISTS (SELECT 1 FROM partner_stockrecord s "
                "JOIN catalogue_product c ON c.id = s.product_id WHERE s.withdrawn_at IS NULL AND COALESCE(c.parent_id, c.id) = NEW.id)",
                events=("UPDATE",),
                columns=("origin_state", "origin_country", "import_permit_id", "maker_id"),
            ),
            Guard(
                "catalogue_product",
                "EXISTS (SELECT 1 FROM partner_stockrecord s WHERE s.product_id = NEW.id AND s.withdrawn_at IS NULL) AND ("
                f"(NEW.parent_id IS NULL AND {_WITHOUT_PERMIT.replace('p.', 'NEW.')}) OR "
                f"EXISTS (SELECT 1 FROM catalogue_product p WHERE p.id = NEW.parent_id AND {_WITHOUT_PERMIT}))",
                events=("UPDATE",),
                columns=("parent_id",),
                part="parent",
            ),
            Guard("order_line", _SOLD_WITHOUT_PERMIT, events=("INSERT",)),
            Guard(
                "order_line",
                f"NEW.product_id <> OLD.product_id AND {_SOLD_WITHOUT_PERMIT}",
                events=("UPDATE",),
                columns=("product_id",),
            ),
            Guard(
                "catalogue_importpermit",
                "EXISTS (SELECT 1 FROM catalogue_product p JOIN catalogue_product c ON COALESCE(c.parent_id, c.id) = p.id "
                "JOIN partner_stockrecord s ON s.product_id = c.id WHERE s.withdrawn_at IS NULL AND p.import_permit_id = NEW.id "
                "AND p.origin_state = 'foreign' AND (NEW.state = 'refused' OR NEW.country <> p.origin_country "
                "OR NEW.maker_id <> p.maker_id))",
                events=("UPDATE",),
                columns=("state", "country", "maker_id"),
            ),
        ),
    )
)
