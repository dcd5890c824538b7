import pytest
from PIL import Image

from catalogue.models import ProductImage
from catalogue.pictures import add_picture
from tests.core.test_pictures import own_media, photo, stored_files  # noqa: F401


def test_pictures_stand_in_the_order_given(kilim):
    first = add_picture(work=kilim, image=photo(1300, 1000), alt_fa="گلیم", alt_en="A kilim")
    second = add_picture(work=kilim, image=Image.new("RGB", (400, 400), (140, 43, 33)), is_demo=True)
    assert (first.display_order, second.display_order) == (0, 1)
    assert (first.width, first.height, list(first.sizes)) == (1200, 923, ["320", "640", "1200"])
    assert (first.alt_fa, first.alt_en, first.is_demo) == ("گلیم", "A kilim", False)
    assert (second.colour, second.is_demo, second.original.name) == ("#8c2b21", True, second.sizes["400"])


def test_no_file_is_left_when_the_row_cannot_be_written(kilim, own_media, monkeypatch):  # noqa: F811
    def fails(**_fields):
        raise RuntimeError("the table is gone")

    monkeypatch.setattr(ProductImage.objects, "create", fails)
    with pytest.raises(RuntimeError):
        add_picture(work=kilim, image=photo())
    assert stored_files(own_media) == []
