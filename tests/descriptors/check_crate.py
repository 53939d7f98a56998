"""
Print what ``roc-validator`` has against an RO-Crate, a line each: ``check_crate.py FOLDER SEVERITY SCRATCH``.

Without a network: the context comes from the library ``rocrate``, by way of the validator's own cache.
A process of its own, since the validator changes how rdflib reads contexts.
"""

from __future__ import annotations

import importlib.resources
import io
import sys
from pathlib import Path


CONTEXT = "https://w3id.org/ro/crate/1.3/context"


def keep_context(cache):
    """
    Put the installed context into the validator's *cache*, as if it had been fetched.
    """
    from requests import Response  # noqa: PLC0415
    from requests.adapters import BaseAdapter  # noqa: PLC0415
    from rocrate_validator.utils.http import HttpRequester  # noqa: PLC0415
    from urllib3 import HTTPResponse  # noqa: PLC0415

    class Installed(BaseAdapter):
        """
        Answers every request with the context.
        """

        def send(self, request, **_options):
            """
            The context.
            """
            data = (importlib.resources.files("rocrate") / "data" / "ro-crate.jsonld").read_bytes()
            response = Response()
            response.status_code, response.url, response.request = 200, request.url, request
            response.headers["Content-Type"] = "application/ld+json"
            response.raw = HTTPResponse(io.BytesIO(data), headers=response.headers, preload_content=False)

            return response

        def close(self):
            """
            Nothing is open.
            """

    HttpRequester.initialize_cache(cache_path=str(cache), offline=False)
    session = HttpRequester().session
    session.mount(CONTEXT, Installed())
    session.get(CONTEXT)


def main(folder, severity, scratch):
    """
    Validate the crate in *folder*, with the cache in *scratch*.
    """
    from rocrate_validator.models import Severity  # noqa: PLC0415
    from rocrate_validator.services import ValidationSettings, validate  # noqa: PLC0415

    cache = Path(scratch) / "cache"
    keep_context(cache)
    settings = ValidationSettings(
        rocrate_uri=folder,
        profile_identifier="ro-crate-1.3",
        requirement_severity=Severity[severity],
        cache_path=cache,
        offline=True,
    )
    for issue in validate(settings).get_issues(Severity[severity]):
        print(f"{issue.severity.name}: {issue.message}")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
