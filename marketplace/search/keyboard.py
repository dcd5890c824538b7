"""What was meant by someone whose keyboard was set to the other language: 'gdl is گلیم."""

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,"
_PERSIAN = "ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدئو"
#: Shift and the keys around them, as the Windows and the ISIRI 9147 layouts have them.
_MORE = {"\\": "پ", "`": "پ", "C": "ژ", "H": "آ", "M": "ء", "G": "ۀ", "Z": "ة", "X": "ي", "N": "أ"}

_TO_PERSIAN = str.maketrans(_LATIN, _PERSIAN)
_TO_PERSIAN_SHIFTED = {ord(key): letter for key, letter in _MORE.items()}
#: پ lies on m on the ISIRI 9147 layout; no Latin word has the keys it lies on elsewhere.
_TO_LATIN = str.maketrans(_PERSIAN + "پ", _LATIN + "m")


def other_layout(text: str) -> str:
    """The same keys on the other layout: Persian for Latin letters, Latin for Persian ones; empty when nothing changes."""
    if any(letter in _PERSIAN + "پ" for letter in text):
        typed = text.translate(_TO_LATIN)
    else:
        shifted = text.translate(_TO_PERSIAN_SHIFTED)
        typed = shifted.lower().translate(_TO_PERSIAN)
    return typed if typed != text else ""


def other_layouts(text: str) -> list[str]:
    """Every reading of the keys on another layout, the likeliest first: m is ئ on Windows and پ by ISIRI 9147."""
    typed = other_layout(text)
    return [*filter(None, dict.fromkeys((typed, typed.replace("ئ", "پ"))))]
