"""A work shows a seal only where a grant in force covers it; a piece has one passport, within its maker's capacity."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from authenticity.claims import Claim, seal_claims, unbacked
from authenticity.models import Passport, SealGrant, SealScheme, Transfer
from catalogue.models import Product
from marketplace.core.refusals import Refused
from marketplace.makers.models import ProductionLicence

#: Labels of one sheet's file.
MOST_LABELS = 440


def require_valid_seal(grant: SealGrant, *, work: Product, on: date) -> None:
    """Raises ValidationError with code `seal_other_maker`, `seal_other_line`, `seal_revoked`, `seal_suspended`, `seal_not_yet` or
    `seal_expired`."""
    for broken, code, sentence in (
        (grant.maker_id != work.maker_id, "seal_other_maker", _("This seal was given to another maker.")),
        (
            work.product_line_id is None or grant.product_line_id != work.product_line_id,
            "seal_other_line",
            _("This seal was given to another product line, not to this work's."),
        ),
        (
            grant.revoked_on is not None and grant.revoked_on <= on,
            "seal_revoked",
            _("This seal was revoked."),
        ),
        (
            grant.suspended_on is not None and grant.suspended_on <= on,
            "seal_suspended",
            _("This seal is suspended while a question is looked into."),
        ),
        (grant.valid_from > on, "seal_not_yet", _("This seal is not in force yet.")),
        (grant.valid_until < on, "seal_expired", _("This seal has expired.")),
    ):
        if broken:
            raise ValidationError(sentence, code=code)


def forbid_unbacked_seal_words(
    work: Product, texts: Iterable[str], *, in_force: Callable[[], Iterable[SealGrant]]
) -> None:
    """A text names a seal only while a grant in force covers its work's maker and product line.

    `in_force`: those grants, asked for only where a text names a seal. Raises Refused with code `seal_words`; its params quote words
    and seals.
    """
    claims = seal_claims(*texts)
    lacking = unbacked(claims, {grant.scheme.slug for grant in in_force()}) if claims else []
    if not lacking:
        return
    raise Refused(
        _(
            "The text says “%(words)s”, but no such seal (%(seals)s) is in force for this maker and the product line of this work. Take "
            "these words out of names, descriptions and photo texts, or put the work into the product line that the seal was given to; "
            "if you have no such seal, ask for it first."
        ),
        rule="forbid_unbacked_seal_words",
        code="seal_words",
        params={
            "words": " / ".join(claim.words for claim in lacking),
            "seals": lambda: _names_of(lacking),
        },
        subject=work,
        seller=work.maker,
    )


def _names_of(claims: list[Claim]) -> str:
    """The seals that are claimed, by name in the reader's language; one that the market does not know is called as the text calls it."""
    wanted = {slug for claim in claims for slug in claim.schemes}
    known = {scheme.slug: scheme.name for scheme in SealScheme.objects.filter(slug__in=wanted)}
    strange = {claim.words for claim in claims if not claim.schemes & known.keys()}
    return " / ".join(sorted({*known.values(), *strange}))


def require_passport_origin(work: Product, *, on: date) -> None:
    """Only a work whose Iranian origin holds today gets passports. Raises ValidationError with code `not_domestic`."""
    if not work.is_domestic_on(on):
        raise ValidationError(
            _(
                "Passports are made for works whose Iranian origin is shown. Renew the licence, or ask an officer to verify it."
            ),
            code="not_domestic",
        )


def require_label_quota(licences: Iterable[ProductionLicence], *, made: int, wanted: int) -> None:
    """Labels of a year stay within the licensed capacity (pieces) of the craft's group; void ones count not.

    Raises ValidationError with code `no_capacity` where no licence names one, or `over_capacity` with `left`.
    """
    capacity = sum(licence.pieces_a_year or 0 for licence in licences)
    if capacity == 0:
        raise ValidationError(
            _(
                "Your licence names no yearly capacity. Send the licence in with its capacity; labels are made within it."
            ),
            code="no_capacity",
        )
    if made + wanted > capacity:
        raise ValidationError(
            _(
                "Your licence covers %(capacity)s pieces a year, and %(left)s are left. Ask for fewer labels, or send in a wider licence."
            ),
            code="over_capacity",
            params={"capacity": capacity, "left": max(0, capacity - made)},
        )


def require_gtin(gtin: str) -> None:
    """A GTIN is the seller's own and real: 8, 12, 13 or 14 digits with their check digit, or none. Raises `bad_gtin`."""
    if not gtin:
        return
    digits = [int(digit) for digit in gtin] if gtin.isascii() and gtin.isdigit() else []
    total = sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    if len(digits) not in (8, 12, 13, 14) or total % 10:
        raise ValidationError(
            _(
                "This is no GTIN: it has 8, 12, 13 or 14 digits and ends with their check digit. Leave it empty if you have none."
            ),
            code="bad_gtin",
        )


def require_free_gtin(is_anothers: bool) -> None:
    """A GTIN belongs to one seller. Raises ValidationError with code `gtin_of_another`."""
    if is_anothers:
        raise ValidationError(
            _("Labels of another maker carry this GTIN; it cannot be yours too."), code="gtin_of_another"
        )


def require_sheet_size(count: int) -> None:
    """Raises ValidationError with code `sheet_size`, with `most`, for a sheet without labels or with more than one can handle."""
    if not 1 <= count <= MOST_LABELS:
        raise ValidationError(
            _("A sheet has 1 to %(most)s labels; make a second one for more."),
            code="sheet_size",
            params={"most": MOST_LABELS},
        )


def require_sheet_kept(is_kept: bool) -> None:
    """Raises ValidationError with code `sheet_gone` once a sheet was printed or its time is over."""
    if not is_kept:
        raise ValidationError(
            _("This sheet is not kept any more. Void labels that were not printed, and make new ones."),
            code="sheet_gone",
        )


def require_in_force(passport: Passport, *, on: date) -> None:
    """Raises ValidationError with code `passport_not_in_force` for a void, revoked, suspended or expired passport."""
    ended = passport.valid_until is not None and passport.valid_until < on
    if passport.voided_on or passport.revoked_on or passport.suspended_on or ended:
        raise ValidationError(_("This passport is not in force."), code="passport_not_in_force")


def forbid_lasting_end(passport: Passport) -> None:
    """Raises ValidationError with code `passport_ended` for a passport that was revoked or voided already."""
    if passport.revoked_on or passport.voided_on:
        raise ValidationError(_("This passport was revoked or voided already."), code="passport_ended")


def require_not_activated(passport: Passport) -> None:
    """A piece is activated once. Raises ValidationError with code `activated_before`."""
    if passport.activated_at is not None:
        raise ValidationError(
            _("This piece was activated before. If you just bought it as new, tell us with “Report a doubt”."),
            code="activated_before",
        )


def require_scratch(fits: bool) -> None:
    """Raises ValidationError with code `wrong_scratch`."""
    if not fits:
        raise ValidationError(_("This is not the word under the scratch field of this label."), code="wrong_scratch")


def require_unused_label(passport: Passport) -> None:
    """A label that left with a piece, or was activated, is not spoiled. Raises ValidationError with code `label_used`."""
    if passport.activated_at is not None or passport.dispatched_at is not None:
        raise ValidationError(
            _("This label is in use and cannot be voided; it can be suspended or revoked."), code="label_used"
        )


def require_own_passport(passport: Passport, *, maker_id: int | None, work_id: int | None = None) -> None:
    """Raises ValidationError with code `other_makers_passport` for a label of another maker, or of another work than was sold."""
    if passport.maker_id != maker_id or (work_id is not None and passport.work_id != work_id):
        raise ValidationError(_("This label belongs to another maker or another work."), code="other_makers_passport")


def require_free_for_dispatch(passport: Passport) -> None:
    """Raises ValidationError with code `sent_before` for a piece that left with an order already."""
    if passport.dispatched_at is not None:
        raise ValidationError(_("The piece with this label was sent before."), code="sent_before")


def require_owner(passport: Passport, person: Any) -> None:
    """Only its owner gives a title away. Raises ValidationError with code `not_owner`."""
    if person is None or passport.owner_id != person.pk:
        raise ValidationError(_("Only the owner of this piece can pass its title on."), code="not_owner")


def require_open_transfer(transfer: Transfer | None, *, now: datetime) -> None:
    """Raises ValidationError with code `transfer_closed`."""
    if transfer is None or transfer.accepted_at or transfer.withdrawn_at or transfer.ends_at < now:
        raise ValidationError(_("This offer of a title is not open any more."), code="transfer_closed")


def require_given_scheme(scheme: SealScheme, *, year: int) -> None:
    """A body gives its award in its own years only (UNESCO until 2012, the World Crafts Council from 2014), and to product lines.

    Raises ValidationError with code `scheme_closed`.
    """
    early = scheme.first_year is not None and year < scheme.first_year
    late = scheme.last_year is not None and year > scheme.last_year
    if early or late or scheme.given_to != SealScheme.Subject.PRODUCT_LINE:
        raise ValidationError(
            _("“%(scheme)s” is not given today, so nobody can apply for it."),
            code="scheme_closed",
            params={"scheme": scheme.name},
        )


def require_applicant(*, maker_id: int, line_maker_id: int, licensed: bool) -> None:
    """A seal is asked for one's own product line, by a maker licensed for its craft. Codes `other_makers_line`, `no_licence`."""
    if maker_id != line_maker_id:
        raise ValidationError(_("This product line belongs to another maker."), code="other_makers_line")
    if not licensed:
        raise ValidationError(
            _(
                "A seal is given to makers with a production licence in force for the craft. Send your licence in first."
            ),
            code="no_licence",
        )


def require_papers(count: int) -> None:
    """Raises ValidationError with code `no_papers` for an application without a paper or photo."""
    if count == 0:
        raise ValidationError(_("Add at least one paper or photo that shows the work."), code="no_papers")


def require_state(state: str, *allowed: str) -> None:
    """An application goes its way in order. Raises ValidationError with code `wrong_step`."""
    if state not in allowed:
        raise ValidationError(_("This application is at another step by now."), code="wrong_step")


def require_standing_grant(grant: SealGrant) -> None:
    """Raises ValidationError with code `seal_revoked` for a grant that was revoked: that stays."""
    if grant.revoked_on is not None:
        raise ValidationError(_("This seal was revoked."), code="seal_revoked")


def require_first_application(asked_before: bool) -> None:
    """A line asks for a seal once a round, unless it was refused. Raises ValidationError with code `applied_before`."""
    if asked_before:
        raise ValidationError(
            _("This product line has an application for this seal in this year's round already."), code="applied_before"
        )


def require_suspended(grant: SealGrant) -> None:
    """Raises ValidationError with code `not_suspended` for a grant that is not suspended."""
    if grant.suspended_on is None:
        raise ValidationError(_("This seal is not suspended."), code="not_suspended")


def forbid_suspended(grant: SealGrant) -> None:
    """Raises ValidationError with code `seal_suspended` for a grant that is suspended already."""
    if grant.suspended_on is not None:
        raise ValidationError(_("This seal is suspended while a question is looked into."), code="seal_suspended")


def require_pdf(content: bytes) -> None:
    """A certificate is kept byte for byte, for its digest is in credentials. Raises ValidationError with code `paper_kind`."""
    if not content.startswith(b"%PDF-"):
        raise ValidationError(_("Send the certificate as a PDF."), code="paper_kind")
