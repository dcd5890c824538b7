"""Reads the QR of a label out of a photo. The only importer of the barcode reader."""

import zxingcpp
from PIL import Image

from authenticity.codes import read_code

#: A phone's photo is far larger than the reader needs.
LONGEST_SIDE = 2000


def code_in_photo(photo: Image.Image) -> str:
    """The passport's code in a picture (from `read_picture`), or empty when none can be read."""
    small = photo.convert("L")
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    read = zxingcpp.read_barcodes(small, formats=zxingcpp.BarcodeFormat.QRCode)
    return next((code for one in read if (code := read_code(one.text))), "")
