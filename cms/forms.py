"""Editors' pictures come in by the same door as everyone's."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from wagtail.images.forms import BaseImageForm

from marketplace.core.pictures import read_picture

#: An original that renditions are cut from: better than what is shown.
QUALITY = 90


#: What a picture shows, for those who do not see it: asked for in both languages.
WORDS = ("alt_fa", "alt_en")


class CmsImageForm(BaseImageForm):
    """Encodes an upload anew before anything is stored, and asks what the picture shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WORDS:
            if name in self.fields:
                self.fields[name].required = True

    def clean_file(self) -> UploadedFile:
        """The picture as a clean WebP. Raises ValidationError as `read_picture` does."""
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        out = io.BytesIO()
        read_picture(file).save(out, "WEBP", quality=QUALITY, method=2)
        name = file.name or "picture"
        return SimpleUploadedFile(f"{name.rsplit('.', 1)[0]}.webp", out.getvalue(), "image/webp")
