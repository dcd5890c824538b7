"""Reads the QR of a label out of a photo. The only importer of OpenCV's detector here."""

import cv2
import numpy
from PIL import Image

from authenticity.codes import read_code

#: A phone's photo is far larger than the detector needs, and it is slow on large ones.
LONGEST_SIDE = 1600


def code_in_photo(photo: Image.Image) -> str:
    """The passport's code in a picture (from `read_picture`), or empty when none can be read."""
    small = photo.copy()
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    pixels = numpy.asarray(small.convert("L"))
    found, texts, _points, _straight = cv2.QRCodeDetector().detectAndDecodeMulti(pixels)
    return next((code for code in map(read_code, texts if found else ()) if code), "")
