"""What addresses of ours mean, and that nothing else is ours (promise S2)."""
# ruff: noqa: E501

import pytest

from bridge.mail.recipient import Recipient, RecipientKind, recipient

LISTS = frozenset(("general@forum.test", "tools+repair@lists.test", "reply@forum.test"))
GENERAL = "general@forum.test"

OURS = {
    "General@Forum.Test": Recipient(RecipientKind.POST, GENERAL),
    "general+subscribe@forum.test": Recipient(RecipientKind.SUBSCRIBE, GENERAL),
    "GENERAL+UNSUBSCRIBE@forum.test": Recipient(RecipientKind.UNSUBSCRIBE, GENERAL),
    "general+help@forum.test": Recipient(RecipientKind.HELP, GENERAL),
    "general+owner@forum.test": Recipient(RecipientKind.OWNER, GENERAL),
    "general-request@forum.test": Recipient(RecipientKind.REQUEST, GENERAL),
    "tools+repair@lists.test": Recipient(RecipientKind.POST, "tools+repair@lists.test"),
    "tools+repair+help@lists.test": Recipient(RecipientKind.HELP, "tools+repair@lists.test"),
    "Reply+ABC234@forum.test": Recipient(RecipientKind.REPLY, token="abc234"),
    "bounce+abc234@forum.test": Recipient(RecipientKind.BOUNCE, token="abc234"),
    "confirm+abc234@forum.test": Recipient(RecipientKind.CONFIRM, token="abc234"),
    "unsubscribe+abc234@forum.test": Recipient(RecipientKind.UNSUBSCRIBE_TOKEN, token="abc234"),
    "postmaster@forum.test": Recipient(RecipientKind.POSTMASTER),
    "Abuse@lists.test": Recipient(RecipientKind.POSTMASTER),
    "Postmaster": Recipient(RecipientKind.POSTMASTER),
}
NOT_OURS = [
    "", "@forum.test", "general", "nobody@forum.test", "general@elsewhere.test", "general%x@forum.test",
    "general@forum.test@elsewhere.test", "elsewhere.test!general@forum.test", "@forum.test:u@elsewhere.test",
    '"u@elsewhere.test"@forum.test', "|/bin/sh@forum.test", "../../general@forum.test", "reply+@forum.test",
    "reply+abc018@forum.test", "reply+abc234@lists.test", "reply+" + "a" * 60 + "@forum.test", "postmaster@elsewhere.test",
    "general+unknown@forum.test", "nobody+subscribe@forum.test", "general@[127.0.0.1]", "general @forum.test",
]  # fmt: skip


@pytest.mark.parametrize(("address", "meant"), OURS.items())
def test_ours(address: str, meant: Recipient) -> None:
    assert recipient(address, "forum.test", LISTS) == meant


@pytest.mark.parametrize("address", NOT_OURS)
def test_S2_everything_else_is_not_ours(address: str) -> None:
    assert recipient(address, "forum.test", LISTS) is None
