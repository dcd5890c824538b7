"""Whether every word of a JSON-LD document has a meaning. JCS signs words, not meanings, so a library that only checks the
signature lets any word pass.

Follows contexts as JSON-LD 1.1 does: lists and addresses of contexts, `@protected`, `@vocab`, contexts of a type (which do not reach
into the objects below) and of a property (which do). `@import`, `@nest` and `@reverse` are refused: no credential needs them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from authenticity.credentials.proof import jcs
from authenticity.credentials.verdict import NotAccepted, State

Load = Callable[[str], Any]
#: What W3C's own context for "undefined" words maps them to.
SAID_UNDEFINED = "https://www.w3.org/ns/credentials/undefined-term#"
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_DEEPEST = 16


@dataclass(frozen=True)
class Term:
    """What a context says of a word; `iri` is None where it says that the word means nothing."""

    iri: str | None
    kind: str | None = None
    containers: tuple[str, ...] = ()
    has_context: bool = False
    context: Any = None
    is_protected: bool = False

    def same_as(self, other: "Term") -> bool:
        """Equal but for protection."""
        mine, others = (replace(one, context=None, is_protected=False) for one in (self, other))
        return mine == others and jcs(self.context) == jcs(other.context)


@dataclass(frozen=True)
class Active:
    """The words in force at a place of the document; `before` is what holds again one object below a type's own context."""

    terms: dict[str, Term] = field(default_factory=dict)
    vocab: str | None = None
    before: "Active | None" = None


def undefined_terms(document: Any, load: Load) -> list[str]:
    """The words without a meaning, with their places: `$.credentialSubject.colour`.

    `load` gives the context at an address. Raises NotAccepted for a context that is missing, or redefines a protected word.
    """
    found: list[str] = []
    try:
        _walk(document, Active(), load, "$", found)
    except RecursionError as error:
        raise NotAccepted(State.MALFORMED, "The document is nested too deeply.") from error
    return found


def _walk(node: Any, active: Active, load: Load, place: str, found: list[str], scope: Term | None = None) -> None:
    if isinstance(node, list):
        for inner in node:
            _walk(inner, active, load, place, found, scope)
        return
    if not isinstance(node, dict):
        return
    if active.before is not None and "@value" not in node:
        active = active.before
    if scope is not None and scope.has_context:
        active = _extend(active, scope.context, load, overrides=True)
    if "@context" in node:
        active = _extend(active, node["@context"], load)
    outer = active
    for kind in sorted(_types(node, active)):
        term = outer.terms.get(kind)
        if term is not None and term.has_context:
            active = replace(_extend(active, term.context, load), before=active.before or outer)
        if _meaning(outer, kind) is None:
            found.append(f"{place}: type {kind}")
    for name, value in node.items():
        if name != "@context":
            _walk_property(name, value, active, load, f"{place}.{name}", found)


def _types(node: dict, active: Active) -> set[str]:
    values = [value for name, value in node.items() if _meaning(active, name) == "@type"]
    flat = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return {one for one in flat if isinstance(one, str)}


def _walk_property(name: str, value: Any, active: Active, load: Load, place: str, found: list[str]) -> None:
    meaning = _meaning(active, name)
    if meaning is None:
        found.append(place)
        return
    if meaning.startswith("@"):
        if meaning in ("@graph", "@list", "@set", "@included"):
            _walk(value, active, load, place, found)
        elif meaning in ("@reverse", "@nest", "@import"):
            raise NotAccepted(State.MALFORMED, f"{meaning} has no place in a credential ({place}).")
        return
    term = active.terms.get(name) or Term(meaning)
    if term.kind == "@json" or "@language" in term.containers:
        return
    if term.kind == "@vocab" and isinstance(value, str):
        inner = _extend(active, term.context, load, overrides=True) if term.has_context else active
        if _meaning(inner, value) is None:
            found.append(f"{place}: {value}")
    if {"@index", "@id", "@type"} & set(term.containers) and isinstance(value, dict):
        for each in value.values():
            _walk(each, active, load, place, found, term)
        return
    _walk(value, active, load, place, found, term)


def _meaning(active: Active, word: str) -> str | None:
    """The IRI or keyword a word stands for, or None."""
    if word.startswith("@"):
        return word
    if word in active.terms:
        iri = active.terms[word].iri
    elif ":" in word:
        prefix, rest = word.split(":", 1)
        known = active.terms.get(prefix)
        iri = known.iri + rest if known is not None and known.iri else word
    else:
        iri = active.vocab + word if active.vocab is not None else None
    if iri is None or iri.startswith(SAID_UNDEFINED):
        return None
    return iri if iri.startswith("@") or _ABSOLUTE.fullmatch(iri) else None


def _extend(active: Active, context: Any, load: Load, *, overrides: bool = False, depth: int = 0) -> Active:
    if depth > _DEEPEST:
        raise NotAccepted(State.MALFORMED, "Contexts name each other without end.")
    if context is None:
        if not overrides and any(term.is_protected for term in active.terms.values()):
            raise NotAccepted(State.CONTEXT_ALTERED, "A context tries to take protected words away.")
        return Active(before=active.before)
    if isinstance(context, list):
        for one in context:
            active = _extend(active, one, load, overrides=overrides, depth=depth + 1)
        return active
    if isinstance(context, str):
        loaded = load(context)
        if not isinstance(loaded, dict) or "@context" not in loaded:
            raise NotAccepted(State.MALFORMED, f"There is no context at {context}.")
        return _extend(active, loaded["@context"], load, overrides=overrides, depth=depth + 1)
    if not isinstance(context, dict) or "@import" in context:
        raise NotAccepted(
            State.MALFORMED, "A context is an object, an address, or a list of these, and imports nothing."
        )
    return _with_terms(active, context, overrides)


def _with_terms(active: Active, context: dict[str, Any], overrides: bool) -> Active:
    vocab = context.get("@vocab", active.vocab)
    base = replace(active, vocab=vocab if isinstance(vocab, str) else None)
    terms, protected = dict(active.terms), context.get("@protected") is True
    for word, said in context.items():
        if word.startswith("@"):
            continue
        term = _defined(word, said, base, context, protected)
        old = active.terms.get(word)
        if old is not None and old.is_protected and not overrides:
            if not term.same_as(old):
                raise NotAccepted(State.CONTEXT_ALTERED, f"A context gives the protected word {word} another meaning.")
            term = replace(term, is_protected=True)
        terms[word] = term
    return replace(base, terms=terms)


def _defined(word: str, said: Any, base: Active, context: dict[str, Any], protected: bool) -> Term:
    if said is None or isinstance(said, str):
        return Term(_resolve(said, base, context) if said else None, is_protected=protected)
    if not isinstance(said, dict) or "@reverse" in said:
        raise NotAccepted(State.MALFORMED, f"A context defines {word} in a way no credential needs.")
    iri = said.get("@id", word)
    containers = said.get("@container") or []
    return Term(
        iri=_resolve(iri, base, context, word) if isinstance(iri, str) else None,
        kind=said.get("@type") if isinstance(said.get("@type"), str) else None,
        containers=tuple(containers) if isinstance(containers, list) else (containers,),
        has_context="@context" in said,
        context=said.get("@context"),
        is_protected=said.get("@protected", protected) is True,
    )


def _resolve(iri: str, base: Active, context: dict[str, Any], word: str = "", depth: int = 0) -> str | None:
    """The IRI of a definition: it may be written with another word of the same context, in whatever order they stand."""
    if iri.startswith("@"):
        return iri
    if depth > _DEEPEST:
        raise NotAccepted(State.MALFORMED, f"The word {word or iri} is defined by itself.")
    prefix, colon, rest = iri.partition(":")
    for known, tail in ((iri, ""), (prefix, rest)) if colon else ((iri, ""),):
        if known != word and known in context and not rest.startswith("//"):
            said = context[known]
            inner = said.get("@id") if isinstance(said, dict) else said
            above = _resolve(inner, base, context, known, depth + 1) if isinstance(inner, str) else None
            return above + tail if above else None
    meaning = _meaning(base, iri) if iri != word or colon else None
    if meaning is None and not colon and base.vocab is not None:
        return base.vocab + iri
    return meaning
