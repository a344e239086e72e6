"""setWebhook, deleteWebhook, getWebhookInfo."""

from __future__ import annotations

import re
import ssl
from urllib.parse import urlsplit

from bot.sandbox.arguments import Arguments
from bot.sandbox.methods.call import Call, Described, Method
from bot.sandbox.methods.receiving import allow
from bot.sandbox.webhook import WebhookSettings
from bot.sandbox.wire import Json, bad_request

SECRET_TOKEN = re.compile(r"[A-Za-z0-9_-]*")
MAX_SECRET_TOKEN = 256
DEFAULT_CONNECTIONS = 40
MAX_CONNECTIONS = 100
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SET_DURING_POLL = "Conflict: terminated by setWebhook request"


def set_webhook(call: Call) -> Described:
    settings = _settings(call.args)
    if not settings.url:
        return delete_webhook(call)
    bot = call.bot
    if call.args.has("allowed_updates"):
        allow(call)
    drop = call.args.flag("drop_pending_updates")
    if bot.webhook is not None and bot.webhook.settings == settings and not drop:
        return Described(result=True, description="Webhook is already set")
    try:
        webhook = call.world.new_webhook(bot, settings)
    except ssl.SSLError:
        raise bad_request("bad webhook: can't read the certificate") from None
    if bot.poll is not None and not bot.poll.done():
        bot.poll.set_result(SET_DURING_POLL)
    if bot.webhook is not None:
        bot.webhook.close()
    if drop:
        bot.updates.keep_last(0)
    bot.webhook = webhook
    webhook.open()
    return Described(result=True, description="Webhook was set")


def _settings(args: Arguments) -> WebhookSettings:
    url = args.text("url")
    secret_token = args.text("secret_token")
    if not url:
        return WebhookSettings("")
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise bad_request("invalid webhook URL specified")
    if host not in LOOPBACK:
        raise bad_request("bad webhook: the sandbox calls loopback addresses only")
    if len(secret_token) > MAX_SECRET_TOKEN:
        raise bad_request("secret token is too long")
    if not SECRET_TOKEN.fullmatch(secret_token):
        raise bad_request("secret token contains unallowed characters")
    certificate = args.uploads.get("certificate")
    return WebhookSettings(
        url,
        secret_token,
        args.integer("max_connections", DEFAULT_CONNECTIONS, 1, MAX_CONNECTIONS),
        args.text("ip_address"),
        certificate.content.decode("ascii", "replace") if certificate else "",
    )


def delete_webhook(call: Call) -> Described:
    bot = call.bot
    if call.args.flag("drop_pending_updates"):
        bot.updates.keep_last(0)
    if bot.webhook is None:
        return Described(result=True, description="Webhook is already deleted")
    bot.webhook.close()
    bot.webhook = None
    return Described(result=True, description="Webhook was deleted")


def get_webhook_info(call: Call) -> Json:
    bot = call.bot
    webhook = bot.webhook
    info: Json = {
        "url": webhook.settings.url if webhook else "",
        "has_custom_certificate": bool(webhook and webhook.settings.certificate),
        "pending_update_count": len(bot.updates),
    }
    if webhook is not None:
        info["max_connections"] = webhook.settings.max_connections
        info["ip_address"] = webhook.settings.ip_address or "127.0.0.1"
        if webhook.last_error_date is not None:
            info["last_error_date"] = webhook.last_error_date
            info["last_error_message"] = webhook.last_error_message
    if bot.updates.allowed is not None:
        info["allowed_updates"] = sorted(bot.updates.allowed)
    return info


METHODS: dict[str, Method] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
