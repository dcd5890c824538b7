"""Short messages over the service's own shape, with a stand-in for the network."""

from urllib.parse import parse_qs

import httpx
import pytest

from marketplace.core.sms import Console, Kavenegar, NotSent, Nowhere, chosen


def sender(answer: httpx.Response, asked: list[httpx.Request]) -> Kavenegar:
    def respond(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return answer

    return Kavenegar(key="KEY", line="1000", transport=httpx.MockTransport(respond))


def test_a_message_goes_out_in_the_services_shape():
    asked: list[httpx.Request] = []
    sender(httpx.Response(200, json={"return": {"status": 200, "message": "ok"}}), asked).send("+989131110002", "سلام")
    assert str(asked[0].url) == "https://api.kavenegar.com/v1/KEY/sms/send.json"
    assert parse_qs(asked[0].content.decode()) == {
        "receptor": ["+989131110002"],
        "message": ["سلام"],
        "sender": ["1000"],
    }


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, json={"return": {"status": 411, "message": "bad receptor"}}),
        httpx.Response(418, json={"return": {"status": 418}}),
        httpx.Response(502, text="<html>"),
    ],
)
def test_what_the_service_did_not_take_is_said_without_the_number(answer):
    with pytest.raises(NotSent) as raised:
        sender(answer, []).send("+989131110002", "سلام")
    assert "989131110002" not in str(raised.value)


def test_a_lost_line_is_not_sent():
    def lost(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no line")

    with pytest.raises(NotSent):
        Kavenegar(key="KEY", line="", transport=httpx.MockTransport(lost)).send("+989131110002", "سلام")


@pytest.mark.parametrize(("name", "kind"), [("", Nowhere), ("console", Console), ("kavenegar", Kavenegar)])
def test_the_settings_name_the_sender(settings, name, kind):
    settings.SMS_SENDER, settings.KAVENEGAR_KEY, settings.KAVENEGAR_LINE = name, "KEY", ""
    assert isinstance(chosen(), kind)
