from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

# Sixty indicators with long guidance take less than a tenth of it.
_MAX_BYTES = 1024 * 1024


class InstrumentFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Instrument file"),
        help_text=gettext_lazy("A TOML file, as an instrument's page gives it for download."),
        widget=forms.FileInput(attrs={"accept": ".toml"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty."),
        },
    )

    def clean_file(self) -> UploadedFile[bytes]:
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        if upload.size is not None and upload.size > _MAX_BYTES:
            raise ValidationError(
                _("This file has %(size)s; an instrument file has at most %(limit)s.")
                % {"size": filesizeformat(upload.size), "limit": filesizeformat(_MAX_BYTES)}
            )
        return upload
