"""The key file of the backend, its settings, and certificates of an authority of one's own."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hrtui.backend.accounts.settings import accounts_of
from hrtui.backend.accounts.vault import Vault, VaultError
from hrtui.backend.config import Config, ConfigError, read_config
from hrtui.backend.database import Database
from hrtui.backend.serve import look_at_database
from hrtui.sync.account_api import AccountApi, http_client
from tests.backend.accounts.phone import refused


def test_what_is_sealed_opens_with_the_same_key_for_the_same_user_only(tmp_path: Path) -> None:
    file = tmp_path / "accounts.key"
    sealed = Vault.open(file).seal("GEZDGNBV", "app 7")
    assert "GEZDGNBV" not in sealed
    assert file.stat().st_mode & 0o777 == 0o600
    assert Vault.open(file).unseal(sealed, "app 7") == "GEZDGNBV"
    with pytest.raises(VaultError, match="moved to another account"):
        Vault.open(file).unseal(sealed, "app 8")
    file.write_text("11" * 32 + "\n" + file.read_text())
    turned = Vault.open(file)
    assert turned.unseal(sealed, "app 7") == "GEZDGNBV"
    assert turned.seal("x", "y").partition(":")[0] != sealed.partition(":")[0]
    file.write_text("11" * 32)
    with pytest.raises(VaultError, match="not the one"):
        Vault.open(file).unseal(sealed, "app 7")


@pytest.mark.parametrize("content", ["", "abc", "00" * 31, "zz" * 32])
def test_a_key_file_that_is_no_key_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "accounts.key"
    file.write_text(content)
    file.chmod(0o600)
    with pytest.raises(VaultError, match=r"accounts\.key"):
        Vault.open(file)
    file.chmod(0o644)
    with pytest.raises(VaultError, match="readable by others"):
        Vault.open(file)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"mail": "mailto://localhost"}, "has no {address}"),
        ({"sms": "nonsense://{address}"}, "no URL of a service"),
        ({"colour": "red"}, "There is no setting “accounts.colour”"),
        ({"url": 7}, "wrong kind"),
    ],
)
def test_wrong_settings_are_told_at_the_start(
    tmp_path: Path, given: dict[str, object], sentence: str
) -> None:
    url = f"sqlite:///{tmp_path / 'server.db'}"
    with pytest.raises(ConfigError) as found:
        accounts_of(Config(url, extra={"accounts": given}), Database.open(url))
    assert sentence in str(found.value)


def test_plain_http_to_this_computer_goes_through_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Nothing."""

    heard: list[str] = []
    with HTTPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.server_port}")
        with http_client("http://127.0.0.1:9") as client, pytest.raises(httpx2.ConnectError):
            client.get("/v1/auth/me", headers={"Authorization": "Bearer secret"})
        server.shutdown()
    assert heard == []


@pytest.mark.parametrize(
    ("content", "mode", "closed"),
    [
        ('database = "postgresql://hrtui:geheim@db/hrtui"', 0o644, True),
        ('[accounts]\nmail = "mailtos://hrtui:geheim@smtp.example.org?to={address}"', 0o644, True),
        ('[accounts]\nmail = "mailtos://hrtui:geheim@smtp.example.org?to={address}"', 0o640, False),
        ('database = "postgresql://hrtui_app@/hrtui?host=/run/postgresql"', 0o644, False),
        ('[accounts]\nmail = "mailto://localhost:25?from=hrtui@example.org&to={address}"', 0o644, False),
    ],
)
def test_a_password_lies_in_no_file_that_everybody_can_read(
    tmp_path: Path, content: str, mode: int, closed: bool
) -> None:
    file = tmp_path / "backend.toml"
    file.write_text(content)
    file.chmod(mode)
    if closed:
        with pytest.raises(ConfigError, match="chmod o-rwx") as found:
            read_config(file, {}, "sqlite:///server.db")
        assert "geheim" not in str(found.value)
    else:
        assert read_config(file, {}, "sqlite:///server.db").database


def test_the_key_of_tls_is_for_no_other_eyes(tmp_path: Path) -> None:
    key = tmp_path / "tls.key"
    key.touch(0o600)
    given = {"tls_cert": str(key), "tls_key": str(key)}
    assert read_config(None, given, "sqlite:///server.db").tls_key == str(key)
    key.chmod(0o644)
    with pytest.raises(ConfigError, match="readable by others"):
        read_config(None, given, "sqlite:///server.db")


def test_several_workers_must_be_told_where_their_key_is() -> None:
    url = "postgresql+psycopg://x@/x"
    with pytest.raises(ConfigError, match="key_file"):
        accounts_of(Config(url), Database.open(url))


@pytest.fixture
def own_authority(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A server with a certificate that nobody trusts; gives its port and the certificate's file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "authority.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    both = tmp_path / "server.pem"
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    both.write_bytes(plain + file.read_bytes())

    class Refusing(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = b'{"code": "wrong_login", "message": ""}'
            self.send_response(403)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Nothing on the terminal."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    server = HTTPServer(("127.0.0.1", 0), Refusing)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server.server_port, file
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_certificate_is_trusted_by_its_authority_s_file_only(own_authority: tuple[int, Path]) -> None:
    port, file = own_authority
    url = f"https://127.0.0.1:{port}"
    with AccountApi(url) as api:
        assert refused(api.login, "an.peeters", "x") == "certificate"
    with AccountApi(url, file) as api:
        assert refused(api.login, "an.peeters", "x") == "wrong_login"


def test_the_service_does_not_start_with_settings_that_no_worker_can_use(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'server.db'}"
    with pytest.raises(ConfigError, match="no URL of a service"):
        look_at_database(Config(url, workers=2, extra={"accounts": {"sms": "nonsense://{address}"}}))
