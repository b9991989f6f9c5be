"""nginx and Caddy before the site: their own programs read the files, and nginx serves by one."""

import datetime as dt
import json
import re
import socket
import ssl
import time
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from demonstration import free_port
from served import serving

HOST = "lettre.exemple.fr"
STARTS_WITHIN_SECONDS = 10


@pytest.fixture
def certificate(tmp_path):
    """A certificate that nobody vouches for, as the file of nginx names it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    begins = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + dt.timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (tmp_path / "fullchain.pem").write_bytes(made.public_bytes(pem))
    kept = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "privkey.pem").write_bytes(kept)
    return tmp_path


def placed(files, folder, *, clear, secure, site):
    """The file of nginx with ports and paths of this test, within the rest of a configuration."""
    text = (files / "nginx.conf").read_text()
    text = re.sub(r"\n    listen \[::\]:.*", "", text)
    for written, here in (
        ("listen 80;", f"listen 127.0.0.1:{clear};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{secure} ssl http2;"),
        (f"/etc/letsencrypt/live/{HOST}", str(folder)),
        ("/var/log/nginx", str(folder)),
        ("127.0.0.1:8000", f"127.0.0.1:{site}"),
    ):
        assert written in text
        text = text.replace(written, here)
    own = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = f"pid {folder}/pid; daemon off; events {{}} http {{ {own} {text} }}"
    place = folder / "nginx.conf"
    place.write_text(whole)
    return place


@pytest.fixture
def proxy(app, files, certificate, start, tmp_path):
    """The site behind nginx: how it is asked by both ports."""
    app.config["TRUSTED_HOSTS"] = [*app.config["TRUSTED_HOSTS"], HOST]
    clear, secure = free_port(), free_port()
    with serving(app, tmp_path) as site:
        port = int(site.url.rpartition(":")[2])
        conf = placed(files, certificate, clear=clear, secure=secure, site=port)
        process = start("nginx", "-c", conf, "-e", certificate / "errors")
        yield Proxy(clear, secure).once_it_answers()
        process.terminate()
        process.communicate(timeout=10)


class Proxy:
    """nginx as a visitor meets it."""

    def __init__(self, clear, secure):
        self._at = {"http": clear, "https": secure}

    def get(self, path, scheme="https", **options):
        url = f"{scheme}://127.0.0.1:{self._at[scheme]}{path}"
        # The certificate is one of this test.
        return requests.request(
            options.pop("method", "GET"),
            url,
            headers={"Host": HOST} | options.pop("headers", {}),
            verify=False,  # noqa: S501
            allow_redirects=False,
            timeout=20,
            **options,
        )

    def takes(self, cipher, version=ssl.TLSVersion.TLSv1_2):
        """Whether it speaks that version of TLS with that cipher."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.minimum_version = context.maximum_version = version
        context.set_ciphers(cipher)
        with socket.create_connection(("127.0.0.1", self._at["https"]), timeout=20) as plain:
            try:
                context.wrap_socket(plain).close()
            except ssl.SSLError:
                return False
            return True

    def once_it_answers(self):
        until = time.monotonic() + STARTS_WITHIN_SECONDS
        while True:
            try:
                self.get("/", scheme="http")
            except requests.ConnectionError:
                assert time.monotonic() < until, "nginx did not start"
                time.sleep(0.05)
            else:
                return self


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_nginx_serves_the_site_over_tls_and_keeps_what_is_inside(proxy):
    assert proxy.get("/connexion").status_code == 200
    assert proxy.get("/metrics").status_code == 404
    assert "parts" not in proxy.get("/readyz").text
    away = proxy.get("/desinscription/jeton?a=1", scheme="http")
    assert (away.status_code, away.headers["Location"]) == (
        308,
        f"https://{HOST}/desinscription/jeton?a=1",
    )


@pytest.mark.parametrize("path", ["/api/v1/lists", "/retours/postmark"])
def test_nginx_leads_no_program_from_the_clear(proxy, path):
    assert proxy.get(path, scheme="http", method="POST").status_code == 403


@pytest.mark.parametrize(
    ("cipher", "is_taken"),
    [("ECDHE-ECDSA-AES128-GCM-SHA256", True), ("ECDHE-ECDSA-AES128-SHA", False)],
)
def test_nginx_speaks_strong_ciphers_alone(proxy, cipher, is_taken):
    assert proxy.takes(cipher) == is_taken


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated")
@pytest.mark.parametrize(
    ("version", "is_taken"), [("TLSv1_1", False), ("TLSv1_2", True), ("TLSv1_3", True)]
)
def test_nginx_speaks_no_tls_before_1_2(proxy, version, is_taken):
    assert proxy.takes("ALL:@SECLEVEL=0", ssl.TLSVersion[version]) == is_taken


def test_caddy_finds_no_fault_in_its_file(files, run):
    status, said = run(
        "caddy", "validate", "--adapter", "caddyfile", "--config", files / "Caddyfile"
    )

    assert status == 0, said


def test_caddy_leads_no_program_from_the_clear(files, run):
    words = ("adapt", "--adapter", "caddyfile", "--config", files / "Caddyfile")
    _, said = run("caddy", *words)
    servers = json.loads(said[said.index('{"apps"') :])["apps"]["http"]["servers"].values()
    [clear] = [json.dumps(each) for each in servers if each["listen"] == [":80"]]

    refused, led_on = clear.index('"status_code": 403'), clear.index('"status_code": 308')
    assert refused < clear.index('"/api/v1/*", "/retours/*"') < led_on


def test_each_proxy_lets_the_largest_import_in(app, files):
    most = app.config["IMPORT_MAX_MEGABYTES"]
    nginx = re.search(r"client_max_body_size (\d+)m;", (files / "nginx.conf").read_text())
    caddy = re.search(r"max_size (\d+)MB", (files / "Caddyfile").read_text())

    assert int(nginx[1]) > most
    assert int(caddy[1]) > most


def test_no_proxy_writes_addresses_which_hold_signed_links(files):
    assert "access_log off;" in (files / "nginx.conf").read_text()
    assert not re.search(r"^\s*log\b", Path(files / "Caddyfile").read_text(), re.MULTILINE)
