"""Sign-in: from the seller's consent to an account that works, and back again."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from sellerinbox.config import Config, add_account, remove_account
from sellerinbox.credentials import Secrets, forget_secrets, keyring_state, secrets_for, store_secret
from sellerinbox.domain.accounts import Account, Seller
from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import CredentialsError, UsageError
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.i18n import _


@dataclass(frozen=True, slots=True)
class Application:
    """The seller's own keyset at the marketplace's developer site."""

    client_id: str
    client_secret: str = field(repr=False)
    ru_name: str
    """Stands for the address the browser lands on."""


@dataclass(frozen=True, slots=True)
class Consent:
    """A sign-in that waits for the seller's consent in a browser."""

    account: Account
    application: Application
    url: str
    state: str = field(repr=False)


def need_keyring() -> None:
    """Raise `CredentialsError` naming the other ways, where no keyring would keep what the seller is about to type."""
    state = keyring_state()
    if not state.accepted:
        raise CredentialsError(_("{sentence} Then run `account add` with --from-env or --secret-command.").format(sentence=state.sentence))


def ask_consent(account: Account, application: Application) -> Consent:
    """Begin a sign-in."""
    from sellerinbox.marketplaces.ebay.consent import consent_url

    state = secrets.token_urlsafe(24)
    return Consent(account, application, consent_url(account, application.client_id, application.ru_name, state), state)


async def redeem(consent: Consent, pasted: str, clock: Clock) -> dict[str, str]:
    """The account's secrets, for what the seller pasted. Raises `UsageError` or a `MarketplaceError`."""
    from sellerinbox.marketplaces.ebay.consent import authorization_code, exchange

    application = consent.application
    code = authorization_code(pasted, consent.state)
    client = (application.client_id, application.client_secret)
    token = await exchange(consent.account, clock, client, application.ru_name, code)
    return {"client_id": application.client_id, "client_secret": application.client_secret, "refresh_token": token}


async def add(config: Config, account: Account, clock: Clock, environ: Mapping[str, str], typed: Mapping[str, str] | None = None) -> Seller:
    """Try one sign-in and, only when it works, keep the account; `typed` secrets go to the keyring.

    Raises `SecretMissing`, `CredentialsError`, `UsageError` or a `MarketplaceError`; then nothing is kept.
    """
    names = PROFILES[account.marketplace].secrets
    found = secrets_for(account, environ)
    values = dict(typed) if typed is not None else {name: found(name) for name in names}
    seller = await who(account, values.__getitem__, clock)
    _same_seller(config, account, seller, clock)
    for name, value in (typed or {}).items():
        store_secret(account, name, value)
    add_account(config.paths, account)
    _remember(config, account, seller, clock)
    return seller


async def test(config: Config, account: Account, clock: Clock, environ: Mapping[str, str]) -> Seller:
    """Sign in once and ask who is signed in."""
    seller = await who(account, secrets_for(account, environ), clock)
    _same_seller(config, account, seller, clock)
    _remember(config, account, seller, clock)
    return seller


async def who(account: Account, found: Secrets, clock: Clock) -> Seller:
    """Who these secrets sign in."""
    from sellerinbox.marketplaces import adapter

    async with adapter(account.marketplace)(account, found, clock) as marketplace:
        return await marketplace.whoami()


def remove(config: Config, account: Account, clock: Clock) -> str | None:
    """Forget an account's sign-in; what waits in its outbox is cancelled, its messages stay readable.

    Returns why its secrets may still be in the keyring, fit to show; None when they are gone.
    """
    from sellerinbox.store.database import Store

    kept = None
    try:
        forget_secrets(account, PROFILES[account.marketplace].secrets)
    except CredentialsError as error:
        kept = str(error)
    remove_account(config.paths, account.name)
    with Store.open(config.paths.database, config.paths.state, clock) as store:
        store.accounts.remove(account.name)
    return kept


def _same_seller(config: Config, account: Account, seller: Seller, clock: Clock) -> None:
    """Two shops' messages under one name would be answered from the wrong one."""
    from sellerinbox.store.database import Store

    with Store.open(config.paths.database, config.paths.state, clock) as store:
        before = store.accounts.seller(account.name)
    if before is not None and before.user_id != seller.user_id:
        told = _("“{account}” holds the messages of {before}, but this signs in {seller}; nothing was changed, choose another name.")
        raise UsageError(told.format(account=account.name, before=before.name, seller=seller.name))


def _remember(config: Config, account: Account, seller: Seller, clock: Clock) -> None:
    """Tell the inbox, and with it a sync that waits for this sign-in."""
    from sellerinbox.store.database import Store

    with Store.open(config.paths.database, config.paths.state, clock) as store:
        store.accounts.ensure(account)
        store.accounts.set_seller(account.name, seller)
        status = next((status for status in store.accounts.statuses() if status.name == account.name), None)
        if status is not None and status.problem_kind == "sign_in_needed":
            store.accounts.record_problem(account.name, "problem", "Signed in again; the next sync will tell.", None)
