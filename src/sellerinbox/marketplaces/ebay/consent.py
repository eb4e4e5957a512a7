"""Signing in to eBay: the seller's consent becomes a refresh token (fact sheet, sections 7.1 and 7.2)."""

from __future__ import annotations

import base64
from hmac import compare_digest
from urllib.parse import parse_qsl, unquote, urlencode

from sellerinbox.domain.accounts import Account
from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import AuthenticationFailed, Rejected, UsageError
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.domain.text import clean_line
from sellerinbox.i18n import N_, _
from sellerinbox.marketplaces.answers import Verdicts
from sellerinbox.marketplaces.ebay.fields import is_entry
from sellerinbox.marketplaces.ebay.hosts import SANDBOX, hosts
from sellerinbox.marketplaces.http import ApiClient, Payload, Transport, Wire
from sellerinbox.marketplaces.pace import Pace

_SCOPE = "https://api.ebay.com/oauth/api_scope/"
SCOPES = tuple(_SCOPE + name for name in ("commerce.message", "sell.fulfillment", "commerce.identity.readonly"))
"""What an inbox needs: messages, orders, who am I. More would mean consent again."""
CODE_MINUTES = 5
"""How long a code is good; it is good once."""
_LONGEST = 8192
_LABEL = PROFILES["ebay"].label


def consent_url(account: Account, client_id: str, ru_name: str, state: str) -> str:
    """The page on which the seller agrees; opened in any browser, on any machine."""
    api = hosts(account.base_url).api
    host = {SANDBOX.api: "https://auth.sandbox.ebay.com"}.get(api, api if account.base_url else "https://auth.ebay.com")
    query = {"client_id": client_id, "redirect_uri": ru_name, "response_type": "code", "scope": " ".join(SCOPES), "state": state}
    return f"{host}/oauth2/authorize?{urlencode(query)}"


def authorization_code(pasted: str, state: str) -> str:
    """The code in what the seller pasted: the whole address he landed on, or the bare code; decoded once.

    Raises `UsageError` for an address of another sign-in, a refusal, or something else altogether.
    """
    text = "".join(pasted[:_LONGEST].split())
    if "?" not in text and "code=" not in text:
        return _usable(unquote(text))
    # Not by urlsplit: a browser may show the code's “#” as it is, and that is no fragment.
    fields = dict(parse_qsl(text.partition("?")[2] or text))
    if "code" not in fields:
        reason = clean_line(fields.get("error_description") or fields.get("error") or _("there is no code in it"), 100)
        raise UsageError(
            _("This address brings no consent ({reason}); agree on the page, then paste the address you land on.").format(reason=reason)
        )
    if not compare_digest(fields.get("state", "").encode(), state.encode()):
        raise UsageError(
            _("This address belongs to another sign-in and was not used; open the address above and paste the one you land on.")
        )
    return _usable(fields["code"])


async def exchange(
    account: Account, clock: Clock, client: tuple[str, str], ru_name: str, code: str, *, transport: Transport | None = None
) -> str:
    """The refresh token for a code; `client` is client id and secret.

    Raises `AuthenticationFailed` when eBay refuses, otherwise as `ApiClient.read`.
    """
    form = urlencode({"grant_type": "authorization_code", "code": code, "redirect_uri": ru_name})
    basic = base64.b64encode(":".join(client).encode()).decode()
    payload = Payload(form.encode(), "application/x-www-form-urlencoded", f"Basic {basic}")
    wire = Wire(account.name, _LABEL, hosts(account.base_url).api, transport=transport)
    verdicts = Verdicts(account.name, _LABEL, Pace(account.name, _LABEL, clock), _oauth_form)
    try:
        answer = await ApiClient(wire, verdicts, clock).read("/identity/v1/oauth2/token", payload=payload)
    except (Rejected, AuthenticationFailed) as error:
        refused = str(error)
    else:
        return _refresh_token(answer, verdicts)
    finally:
        await wire.close()
    told = _("Nothing was saved; check client ID, secret and RuName and start again: a code is good once, for five minutes.")
    raise AuthenticationFailed(account.name, f"{refused} {told}")


def _refresh_token(answer: object, verdicts: Verdicts) -> str:
    token = answer.get("refresh_token") if is_entry(answer) else None
    if not isinstance(token, str) or not token:
        raise verdicts.unexpected(N_("holds no refresh token"))
    return token


def _usable(code: str) -> str:
    if not code or not code.isascii() or not code.isprintable():
        raise UsageError(_("That is neither the address you landed on nor a code; paste the whole address."))
    return code


def _oauth_form(answer: object) -> str | None:
    """Token errors are OAuth-shaped (section 9)."""
    if not is_entry(answer) or not isinstance(answer.get("error"), str):
        return None
    words = answer.get("error_description") or answer["error"]
    return f"{str(words).rstrip('.')}."
