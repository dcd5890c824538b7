"""Countries a work can come from, by ISO 3166-1 code; the names are Unicode's."""

from functools import cache

from babel import Locale

HOME = "IR"
#: Codes that Unicode keeps beside the countries: unions, outlying parts, tests and "unknown".
_NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}


@cache
def countries(language: str) -> list[tuple[str, str]]:
    """(code, name) in a language, Iran first."""
    names = Locale(language).territories
    codes = [code for code in names if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES]
    others = sorted((names[code], code) for code in codes if code != HOME)
    return [(HOME, names[HOME]), *((code, name) for name, code in others)]


def country_name(code: str, language: str) -> str:
    """A country's name, or its code when it is none."""
    return Locale(language).territories.get(code, code)
