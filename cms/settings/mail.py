"""The mail server by one variable: smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465."""

from urllib.parse import unquote, urlsplit

SECONDS = 10
PORTS = {"smtp": 587, "smtps": 465}


def mail_config(url: str | None) -> dict:
    """Django's settings for a mail server; none, and mail goes nowhere, without an address. Raises ValueError."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("EMAIL_URL begins with smtp:// or smtps:// and names a host.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp" and "tls=none" not in parts.query,
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": SECONDS,
    }


def webhook_hosts(listed: str) -> dict[str, str]:
    """“host=dialect, host=dialect” as a mapping. Raises ValueError for what is not written so."""
    pairs = [pair.strip().lower().split("=") for pair in listed.split(",") if pair.strip()]
    if any(len(pair) != 2 or pair[1] not in ("wecom", "dingtalk", "feishu") for pair in pairs):
        raise ValueError("LINLI_WEBHOOK_HOSTS is written host=wecom, host=dingtalk or host=feishu, comma-separated.")
    return dict(pairs)
