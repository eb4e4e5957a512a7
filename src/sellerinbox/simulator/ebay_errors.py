"""eBay's error answers: shared/apis/ebay.md sections 1.4, 4 and 9, texts from the OpenAPI files."""

from __future__ import annotations

from typing import Any

from sellerinbox.simulator.wire import Response

MESSAGE = "API_MESSAGE"
FULFILLMENT = "API_FULFILLMENT"

_TEXTS = {
    355001: "Invalid conversationStatus value. Please see documentation for valid values.",
    355002: "Invalid conversationType value. Please see documentation for valid values.",
    355003: "Invalid referenceType value. Please see documentation for valid values.",
    355004: "The start_time must be an earlier date than end_time.",
    355005: "Invalid date format used for one or both date filters. Please use ISO 8601 dates with UTC offset.",
    355006: "Invalid or unrecognized otherPartyUsername value.",
    355007: "Invalid or unrecognized conversation_id value.",
    355008: "Invalid offset. The offset value must be a positive integer value and synchronized up with the limit value.",
    355009: "Invalid limit. The limit value must be a positive integer value that does not exceed 50.",
    355010: "The maximum amount of media that may be sent is 5.",
    355011: "Invalid mediaType value. Please see documentation for valid values.",
    355012: "All fields under messageMedia are required. Please add missing field(s).",
    355013: "The messageText string exceeds the maximum character threshold of 2000. Please modify the message text.",
    355014: "Invalid mediaUrl. Please see documentation.",
    355015: "Please pass message text or upload one or more media attachments.",
    355016: "Invalid referenceId. The referenceId value must be a positive integer value.",
    355017: "The required conversation_type query parameter is either missing or has an invalid value.",
    355018: "conversationId and otherPartyUsername cannot both be empty.",
    355019: "The number of conversations for batch update exceeds the limit. A maximum of 10 conversations is allowed per request.",
    355020: "The referenceId is invalid. No listing can be found for this referenceId.",
    355021: "All fields under reference are required. Please add missing field(s).",
    355022: "The parameter reference_type is required whenever reference_id is provided.",
    30700: "Invalid filter name: {0}",
    30800: "Invalid filter value {0} for filter {1}",
    30810: "Invalid date format",
    30820: "Start date is missing",
    30830: "Time range between start date and end date must be within '2' years.",
    30840: "Start date should be before end date",
    30850: "Start and end dates can't be in the future",
    30900: "Exceeded maximum number of order IDs (the current limit is 50)",
    31000: "Invalid offset: {0}",
    31100: "Invalid limit: {0}",
    32100: "Invalid order ID: {0}",
    32110: "Invalid shipping fulfillment ID: {0}",
    32200: "Invalid line item id: {0}",
    32210: "Duplicate line item in the request",
    32300: "Invalid shipment tracking number or carrier",
    32500: "Invalid shipped date",
    32600: "Invalid input data",
    32800: "Invalid field group: {0}",
}


class Refused(Exception):
    """A request that eBay answers with an error; carries the answer."""

    def __init__(self, response: Response) -> None:
        super().__init__(f"answered {response.status}")
        self.response = response


def refusal(error_id: int, *values: str, status: int = 400) -> Refused:
    """One of the listed errors of the Message or Fulfillment API."""
    domain = MESSAGE if error_id > 100_000 else FULFILLMENT
    text = _TEXTS[error_id].format(*values)
    parameters = [{"name": f"value{number}", "value": value} for number, value in enumerate(values)]
    return Refused(error(status, error_id, domain, text, parameters=parameters))


def error(
    status: int, error_id: int, domain: str, message: str, *, category: str = "REQUEST", parameters: list[dict[str, str]] | None = None
) -> Response:
    """An answer in the shape of section 9."""
    entry: dict[str, Any] = {"errorId": error_id, "domain": domain, "category": category, "message": message, "longMessage": message}
    if parameters:
        entry["parameters"] = parameters
    return Response.of(status, {"errors": [entry]})


def unauthorized() -> Response:
    """Section 9: 401, errorId 1001."""
    text = "Invalid access token. Check the value of the Authorization HTTP request header."
    return error(401, 1001, "OAuth", text)


def forbidden() -> Response:
    """Section 9: 403, errorId 1100."""
    return error(403, 1100, "ACCESS", "Insufficient permissions to fulfill the request.")


def not_found() -> Response:
    """No such path. Section 9 lists no error id for it; 2002 is what the gateway is known to give."""
    return error(404, 2002, "ACCESS", "Resource not found")


def wrong_method() -> Response:
    """The path is there, the method is not."""
    return error(405, 2002, "ACCESS", "Method not allowed")


def stock_error(status: int) -> Response:
    """What a gateway says with a status, for faults that name no body of their own."""
    if status == 401:
        return unauthorized()
    if status == 403:
        return forbidden()
    if status == 429:
        return error(429, 2001, "ACCESS", "Too many requests. The request limit has been reached for the resource.")
    if status >= 500:
        return error(status, 2003, "API", "Internal error", category="APPLICATION")
    return error(status, 2004, "API", "Invalid request")
