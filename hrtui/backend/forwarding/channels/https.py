"""Delivering by an HTTPS upload: one request with all files, or one request for each."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from urllib.parse import quote

import httpx2

from hrtui.backend.forwarding.channels.port import SECONDS, DeliveryError, Setup, trust_of
from hrtui.backend.forwarding.package import Package
from hrtui.failpoints import failpoint
from hrtui.i18n import t


class HttpsChannel:
    """`url`, `method` (POST: all files as one form; PUT: each below the URL), perhaps `ca_file`.

    The secret `token` goes along as a bearer token. `Idempotency-Key` is the transmission's id, and
    `Hrtui-Try` above 1 says that it may be a repetition.
    """

    def __init__(self, setup: Setup) -> None:
        self._setup = setup

    def send(self, package: Package) -> str:
        """Upload; any status but 2xx is a refusal."""
        headers = {"Idempotency-Key": str(package.transmission_id), "Hrtui-Try": str(package.tries)}
        with self._client() as client:
            if self._setup["method"] == "PUT":
                for name, content in package.files:
                    url = f"{self._setup['url'].rstrip('/')}/{quote(package.name)}/{quote(name)}"
                    self._ask(client, "PUT", url, headers=headers, content=content)
                    failpoint("deliver.uploaded")
            else:
                files = [("file", (name, content)) for name, content in package.files]
                data = {"transmission": str(package.transmission_id), "try": str(package.tries)}
                self._ask(client, "POST", self._setup["url"], headers=headers, files=files, data=data)
                failpoint("deliver.uploaded")
        failpoint("deliver.renamed")
        return self._setup["url"]

    def test(self) -> str:
        """Ask the server for its options."""
        with self._client() as client:
            try:
                status = client.request("OPTIONS", self._setup["url"]).status_code
            except httpx2.HTTPError as problem:
                raise _failure(problem) from problem
        if status in (401, 403):
            raise DeliveryError(t("The server refuses the token."))
        return t("The server answers (HTTP {status}).", status=status)

    def answers(self) -> Iterator[tuple[str, bytes]]:
        """None come back this way."""
        yield from ()

    def _client(self) -> httpx2.Client:
        token = self._setup.secrets.get("token", "")
        trust = trust_of(self._setup) if self._setup["ca_file"] else True
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx2.Client(headers=headers, verify=trust, timeout=SECONDS, follow_redirects=False)

    def _ask(self, client: httpx2.Client, method: str, url: str, **more: object) -> None:
        try:
            answer = client.request(method, url, **more)  # type: ignore[arg-type]
        except httpx2.HTTPError as problem:
            raise _failure(problem) from problem
        if not answer.is_success:
            raise DeliveryError(t("The server refuses the files (HTTP {status}).", status=answer.status_code))


def _failure(problem: httpx2.HTTPError) -> DeliveryError:
    if isinstance(problem.__cause__, ssl.SSLError) or "CERTIFICATE" in str(problem).upper():
        return DeliveryError(t("The server's certificate is not trusted."))
    return DeliveryError(t("The server cannot be reached ({reason}).", reason=type(problem).__name__))
