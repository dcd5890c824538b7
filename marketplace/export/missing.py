"""What a dossier lacks, in words: what this market knows of, and no more."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core.persian import group_digits
from marketplace.export.checking import checked
from marketplace.export.models import Consignment
from marketplace.export.papers.facts import Facts


def missing(consignment: Consignment, facts: Facts, *, on: date) -> list[str]:
    """Sentences in the reader's language; empty when nothing is known to be missing."""
    language = (get_language() or "fa")[:2]
    found = [
        _("The HS code of “%(work)s” is not written.") % {"work": item.title.of(language)}
        for item in facts.items
        if not item.hs_code
    ]
    if not facts.items:
        found.append(_("Nothing is in the consignment yet."))
    if not facts.seller.number:
        found.append(_("The number of the exporter's commercial card is not written."))
    if not consignment.paid_on and consignment.origin == Consignment.Origin.REQUEST:
        found.append(_("No payment of the buyer is recorded."))
    if not facts.parcels:
        return [*found, _("The cartons are not filled: packing list, marks and customs forms follow then.")]
    result = checked(consignment, on=on)
    found += [stop.sentence for stop in result.stops]
    if result.unlabelled:
        found.append(
            _("Pieces without a label of their own: %(number)s.")
            % {"number": group_digits(result.unlabelled, language=language)}
        )
    found.append(_("The certificate of origin itself: the chamber gives it upon the request."))
    return found
