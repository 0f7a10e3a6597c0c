"""The envelope sender of a mail whose envelope is gone."""

import pytest

from bridge.mail.sender import header_sender

from .letters import mail


@pytest.mark.parametrize(
    ("headers", "sender"),
    [
        ({"Return_Path": "<Ada@Members.test>"}, "ada@members.test"),
        ({"Return_Path": "<>"}, ""),
        ({}, "ada@members.test"),
        ({"From": "a@x.test, b@x.test"}, ""),
        ({"From": "J\udcf6rg <j@x.test>"}, "j@x.test"),
        ({"From": None}, ""),
    ],
)
def test_return_path_else_author(headers: dict[str, str], sender: str) -> None:
    assert header_sender(mail(**headers)) == sender
