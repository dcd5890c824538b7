"""The head of a public page, and data for machines inside it."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from marketplace.found.addresses import base_of, whole
from marketplace.found.structured import Node, breadcrumbs
from marketplace.ui.templatetags.rasteh import switch_language_url

register = template.Library()

#: What could end the script element or begin a comment in it stands as an escape of JSON.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&\u2028\u2029"}
#: Codes of Open Graph.
LOCALES = {"fa": "fa_IR", "en": "en_US"}


def data_block(nodes: list[Node]) -> SafeString:
    """A block of JSON-LD. It is data, not a script: the content security policy has nothing to run."""
    whole_page = {"@context": "https://schema.org", "@graph": nodes}
    text = json.dumps(whole_page, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text.translate(_ESCAPES)))


@register.inclusion_tag("found/head.html", takes_context=True)
def found_head(context: template.Context) -> dict[str, Any]:
    """Canonical address, languages, card and JSON-LD of the page; `found_head` and `not_indexed` stand in its context."""
    request, head = context["request"], context.get("found_head")
    base, here = base_of(request), request.build_absolute_uri(request.path)
    nodes = list(head.nodes) if head else []
    if context.get("crumbs"):
        nodes.append(breadcrumbs(context["crumbs"], base=base, home=reverse("shop:home"), here=here))
    language = (get_language() or "fa").split("-")[0]
    shared = head.shared if head else None
    return {
        "not_indexed": context.get("not_indexed"),
        "page_address": here,
        "alternates": [(code, base + _path(switch_language_url(context, code))) for code in LOCALES],
        "default": base + _path(switch_language_url(context, "fa")),
        "shared": shared,
        "image": whole(base, shared.image) if shared and shared.image else "",
        "locale": LOCALES[language],
        "data": data_block(nodes) if nodes else "",
    }


def _path(address: str) -> str:
    return address.partition("?")[0]
