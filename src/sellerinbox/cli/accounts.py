"""`account add|list|test|remove`."""

from __future__ import annotations

import asyncio
from argparse import Namespace

from sellerinbox.cli import output
from sellerinbox.cli.asking import ask, ask_secret
from sellerinbox.cli.context import Context
from sellerinbox.cli.exits import ExitCode
from sellerinbox.config import check_account
from sellerinbox.domain.accounts import Account
from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.i18n import N_, _
from sellerinbox.services import accounts

_BEFORE = N_("""Signing in to eBay takes three things from your own page at developer.ebay.com (Application Keys, production):
the client ID (App ID), the client secret (Cert ID) and the RuName (User Tokens > Get a Token from eBay via Your Application).""")


def add(arguments: Namespace, context: Context) -> ExitCode:
    """Sign in, step by step; or at once with secrets that are there already."""
    account = _account(arguments, context)
    typed = None if arguments.from_env or account.secret_command else _sign_in(account, context)
    seller = asyncio.run(accounts.add(context.config, account, context.clock, context.environ, typed))
    told = _("Signed in as {seller}; account {account} is saved. `sellerinbox sync` fetches its messages.")
    output.note(told.format(seller=seller.name, account=account.name))
    return ExitCode.DONE


def listing(arguments: Namespace, context: Context) -> ExitCode:
    """The accounts, and how their sync stands."""
    with context.inbox() as inbox:
        stands = {status.name: status for status in inbox.conversations.counts().accounts}
    chosen = context.config.accounts[: arguments.limit]
    if arguments.json:
        output.as_json(
            [
                {
                    "name": account.name,
                    "marketplace": account.marketplace,
                    "base_url": account.base_url,
                    "last_ok_at": status.last_ok_at if status else None,
                    "problem": status.problem if status else None,
                    "problem_kind": status.problem_kind if status else None,
                }
                for account in chosen
                for status in [stands.get(account.name)]
            ]
        )
        return ExitCode.DONE
    rows = [
        (account.name, account.marketplace, output.time(status.last_ok_at) if status else "", (status.problem or "") if status else "")
        for account in chosen
        for status in [stands.get(account.name)]
    ]
    output.table(
        (_("NAME"), _("MARKETPLACE"), _("LAST SYNC"), _("TROUBLE")), rows, empty=_("There is no account yet; `account add` signs in.")
    )
    return ExitCode.DONE


def test(arguments: Namespace, context: Context) -> ExitCode:
    """Sign in once and say who is signed in."""
    account = context.config.account(arguments.name)
    seller = asyncio.run(accounts.test(context.config, account, context.clock, context.environ))
    output.line(_("{account}: signed in as {seller}").format(account=account.name, seller=seller.name))
    return ExitCode.DONE


def remove(arguments: Namespace, context: Context) -> ExitCode:
    """Forget an account's sign-in; its messages stay readable."""
    account = context.config.account(arguments.name)
    kept = accounts.remove(context.config, account, context.clock)
    output.note(
        _("{account} is removed; its messages stay readable, replies that still waited are cancelled.").format(account=account.name)
    )
    if kept is not None:
        output.note(_("If its secrets were in a keyring they may still be there: {why}").format(why=kept))
    return ExitCode.DONE


def _account(arguments: Namespace, context: Context) -> Account:
    name = arguments.name or ask(_("A name of your own for this account, for example shop-uk:"))
    known = ", ".join(PROFILES)
    marketplace = arguments.marketplace or (known if len(PROFILES) == 1 else ask(_("Marketplace ({known}):").format(known=known)))
    account = Account(name, marketplace, arguments.base_url, arguments.secret_command)
    if arguments.from_env and account.secret_command:
        raise UsageError(_("--from-env and --secret-command are two ways for the same secrets; take one."))
    check_account(account, [other for other in context.config.accounts if other.name != name])
    return account


def _sign_in(account: Account, context: Context) -> dict[str, str]:
    """The seller's consent, step by step; works over ssh, without a browser on this machine."""
    accounts.need_keyring()
    output.notes(_(_BEFORE))
    client_id = ask(_("1. Client ID:"))
    client_secret = ask_secret(_("2. Client secret"))
    ru_name = ask(_("3. RuName:"))
    consent = accounts.ask_consent(account, accounts.Application(client_id, client_secret, ru_name))
    output.note(_("4. Open this address in a browser, on any machine, sign in and agree:"))
    output.note(consent.url)
    output.note(_("   You land on another page, which may look broken: copy its whole address. It is good for five minutes, once."))
    return asyncio.run(accounts.redeem(consent, ask_secret(_("5. Paste that address, or the code in it")), context.clock))
