"""Get, keep and forget the secrets of an account. The only module that speaks to the system's keyring.

Three ways, in this order: the environment (`SELLERINBOX_SECRET_SHOP_UK_REFRESH_TOKEN`), the
account's own `secret_command`, the keyring. Never a plain file: a keyring that would write one,
or forget, is refused. No value ever stands in an error's text.
"""

from __future__ import annotations

import shlex
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from sellerinbox.domain.accounts import Account
from sellerinbox.domain.errors import CredentialsError, SecretMissing
from sellerinbox.i18n import N_, _

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")
Secrets = Callable[[str], str]
"""From the name of a secret to its value. Raises `CredentialsError`."""

_SERVICE = "sellerinbox"
_PREFIX = "SELLERINBOX_SECRET_"
KEYRING_LIMIT = 5.0
"""Seconds for one call: a locked keyring that can't show its dialog (ssh) never answers."""
COMMAND_LIMIT = 10.0
"""Seconds for a secret command."""
_SAFE = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)
"""Backends that encrypt and keep (keyring 25.7); whatever else calls itself a keyring is refused."""
_CHAINER = "keyring.backends.chainer.ChainerBackend"
SAFE_WAYS = N_("set SELLERINBOX_SECRET_… in the environment, or give the account a secret_command (pass, systemd-creds) in the settings")
"""What is open to a machine without a usable keyring."""


@dataclass(frozen=True, slots=True)
class KeyringState:
    """What this machine's keyring is worth."""

    backend: str
    """The backend's class, or why none was found."""
    accepted: bool
    sentence: str
    """Fit to show."""


@dataclass(frozen=True, slots=True)
class SecretPlace:
    """Where one secret of one account comes from, never what it is."""

    name: str
    variable: str
    """The environment variable that would go before everything else."""
    way: str
    """`environment`, `command`, `keyring` or `missing`."""
    problem: str | None = None
    """Why it can't be told, fit to show."""


def secrets_for(account: Account, environ: Mapping[str, str]) -> Secrets:
    """The way to one account's secrets; each call looks anew, so that a new sign-in is seen.

    A call may wait up to 10 s (a command, a dialog of the keyring): keep it off an event loop.
    It raises `SecretMissing` when there is none and `CredentialsError` when it can't be read.
    """

    def secret(name: str) -> str:
        variable = account.variable(name)
        if environ.get(variable):
            return _checked(environ[variable], account, name, _("the variable {variable}").format(variable=variable))
        if account.secret_command is not None:
            return _checked(_ask_command(account, name, environ), account, name, _("its secret_command"))
        value = _within(lambda: _read(account, name))
        if value is None:
            raise SecretMissing(
                _(
                    "Account “{name}” has no {name2} yet; sign in with "
                    "`sellerinbox account add {name} --marketplace {marketplace}`, or set {variable}."
                ).format(name=account.name, name2=name, marketplace=account.marketplace, variable=variable)
            )
        return _checked(value, account, name, _("the keyring"))

    return secret


def store_secret(account: Account, name: str, value: str) -> None:
    """Keep a secret in the keyring and prove it by reading it back. Raises `CredentialsError`."""
    _checked(value, account, name, "what was typed")

    def write() -> str | None:
        _usable().set_password(_SERVICE, _user(account, name), value)
        return _usable().get_password(_SERVICE, _user(account, name))

    if _within(write) != value:
        raise CredentialsError(
            _("The keyring took the {name} and does not give it back, so it is not kept; {safe_ways}.").format(
                name=name, safe_ways=_(SAFE_WAYS)
            )
        )


def forget_secrets(account: Account, names: Sequence[str]) -> None:
    """Take an account's secrets out of the keyring; one that isn't there is no fault. Raises `CredentialsError`."""

    def forget() -> None:
        ring = _usable()
        for name in names:
            if ring.get_password(_SERVICE, _user(account, name)) is not None:
                ring.delete_password(_SERVICE, _user(account, name))

    _within(forget)


def describe(account: Account, names: Sequence[str], environ: Mapping[str, str], ring: KeyringState) -> tuple[SecretPlace, ...]:
    """Where each secret comes from. A command is named, not run: it may ask for a passphrase."""
    return tuple(_place(account, name, environ, ring) for name in names)


def keyring_state() -> KeyringState:
    """Whether this machine's keyring is accepted. Never raises."""
    try:
        backend = _within(_backend)
    except CredentialsError as error:
        return KeyringState("none", False, str(error))
    safe = _safe(backend)
    if safe is None:
        return KeyringState(_name(backend), False, _refusal(backend))
    return KeyringState(_name(safe), True, f"Secrets are kept in {_name(safe)}.")


def _place(account: Account, name: str, environ: Mapping[str, str], ring: KeyringState) -> SecretPlace:
    variable = account.variable(name)
    if environ.get(variable):
        return SecretPlace(name, variable, "environment")
    if account.secret_command is not None:
        return SecretPlace(name, variable, "command")
    if not ring.accepted:  # asked once, not once per secret: a locked one takes 5 s each time
        return SecretPlace(name, variable, "missing", ring.sentence)
    try:
        found = _within(lambda: _read(account, name) is not None)
    except CredentialsError as error:
        return SecretPlace(name, variable, "missing", str(error))
    return SecretPlace(name, variable, "keyring" if found else "missing")


def _ask_command(account: Account, name: str, environ: Mapping[str, str]) -> str:
    """The first line a secret command prints; run without a shell, and without our own secrets in its environment."""
    words = [word.replace("{name}", name) for word in _split(account)]
    clean = {key: value for key, value in environ.items() if not key.startswith(_PREFIX)}
    what = _("The secret_command of account “{account}”").format(account=account.name)
    try:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, timeout=COMMAND_LIMIT, env=clean, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise CredentialsError(
            _("{what} gave no answer in {command_limit:.0f} s; run it by hand to see what it waits for.").format(
                what=what, command_limit=COMMAND_LIMIT
            )
        ) from None
    except (OSError, ValueError):
        raise CredentialsError(_("{what} can't be started ({words}); check the settings.").format(what=what, words=words[0])) from None
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if done.returncode != 0 or not lines:
        raise CredentialsError(
            _("{what} gave no {name} (it ended with {returncode}); run it by hand to see why.").format(
                what=what, name=name, returncode=done.returncode
            )
        )
    return lines[0]


def _split(account: Account) -> list[str]:
    try:
        words = shlex.split(account.secret_command or "")
    except ValueError:
        words = []
    if not words:
        raise CredentialsError(
            _("The secret_command of account “{name}” can't be understood; check its quotes in the settings.").format(name=account.name)
        )
    return words


def _checked(value: str, account: Account, name: str, source: str) -> str:
    if not value.isascii() or not value.isprintable() or " " in value or not value:
        what = _("The {name} of account “{account}” from {source}").format(name=name, account=account.name, source=source)
        raise CredentialsError(_("{what} is empty or holds blanks or characters no key has; set it again.").format(what=what))
    return value


def _within(call: Callable[[], T]) -> T:
    """Do something with the keyring in a thread of its own that can't hold up the program."""
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(call())
        except Exception as error:  # noqa: BLE001  (handed over: a backend may raise anything)
            answer.set_exception(error)

    threading.Thread(target=run, name="keyring", daemon=True).start()
    try:
        return answer.result(timeout=KEYRING_LIMIT)
    except CredentialsError:
        raise
    except TimeoutError:
        told = _("The keyring gave no answer in {seconds:.0f} s, it is most likely locked").format(seconds=KEYRING_LIMIT)
        raise CredentialsError(_("{told}; unlock it, or {safe_ways}.").format(told=told, safe_ways=_(SAFE_WAYS))) from None
    except Exception:  # noqa: BLE001  (its text may hold anything, a value included: none of it goes on)
        raise CredentialsError(
            _("The keyring is locked or broken and gave nothing; unlock it, or {safe_ways}.").format(safe_ways=_(SAFE_WAYS))
        ) from None


def _read(account: Account, name: str) -> str | None:
    backend = _backend()
    if _safe(backend) is None and _name(backend) == "keyring.backends.fail.Keyring":
        return None  # a machine without a keyring has no secret in it
    return _usable().get_password(_SERVICE, _user(account, name))


def _usable() -> KeyringBackend:
    backend = _backend()
    safe = _safe(backend)
    if safe is None:
        raise CredentialsError(_refusal(backend))
    return safe


def _backend() -> KeyringBackend:
    import keyring

    return keyring.get_keyring()


def _safe(backend: KeyringBackend) -> KeyringBackend | None:
    """The backend itself when it is on the list; of a chain the first that is."""
    if _name(backend) in _SAFE:
        return backend
    if _name(backend) == _CHAINER:
        return next((link for link in getattr(backend, "backends", ()) if _name(link) in _SAFE), None)
    return None


def _refusal(backend: KeyringBackend) -> str:
    name = _name(backend)
    if name == "keyring.backends.fail.Keyring":
        return _("This machine has no keyring; {safe_ways}.").format(safe_ways=_(SAFE_WAYS))
    return _("The keyring backend {name} is not known to encrypt and keep what it is given, so it is not used; {safe_ways}.").format(
        name=name, safe_ways=_(SAFE_WAYS)
    )


def _name(backend: KeyringBackend) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _user(account: Account, name: str) -> str:
    return f"{account.name}/{name}"
