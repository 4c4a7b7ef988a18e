"""Certificates for the servers, made on the spot with openssl: authorities `ca` and `other-ca` (which signed nothing), and for each kind
of certificate but `none` a pair `KIND.pem` and `KIND.key`."""

import subprocess

HERE = "DNS:localhost,IP:127.0.0.1,IP:::1"
SIGNED = {"good": (HERE, 3650), "wrong-host": ("DNS:wrong-host.invalid", 3650), "expired": (HERE, -1)}
KINDS = (*SIGNED, "none")  # none: the server has no TLS


def make(folder):
    """Takes about 0.2 s."""
    for name in ("ca", "other-ca"):
        make_key(folder, name)
        openssl(folder, "req", "-x509", "-new", "-key", f"{name}.key", "-days", "3650", "-subj", f"/CN=Azoth test servers, {name}",
                "-out", f"{name}.pem")
    for kind, (names, days) in SIGNED.items():
        make_key(folder, kind)
        openssl(folder, "req", "-new", "-key", f"{kind}.key", "-subj", f"/CN={names.split(',')[0].removeprefix('DNS:')}",
                "-addext", f"subjectAltName={names}", "-out", f"{kind}.csr")
        openssl(folder, "x509", "-req", "-in", f"{kind}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                "-days", str(days), "-copy_extensions", "copy", "-out", f"{kind}.pem")


def make_key(folder, name):
    openssl(folder, "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", f"{name}.key")


def openssl(folder, *words):
    done = subprocess.run(["openssl", *words], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"openssl {words[0]} ended with {done.returncode}: {done.stderr.strip()}")
