"""Builds raw mails for the tests of the mail room."""

from base64 import encodebytes

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
HEADERS = {
    "From": "Ada Brook <ada@members.test>",
    "To": "General <general@forum.test>",
    "Subject": "The shed",
    "Date": "Mon, 05 Jan 2026 10:00:00 +0100",
    "Message-ID": "<1@members.test>",
    "MIME-Version": "1.0",
}


def mail(body: bytes | str = b"Hello\r\n", **headers: str | None) -> bytes:
    """A mail; `Content_Type="..."` sets a header, None leaves one out; `body` may be a whole part with its headers."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}\r\n" for name, value in (HEADERS | given).items() if value is not None]
    raw = body.encode() if isinstance(body, str) else body
    end = b"" if raw.startswith((b"Content-", b"content-")) else b"\r\n"
    return "".join(lines).encode("utf-8", "surrogateescape") + end + raw


def part(kind: str, body: bytes | str, *headers: str) -> bytes:
    """A leaf with its headers; a picture or file in base64."""
    raw = body.encode() if isinstance(body, str) else body
    lines = [f"Content-Type: {kind}", *headers]
    if not kind.startswith(("text/", "message/")):
        lines.append("Content-Transfer-Encoding: base64")
        raw = encodebytes(raw).replace(b"\n", b"\r\n")
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + raw


def multipart(kind: str, *parts: bytes, boundary: str = "") -> bytes:
    """A multipart of parts; its boundary is made of what it holds."""
    mark = boundary or f"=_{kind.split(';')[0]}_{len(parts)}_{sum(map(len, parts))}"
    head = f'Content-Type: multipart/{kind}; boundary="{mark}"\r\n\r\n'.encode()
    inner = b"".join(b"--" + mark.encode() + b"\r\n" + each + b"\r\n" for each in parts)
    return head + inner + b"--" + mark.encode() + b"--\r\n"


def plain(text: str, parameters: str = "; charset=utf-8", *headers: str) -> bytes:
    """A text/plain part."""
    return part(f"text/plain{parameters}", text, *headers)


def markup(text: str, *headers: str) -> bytes:
    """A text/html part."""
    return part("text/html; charset=utf-8", text, *headers)


def picture(*headers: str, name: str = "shed.png") -> bytes:
    """A small PNG, inline unless `headers` say otherwise."""
    headers = headers or (f'Content-Disposition: inline; filename="{name}"',)
    return part("image/png", PNG, *headers)
