"""The public logs: what happened to seals, labels and keys, each line with the fingerprint of the one before."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from authenticity import keys, passports, seals
from marketplace.core.chain import Check, last_check
from marketplace.core.models import ChainHead, LogEntry
from marketplace.ui.templatetags.rasteh import digits

#: What anybody may read; the officers' own logs are not here.
PUBLIC = {
    seals.LOG: (gettext_lazy("Seals"), gettext_lazy("Who asked for a seal, and what became of it.")),
    passports.LOG: (gettext_lazy("Labels"), gettext_lazy("Labels made, voided, activated, suspended and revoked.")),
    keys.LOG: (gettext_lazy("Keys"), gettext_lazy("The keys our documents are signed with.")),
}
LINES_A_PAGE = 50
#: What is written in a line, as people call it.
WORDS = {
    "scheme": gettext_lazy("Seal"),
    "line": gettext_lazy("Product line"),
    "maker": gettext_lazy("Maker"),
    "round": gettext_lazy("Round"),
    "number": gettext_lazy("Number"),
    "until": gettext_lazy("Good until"),
    "percent": gettext_lazy("Points of 100"),
    "jurors": gettext_lazy("Jurors"),
    "because": gettext_lazy("Reason"),
    "sheet": gettext_lazy("Sheet of labels"),
    "serial": gettext_lazy("Number"),
    "serials": gettext_lazy("Numbers"),
    "key": gettext_lazy("Public key"),
    "since": gettext_lazy("Since"),
    "distrusted": gettext_lazy("Distrusted"),
}


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """The logs there are, how long each is, and what the worker found when it last checked them."""
    heads = {head.chain: head for head in ChainHead.objects.filter(chain__in=PUBLIC)}
    rows = [(name, *words, heads.get(name), last_check(name)) for name, words in PUBLIC.items()]
    return render(request, "shop/logs.html", {"crumbs": [(_("Public log"), "")], "rows": rows})


def _asked(request: HttpRequest, head: int) -> int:
    """The first line to show, counted from the newest."""
    typed = request.GET.get("cursor", "")
    return min(int(typed), head) if typed.isascii() and typed.isdigit() and len(typed) < 18 else head


@require_safe
def show(request: HttpRequest, chain: str) -> HttpResponse:
    """One log, newest first; `?format=json` gives the same lines for a program that works the fingerprints out itself."""
    if chain not in PUBLIC:
        raise Http404
    head = ChainHead.objects.filter(chain=chain).first()
    last = head.number if head else 0
    first = _asked(request, last)
    lines = list(LogEntry.objects.filter(chain=chain, number__lte=first).order_by("-number")[:LINES_A_PAGE])
    older = lines[-1].number - 1 if lines else 0
    if request.GET.get("format") == "json":
        return JsonResponse(_as_json(chain, lines, older), json_dumps_params={"ensure_ascii": False})
    name, about = PUBLIC[chain]
    check: Check | None = last_check(chain)
    context = {
        "crumbs": [(_("Public log"), reverse("shop:logs")), (name, "")],
        "chain": chain,
        "name": name,
        "about": about,
        "check": check,
        "total": last,
        "lines": [(line, _facts(line.body)) for line in lines],
        "not_indexed": first < last,
        "previous_cursor": min(first + LINES_A_PAGE, last) if first < last else "",
        "next_cursor": older or "",
    }
    return render(request, "shop/log.html", context)


def _facts(body: dict[str, Any]) -> list[tuple[str, str]]:
    facts = []
    for key, value in sorted(body.items()):
        told = ", ".join(map(str, value)) if isinstance(value, list) else _told(value)
        facts.append((str(WORDS.get(key, key)), told))
    return facts


def _told(value: Any) -> str:
    """A count in the reader's digits; the number of a label or a seal as it is printed."""
    return digits(value) if isinstance(value, int | float) else str(value)


def _as_json(chain: str, lines: list[LogEntry], older: int) -> dict[str, Any]:
    return {
        "chain": chain,
        "lines": [
            {
                "number": line.number,
                "at": line.at.isoformat(),
                "kind": line.kind,
                "body": line.body,
                "previous": line.previous_hash,
                "hash": line.hash,
            }
            for line in lines
        ],
        "older": older or None,
    }
