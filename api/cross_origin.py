"""Web pages of other addresses: which may call from a browser. None may unless settings name it."""

from collections.abc import Sequence

from litestar.config.cors import CORSConfig

_TOLD = ("Retry-After", "WWW-Authenticate")  # of a response, beside what a page may always read


def cors(origins: Sequence[str]) -> CORSConfig | None:
    """Return what Litestar is told; None leaves out every header of CORS.

    Keys travel in a header that the page sets itself: no cookie is ever wanted, so credentials
    stay forbidden. A browser asks first without a key, and is answered.
    """
    if not origins:
        return None
    return CORSConfig(
        allow_origins=list(origins),
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["*"],
        expose_headers=list(_TOLD),
    )
