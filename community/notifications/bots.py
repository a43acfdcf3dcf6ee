"""How three chat programs want to be written to: bodies, signatures, and what their answers mean. No network here.

Sources: the vendors' manuals of their custom bots. All three take a POST of JSON; DingTalk and Feishu may ask for a
signature made with a secret. What is written is one sentence and a link, never content.
"""

import base64
import hashlib
import hmac
import json
from urllib.parse import urlencode

WECOM, DINGTALK, FEISHU = "wecom", "dingtalk", "feishu"
DIALECTS = (WECOM, DINGTALK, FEISHU)


def message(dialect: str, url: str, secret: str, text: str, timestamp: int) -> tuple[str, dict]:
    """(address, body) for a text; signed when there is a secret. `timestamp`: whole seconds since 1970."""
    if dialect == FEISHU:
        body = {"msg_type": "text", "content": {"text": text}}
        if secret:
            body |= {"timestamp": str(timestamp), "sign": feishu_sign(secret, timestamp)}
        return url, body
    body = {"msgtype": "text", "text": {"content": text}}
    if dialect == DINGTALK and secret:
        milliseconds = timestamp * 1000
        query = urlencode({"timestamp": milliseconds, "sign": dingtalk_sign(secret, milliseconds)})
        url += ("&" if "?" in url else "?") + query
    return url, body


def dingtalk_sign(secret: str, milliseconds: int) -> str:
    """HMAC-SHA256 over “timestamp newline secret” with the secret as key, in base64."""
    signed = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256)
    return base64.b64encode(signed.digest()).decode()


def feishu_sign(secret: str, seconds: int) -> str:
    """HMAC-SHA256 over nothing with “timestamp newline secret” as key, in base64."""
    return base64.b64encode(hmac.new(f"{seconds}\n{secret}".encode(), b"", hashlib.sha256).digest()).decode()


def accepted(answer: bytes) -> bool | None:
    """Whether an answer with status 200 says yes; None when it says neither yes nor no."""
    try:
        said = json.loads(answer)
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    for name in ("errcode", "code", "StatusCode"):
        if isinstance(said.get(name), int):
            return said[name] == 0
    return None
