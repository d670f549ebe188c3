"""Real mail servers on loopback: aiosmtpd takes what goes out, a Dovecot of our own holds what comes in."""

import contextlib
import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PASSWORD = "mado-no-soba"
_DOVECOT = "/usr/sbin/dovecot"
_LONGEST_START = 20  # seconds


@dataclass
class Post:
    """What an SMTP server was given. `refuses`: answers to the next letters, instead of taking them."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refuses: list[str] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refuses:
            return self.refuses.pop(0)
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        self.recipients += envelope.rcpt_tos
        return "250 taken"


@contextlib.contextmanager
def smtp_server() -> Iterator[Post]:
    post = Post(port=_free_port())
    controller = Controller(post, hostname="127.0.0.1", port=post.port)
    controller.start()
    try:
        yield post
    finally:
        controller.stop()


@dataclass(frozen=True)
class Host:
    """A running Dovecot: its ports, and the certificate only its own friends trust."""

    port: int
    tls_port: int
    certificate: Path


@dataclass
class Box:
    """A box of letters of one user at the Dovecot."""

    host: Host
    user: str

    @property
    def port(self) -> int:
        return self.host.port

    @property
    def url(self) -> str:
        return f"imap://{self.user}:{PASSWORD}@127.0.0.1:{self.port}/INBOX"

    @contextlib.contextmanager
    def opened(self) -> Iterator[imaplib.IMAP4]:
        client = imaplib.IMAP4("127.0.0.1", self.port)
        client.login(self.user, PASSWORD)
        try:
            yield client
        finally:
            client.logout()

    def put(self, letter: bytes | EmailMessage, received: str | None = None) -> None:
        """This will lay a letter in it, as a mail server does. `received`: '"26-Nov-2026 09:00:00 +0900"'."""
        raw = letter if isinstance(letter, bytes) else letter.as_bytes(policy=policy.SMTP)
        with self.opened() as client:
            status, answer = client.append("INBOX", "", received, raw)
            assert status == "OK", answer

    def count(self) -> int:
        """How many letters lie in it, those marked as deleted too."""
        with self.opened() as client:
            return int(client.select("INBOX", readonly=True)[1][0] or 0)


@contextlib.contextmanager
def dovecot() -> Iterator[Host]:
    """This will run a Dovecot without rights and without anything of the machine's own.

    Every user name opens a box of its own with PASSWORD.
    """
    own = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    group = grp.getgrgid(own.pw_gid).gr_name
    folder = Path(tempfile.mkdtemp(prefix="madobe-imap-"))
    host = Host(_free_port(), _free_port(), folder / "certificate.pem")
    config, key = folder / "dovecot.conf", folder / "key.pem"
    config.write_text(_CONFIG.format(f=folder, user=own.pw_name, group=group, h=host, o=own))
    _make_certificate(host.certificate, key)
    for path in (folder, config, host.certificate, key):
        os.chown(path, own.pw_uid, own.pw_gid)
    rights: dict[str, Any] = (
        {"user": own.pw_uid, "group": own.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
    )
    server = subprocess.Popen([_DOVECOT, "-F", "-c", str(config)], **rights)
    try:
        _wait_for(host.port, server)
        yield host
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _try in range(_LONGEST_START * 20):
        assert server.poll() is None, "dovecot ended: is the package dovecot-imapd installed?"
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.05)
    raise AssertionError("dovecot did not open its port")


def _make_certificate(certificate: Path, key: Path) -> None:
    """One that its maker alone has signed, for localhost."""
    pair = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(pair.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(pair, hashes.SHA256())
    )
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    key.write_bytes(
        pair.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    key.chmod(0o600)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


_CONFIG = """\
base_dir = {f}/run
state_dir = {f}/state
log_path = {f}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{h.certificate}
ssl_key = <{f}/key.pem
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = {o.pw_uid}
last_valid_uid = {o.pw_uid}
first_valid_gid = {o.pw_gid}
last_valid_gid = {o.pw_gid}
mail_location = maildir:{f}/mail/%u
mail_max_userip_connections = 100
passdb {{
  driver = static
  args = password=mado-no-soba
}}
userdb {{
  driver = static
  args = uid={o.pw_uid} gid={o.pw_gid} home={f}/places/%u
}}
auth_failure_delay = 0
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {h.port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {h.tls_port}
  }}
}}
"""
