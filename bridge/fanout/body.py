"""What a letter says, as text and as HTML: whom it answers, the post, what hangs on it, and a short footer.

Quoted lines lose their addresses, and so do names: only the author's own words may give one. The HTML has inline
styles and few colours, so that a mail program in the dark can turn them, and one `<div>` around it all by which it
is known when it comes back quoted. Pure.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from ..posting.private import hide_addresses, hide_keys
from ..posting.render import render
from .headers import clean
from .languages import AROUND
from .letter import PostLetter, Slot

WRAPPER = "threadbridge-letter"
COPIED_MAX = 20

_PICTURE = re.compile(r"!\[([^\[\]\n]{0,300})\]\(<?cid:[^()<>\s]{1,300}>?\)")

_FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_STYLES = {
    "p": "margin:0 0 1em",
    "h3": "font-size:1.25em;line-height:1.3;margin:1.2em 0 .5em",
    "h4": "font-size:1.1em;line-height:1.3;margin:1.2em 0 .5em",
    "blockquote": "margin:0 0 1em;padding:0 0 0 .9em;border-left:3px solid #b9c3cc;color:#5b6670",
    "pre": "margin:0 0 1em;padding:.6em .8em;background:#f2f4f6;border-radius:4px;white-space:pre-wrap",
    "img": "max-width:100%;height:auto;border-radius:4px",
    "ul": "margin:0 0 1em;padding:0 0 0 1.6em",
    "ol": "margin:0 0 1em;padding:0 0 0 1.6em",
    "li": "margin:0 0 .2em",
    "table": "margin:0 0 1em;border-collapse:collapse",
    "th": "padding:.25em .7em;border:1px solid #b9c3cc;text-align:left",
    "td": "padding:.25em .7em;border:1px solid #b9c3cc;vertical-align:top",
    "hr": "border:0;border-top:1px solid #d5dbe0;margin:1.5em 0",
}
_TAG = re.compile(r'<([a-z][a-z0-9]{0,20})((?:\s[a-z]{1,20}="[^"]*")*)>')
_CLASSES = {"blockquote": "tb-quote", "pre": "tb-code", "hr": "tb-rule", "th": "tb-rule", "td": "tb-rule"}
_DARK = (
    ":root{color-scheme:light dark;supported-color-schemes:light dark}"
    "@media (prefers-color-scheme:dark){"
    ".tb-quiet,.tb-quote{color:#a9b4bd!important}"
    ".tb-quote,.tb-rule{border-color:#4a545c!important}"
    ".tb-code{background:#23292e!important}"
    ".threadbridge-letter a{color:#8ab8f0!important}"
    ".threadbridge-letter a.tb-quiet{color:#a9b4bd!important}}"
)
_QUIET = "font-size:14px;line-height:1.45;color:#5b6670"


def words_of(letter: PostLetter) -> str:
    """The post's Markdown without the addresses that its letter is not to pass on, nor tokens of another's letter."""
    text = hide_keys(letter.post.text)
    for address in letter.masked:
        text = re.sub(re.escape(address), f"{address.partition('@')[0]}@…", text, flags=re.IGNORECASE)
    return "\n".join(hide_addresses(row) if row.lstrip().startswith(">") else row for row in text.split("\n"))


def lead(letter: PostLetter) -> list[tuple[str, str]]:
    """The lines above the post, each as what it is about and what it says."""
    post = letter.post
    rows: list[tuple[str, str]] = []
    if letter.answers:
        about = _said(letter, "in_reply_to", name=_name(letter.answers.name))
        rows.append((about, hide_addresses(clean(letter.answers.excerpt))))
    if post.credit:
        rows.append((_said(letter, "forwarded", name=_name(post.credit), author=_name(post.author)), ""))
    if post.guest:
        rows.append((_said(letter, "guest", name=_name(post.author)), ""))
    if letter.copied:
        more = len(letter.copied) - COPIED_MAX
        names = ", ".join(map(_name, letter.copied[:COPIED_MAX]))
        rows.append(
            (_said(letter, "copied"), _said(letter, "more", names=names, n=more) if more > 0 else names)
        )
    return rows


def _said(letter: PostLetter, key: str, **facts: object) -> str:
    """Words around a post, in the language of the letter's readers."""
    return AROUND.get(letter.language, AROUND["en"])[key].format_map(facts)


def _name(name: str) -> str:
    return hide_addresses(clean(name))


def text_body(letter: PostLetter) -> list[str | Slot]:
    """The text part."""
    colon, picture = _said(letter, "colon"), _said(letter, "picture")
    head = "".join(f"{about}{colon} {said}\n" if said else f"{about}.\n" for about, said in lead(letter))
    words = _PICTURE.sub(lambda m: f"[{picture}: {m[1]}]" if m[1] else f"[{picture}]", words_of(letter))
    words = words.strip("\n")
    files = "".join(f"- {_file(one.name)} ({size(one.size)}): {one.url}\n" for one in letter.attachments)
    title, site = clean(letter.mailing_list.title or letter.mailing_list.name), clean(letter.site.name)
    return [
        (head + "\n" if head else "")
        + (words + "\n" if words else "")
        + (f"\n{_said(letter, 'attached')}{colon}\n{files}" if files else "")
        + f"\n-- \n{title}, {site}\n{_said(letter, 'answer')}\n"
        + (f"{_alone(letter)}{colon} {letter.relay}\n" if letter.relay else "")
        + f"{_said(letter, 'web')}{colon} {letter.permalink}\n"
        + f"{_said(letter, 'unsubscribe')}{colon} {letter.site.url}/unsubscribe/",
        Slot.UNSUBSCRIBE,
        "\n",
    ]


def furniture(title: str, site: str) -> tuple[str, ...]:
    """The lines of the footer of a list's letters, in all languages, without their links: how they are known again."""
    return (f"{clean(title)}, {clean(site)}", *_FURNITURE)


_FURNITURE = tuple(
    dict.fromkeys(said[key] for said in AROUND.values() for key in ("answer", "web", "thread", "unsubscribe"))
)


def alone(author: str) -> tuple[str, ...]:
    """What stands before the address for an answer to a post's author alone, in all languages."""
    return tuple(said["alone"].format_map({"name": _name(author)}) for said in AROUND.values())


def _alone(letter: PostLetter) -> str:
    return _said(letter, "alone", name=_name(letter.post.author))


def html_body(
    letter: PostLetter, pictures: Mapping[str, str], below: tuple[tuple[str, str], ...]
) -> list[str | Slot]:
    """The HTML part; `pictures` are URLs by content id, `below` URL and name of those not in the text."""
    more = "".join(f'<p><img src="{url}" alt="{_escape(alt)}"></p>' for url, alt in below)
    words = styled(render(words_of(letter), pictures) + more)
    top = "".join(_lead_row(about, said, _said(letter, "colon")) for about, said in lead(letter))
    head = f'<div class="tb-quiet" style="{_QUIET};margin:0 0 16px">{top}</div>\n' if top else ""
    return [
        _opening(letter.post.subject)
        + f'{head}<div style="overflow-wrap:break-word">{words}</div>\n{_files(letter)}{_footer(letter)}',
        Slot.UNSUBSCRIBE,
        f'">{_escape(_said(letter, "unsubscribe"))}</a></div>\n' + _CLOSING,
    ]


def notice_page(subject: str, text: str) -> str:
    """The HTML of a letter of our own; the line above its signature becomes a rule."""
    return _opening(subject) + styled(render(text.replace("\n-- \n", "\n\n---\n\n"), {})) + _CLOSING


def _opening(subject: str) -> str:
    """The page down to the words: readable without its styles, and in the dark."""
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
        f"<title>{_escape(hide_addresses(clean(subject)))}</title>\n<style>{_DARK}</style></head>\n"
        '<body style="margin:0;padding:0">\n'
        f'<div class="{WRAPPER}" style="max-width:640px;padding:16px;{_FONT};font-size:16px;line-height:1.5">\n'
    )


_CLOSING = "</div>\n</body></html>\n"


def _escape(text: str) -> str:
    return html.escape(text)


def _lead_row(about: str, said: str, colon: str) -> str:
    what = f"<bdi>{_escape(about)}</bdi>"
    if not said:
        return f'<div style="margin:0 0 4px">{what}</div>'
    return f'<div style="margin:0 0 4px"><b>{what}{colon}</b> <bdi>{_escape(said)}</bdi></div>'


def styled(words: str) -> str:
    """Sanitised HTML with the styles put into its tags; whole tags are matched, for an attribute may hold a `<`."""
    return _TAG.sub(_styled_tag, words)


def _styled_tag(tag: re.Match[str]) -> str:
    name, attributes = tag[1], tag[2]
    if name not in _STYLES:
        return tag[0]
    known = f' class="{_CLASSES[name]}"' if name in _CLASSES else ""
    turned = ' dir="auto"' if name in ("p", "h3", "h4", "li", "td") else ""
    return f'<{name}{known}{turned} style="{_STYLES[name]}"{attributes}>'


def _files(letter: PostLetter) -> str:
    """The attachments, as links."""
    if not letter.attachments:
        return ""
    rows = "".join(
        f'<div style="margin:0 0 4px"><a href="{_escape(one.url)}">{_escape(_file(one.name))}</a> '
        f'<span class="tb-quiet" style="{_QUIET}">{size(one.size)}</span></div>'
        for one in letter.attachments
    )
    return f'<div style="margin:0 0 1em">{rows}</div>\n'


def _footer(letter: PostLetter) -> str:
    """The footer up to the unsubscribe token."""
    title, site = clean(letter.mailing_list.title or letter.mailing_list.name), clean(letter.site.name)
    link = '<a class="tb-quiet" style="color:#5b6670" href="'
    one = f' {link}mailto:{_escape(letter.relay)}">{_escape(_alone(letter))}</a>.' if letter.relay else ""
    return (
        f'<div class="tb-quiet tb-rule" style="{_QUIET};font-size:13px;margin:24px 0 0;padding:10px 0 0;'
        f'border-top:1px solid #d5dbe0">{_escape(title)}, {_escape(site)}. '
        f"{_escape(_said(letter, 'answer'))}{one}<br>"
        f'{link}{_escape(letter.permalink)}">{_escape(_said(letter, "web"))}</a> &middot; '
        f'{link}{_escape(letter.thread_url)}">{_escape(_said(letter, "thread"))}</a> &middot; '
        f"{link}{_escape(letter.site.url)}/unsubscribe/"
    )


def _file(name: str) -> str:
    return hide_addresses(clean(name))[:200] or "file"


def size(count: int) -> str:
    """A number of bytes, readable: "12 kB"."""
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:.0f} kB" if count < 999_500 else f"{count / 1_000_000:.1f} MB"
