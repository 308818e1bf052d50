"""Where the sample articles are: in the checkout, or where the installed package has put them."""

import sysconfig
from pathlib import Path

from index.errors import InputError

_CHECKOUT = Path(__file__).parents[1] / "samples" / "articles"
_INSTALLED = Path(sysconfig.get_path("data")) / "share" / "pullquote" / "samples"
SAMPLES = _CHECKOUT if _CHECKOUT.is_dir() else _INSTALLED


class SamplesMissingError(InputError):
    """The sample articles are not where they should be."""


def sample_folder(folder: Path = SAMPLES) -> Path:
    """Return the folder of the samples. Raises SamplesMissingError if it is not there."""
    if not folder.is_dir():
        raise SamplesMissingError(
            f"The sample articles are not in {folder}.",
            remedy="They come with a checkout (git clone, make demo); or name others: --samples.",
        )
    return folder
