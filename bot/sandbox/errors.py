"""What can go wrong in the sandbox, drawn once.

    SandboxError           its text is one line: what, where, and what to do
    ├── NotPossible        a member tried what Discord's client would not let them do
    ├── NothingCame        what a member waited for did not come in time
    └── DidNotRespond      the application did not acknowledge an interaction within 3 seconds

    Refusal                a request that Discord answers with an error; the bot sees its body

`Refusal` stands apart because it is an answer to the bot, not a failure of the sandbox.
"""

from __future__ import annotations

from typing import Any


class SandboxError(Exception):
    """The root of what a member of the sandbox can run into."""


class NotPossible(SandboxError):
    """Discord's client would not have let the member do this."""


class NothingCame(SandboxError):
    """What was waited for did not come in time."""


class DidNotRespond(SandboxError):
    """Discord shows "The application did not respond"."""

    def __init__(self) -> None:
        """Say what Discord's client says."""
        super().__init__("The application did not respond")


class Refusal(Exception):
    """An error body of Discord's API.

    Attributes:
        status: The HTTP status.
        code: Discord's own code, such as 10062.
        message: Discord's own wording.
        errors: What is wrong in which field, nested as Discord nests it.
    """

    def __init__(
        self, status: int, code: int, message: str, errors: dict[str, Any] | None = None
    ) -> None:
        """Refuse with Discord's status, code and wording."""
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    def under(self, key: str) -> Refusal:
        """The same refusal for a body that stands under `key` of the request's."""
        errors = self.errors and {key: self.errors}
        return Refusal(self.status, self.code, self.message, errors)

    def body(self) -> dict[str, Any]:
        """The JSON body that Discord sends."""
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.errors:
            body["errors"] = self.errors
        return body


def unauthorized() -> Refusal:
    """The token is missing or wrong."""
    return Refusal(401, 0, "401: Unauthorized")


def unknown_route() -> Refusal:
    """There is nothing at this path."""
    return Refusal(404, 0, "404: Not Found")


def unknown(kind: str) -> Refusal:
    """Nothing with this id; `kind` as Discord names it, such as "Message"."""
    return Refusal(404, _UNKNOWN[kind], f"Unknown {kind}")


def missing_access() -> Refusal:
    """The bot cannot see this place."""
    return Refusal(403, 50001, "Missing Access")


_UNKNOWN = {
    "Application": 10002,
    "Channel": 10003,
    "Guild": 10004,
    "Member": 10007,
    "Message": 10008,
    "User": 10013,
    "Webhook": 10015,
    "interaction": 10062,
    "application command": 10063,
}
