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
from sellerinbox.services import accounts

_BEFORE = """Signing in to eBay takes three things from your own page at developer.ebay.com (Application Keys, production):
the client ID (App ID), the client secret (Cert ID) and the RuName (User Tokens > Get a Token from eBay via Your Application)."""


def add(arguments: Namespace, context: Context) -> ExitCode:
    """Sign in, step by step; or at once with secrets that are there already."""
    account = _account(arguments, context)
    typed = None if arguments.from_env or account.secret_command else _sign_in(account, context)
    seller = asyncio.run(accounts.add(context.config, account, context.clock, context.environ, typed))
    output.note(f"Signed in as {seller.name}; account {account.name} is saved. `sellerinbox sync` fetches its messages.")
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
    output.table(("NAME", "MARKETPLACE", "LAST SYNC", "TROUBLE"), rows, empty="There is no account yet; `account add` signs in.")
    return ExitCode.DONE


def test(arguments: Namespace, context: Context) -> ExitCode:
    """Sign in once and say who is signed in."""
    account = context.config.account(arguments.name)
    seller = asyncio.run(accounts.test(context.config, account, context.clock, context.environ))
    output.line(f"{account.name}: signed in as {seller.name}")
    return ExitCode.DONE


def remove(arguments: Namespace, context: Context) -> ExitCode:
    """Forget an account's sign-in; its messages stay readable."""
    account = context.config.account(arguments.name)
    kept = accounts.remove(context.config, account, context.clock)
    output.note(f"{account.name} is removed; its messages stay readable, replies that still waited are cancelled.")
    if kept is not None:
        output.note(f"If its secrets were in a keyring they may still be there: {kept}")
    return ExitCode.DONE


def _account(arguments: Namespace, context: Context) -> Account:
    name = arguments.name or ask("A name of your own for this account, for example shop-uk:")
    marketplace = arguments.marketplace or (next(iter(PROFILES)) if len(PROFILES) == 1 else ask(f"Marketplace ({', '.join(PROFILES)}):"))
    account = Account(name, marketplace, arguments.base_url, arguments.secret_command)
    if arguments.from_env and account.secret_command:
        raise UsageError("--from-env and --secret-command are two ways for the same secrets; take one.")
    check_account(account, [other for other in context.config.accounts if other.name != name])
    return account


def _sign_in(account: Account, context: Context) -> dict[str, str]:
    """The seller's consent, step by step; works over ssh, without a browser on this machine."""
    accounts.need_keyring()
    output.notes(_BEFORE)
    client_id = ask("1. Client ID:")
    client_secret = ask_secret("2. Client secret")
    ru_name = ask("3. RuName:")
    consent = accounts.ask_consent(account, accounts.Application(client_id, client_secret, ru_name))
    output.note("4. Open this address in a browser, on any machine, sign in and agree:")
    output.note(consent.url)
    output.note("   You land on another page, which may look broken: copy its whole address. It is good for five minutes, once.")
    return asyncio.run(accounts.redeem(consent, ask_secret("5. Paste that address, or the code in it"), context.clock))
