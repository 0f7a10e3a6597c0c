"""A digest as HTML: contents, then threads as sheets of paper, readable on a phone, in the dark, and without styles.

Styles stand in the tags, for mail programs drop style sheets; the sheet in the head adds only the dark and the small
screen. Nothing is fetched. The `<div>` around it all is the one by which letters of ours are known when they come
back quoted. Pure.
"""

from __future__ import annotations

import html
from functools import lru_cache
from urllib.parse import quote
from zlib import crc32

from ...posting.render import render
from ..body import WRAPPER, styled
from .form import (
    DigestLetter,
    DigestPost,
    DigestThread,
    among,
    counted,
    day,
    framed,
    moment,
    shown,
    subject,
    summary,
    title_of,
    upper,
)
from .text import about, counts, how_to_answer
from .words import words

_SANS = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_SERIF = "font-family:Charter,'Iowan Old Style','Sitka Text',Cambria,Georgia,serif"
_INK, _SOFT, _LINK, _LINE = "#22201d", "#68625a", "#0b5a64", "#e3dfd7"
_QUIET = f"font-size:14px;line-height:1.45;color:{_SOFT}"
_COLOURS = ("#0b5a64", "#8a4b14", "#5b4a78", "#3f6b2a", "#8c2f4b", "#2f5a94", "#7a6a10", "#4a5560")
BRIEF = 120
"""At this size of excerpts a post is a line."""
CONTENTS = 30
"""Threads that the contents name."""
_HEAD = (
    ":root{color-scheme:light dark;supported-color-schemes:light dark}"
    f".{WRAPPER} a{{color:{_LINK}}}"
    "@media (max-width:480px){.tb-page{padding:12px 8px!important}.tb-sheet{padding:16px 14px!important}"
    ".tb-top{padding:8px 6px 0!important}.tb-button{display:block!important;text-align:center!important}}"
    "@media (prefers-color-scheme:dark){"
    "body,.tb-page{background:#16181a!important;color:#dedad2!important}"
    ".tb-sheet{background:#1f2326!important;border-color:#2e3235!important}"
    ".tb-ink,.tb-ink a{color:#f0ede6!important}"
    ".tb-quiet,.tb-quote{color:#a9a399!important}.tb-rule,.tb-quote{border-color:#383d41!important}"
    ".tb-code,.tb-badge{background:#2b3034!important;color:#dedad2!important}"
    f".{WRAPPER} a{{color:#86c9d3!important}}.{WRAPPER} .tb-ink a{{color:#f0ede6!important}}"
    f".{WRAPPER} a.tb-quiet{{color:#a9a399!important}}"
    f".{WRAPPER} a.tb-button{{background:#86c9d3!important;color:#10282c!important}}}}"
)


def html_body(digest: DigestLetter, size: int) -> str:
    """The HTML part; of each post about `size` characters."""
    sections = []
    for mailing_list, threads in digest.sections():
        if len(digest.lists) > 1:
            sections.append(
                f'<h2 class="tb-ink" style="{_SERIF};font-size:22px;line-height:1.25;font-weight:600;color:{_INK};'
                f'margin:28px 0 12px;padding:0 4px">{_e(title_of(mailing_list))}</h2>\n'
            )
        sections += [_thread(digest, number, thread, size) for number, thread in threads]
    return (
        f'<!DOCTYPE html>\n<html lang="{digest.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
        f"<title>{_e(subject(digest))}</title>\n<style>{_HEAD}</style></head>\n"
        '<body style="margin:0;padding:0;background:#f4f1eb">\n'
        f'<div class="{WRAPPER} tb-page" style="background:#f4f1eb;color:{_INK};padding:24px 16px;{_SANS};'
        'font-size:16px;line-height:1.5">\n'
        f"{_preview(digest)}"
        f'<div style="max-width:640px;margin:0 auto">\n{_top(digest)}{_contents(digest)}{"".join(sections)}'
        f"{_footer(digest)}</div>\n</div>\n</body></html>\n"
    )


def _e(text: str) -> str:
    return html.escape(text)


def _preview(digest: DigestLetter) -> str:
    """What lists of mails show beside the subject: who wrote. No words of a post, for a quote keeps this unseen."""
    names = tuple(dict.fromkeys(name for thread in digest.threads for name in thread.names))
    return (
        '<div style="display:none;max-height:0;overflow:hidden;mso-hide:all" aria-hidden="true">'
        f"{_e(framed(digest.language, 'from', names=among(digest.language, names, 8)))}</div>\n"
    )


def _top(digest: DigestLetter) -> str:
    since = (
        framed(digest.language, "since", when=moment(digest.since, digest.date, digest.zone, digest.language))
        if digest.since is not None
        else framed(digest.language, "for", name=shown(digest.name))
    )
    return (
        f'<div class="tb-top" style="padding:8px 4px 0"><div class="tb-quiet" style="{_QUIET}">'
        f"{_e(upper(day(digest.date, digest.zone, digest.language)))}</div>\n"
        f'<h1 class="tb-ink" style="{_SERIF};font-size:30px;line-height:1.2;font-weight:600;color:{_INK};'
        'margin:2px 0 4px">'
        f"{_e(digest.title)}</h1>\n"
        f'<div class="tb-quiet" style="{_QUIET};margin:0 0 20px">{_e(summary(digest))}, {_e(since)}</div></div>\n'
    )


def _contents(digest: DigestLetter) -> str:
    """The table of contents, each line a link to its thread below."""
    if len(digest.threads) < 2:
        return ""
    rows = []
    for mailing_list, threads in digest.sections():
        if len(digest.lists) > 1:
            rows.append(
                f'<div class="tb-quiet" style="{_QUIET};font-weight:600;margin:10px 0 2px">'
                f"{_e(title_of(mailing_list))}</div>\n"
            )
        for number, thread in threads:
            if number > CONTENTS:
                continue
            rows.append(
                f'<div style="margin:0;padding:5px 0"><a href="#thread-{number}" style="color:{_LINK};'
                f'text-decoration:none;font-weight:600"><bdi>{_e(shown(thread.title))}</bdi></a>'
                f'<div class="tb-quiet" style="{_QUIET}">'
                f"{_e(counted(digest.language, 'new', len(thread.posts)))} &middot; "
                f"{_e(among(digest.language, thread.names))}</div></div>\n"
            )
    if len(digest.threads) > CONTENTS:
        more = counted(digest.language, "threads", len(digest.threads) - CONTENTS)
        rows.append(f'<div class="tb-quiet" style="{_QUIET};padding:5px 0">{_e(more)}</div>\n')
    return _sheet("".join(rows), "padding:12px 24px")


def _sheet(inner: str, style: str = "padding:20px 24px 22px", anchor: str = "") -> str:
    name = f' id="{anchor}"' if anchor else ""
    return (
        f'<div{name} class="tb-sheet" style="background:#ffffff;border:1px solid {_LINE};border-radius:10px;{style};'
        f'margin:0 0 16px">\n{inner}</div>\n'
    )


def _thread(digest: DigestLetter, number: int, thread: DigestThread, size: int) -> str:
    if size <= BRIEF:
        return _brief(digest, number, thread, size)
    link = f'style="color:{_INK};text-decoration:none" href="{_e(thread.url)}"'
    head = (
        f'<h3 class="tb-ink" style="{_SERIF};font-size:21px;line-height:1.3;font-weight:600;color:{_INK};margin:0">'
        f"<a {link}><bdi>{_e(shown(thread.title))}</bdi></a></h3>\n"
        f'<div class="tb-quiet" style="{_QUIET};margin:2px 0 0">{_e(counts(digest, thread))}</div>\n'
    )
    posts = "".join(_post(digest, thread, post, size) for post in thread.posts)
    return _sheet(f"{head}{posts}{_answer(digest, thread)}", anchor=f"thread-{number}")


def _brief(digest: DigestLetter, number: int, thread: DigestThread, size: int) -> str:
    """A thread where there are very many: a line a post."""
    rows = "".join(
        f'<div style="margin:6px 0 0"><b>{_e(shown(post.author) or "Somebody")}</b> '
        f'<a style="color:{_LINK}" href="{_e(post.permalink)}">{_e(_at(digest, post))}</a>: '
        f"<bdi>{_e(' '.join(words(post.text, post.masked, size).plain[: 2 * size].split()))}</bdi></div>\n"
        for post in thread.posts
    )
    return (
        f'<div id="thread-{number}" class="tb-sheet" style="background:#ffffff;border-radius:10px;'
        'padding:12px 24px;margin:0 0 8px">'
        f'<a style="color:{_LINK};font-weight:600;text-decoration:none" href="{_e(thread.url)}">'
        f"<bdi>{_e(shown(thread.title))}</bdi></a> "
        f'&middot; <a style="color:{_LINK}" href="{_e(mailto(thread.reply_to, thread.title))}">'
        f"{_e(framed(digest.language, 'answer'))}</a>\n"
        f"{rows}</div>\n"
    )


def _at(digest: DigestLetter, post: DigestPost) -> str:
    """When a post was written."""
    return moment(post.date, digest.date, digest.zone, digest.language)


def _post(digest: DigestLetter, thread: DigestThread, post: DigestPost, size: int) -> str:
    name = shown(post.author) or "Somebody"
    colour = _COLOURS[crc32(name.encode("utf-8", "replace")) % len(_COLOURS)]
    more = "".join(
        f' <span class="tb-badge" style="background:#f1eee8;border-radius:9px;padding:1px 8px;margin:0 0 0 4px;'
        f'white-space:nowrap">{_e(one)}</span>'
        for one in about(digest, post)
    )
    mark = (
        f'<td width="36" valign="top" style="padding:2px 0 0"><div style="width:36px;height:36px;line-height:36px;'
        f'border-radius:18px;background:{colour};color:#ffffff;text-align:center;font-weight:600;font-size:16px"'
        f' aria-hidden="true">{_e(name[:1].upper())}</div></td>'
    )
    who = (
        f'<td valign="top" style="padding:0 0 0 10px"><div class="tb-ink" style="font-weight:600;color:{_INK};'
        f'line-height:1.3"><bdi>{_e(name)}</bdi></div><div class="tb-quiet" style="{_QUIET};font-size:13px">'
        f"{_e(upper(_at(digest, post)))}{more}</div></td>"
    )
    return (
        f'<div class="tb-rule" style="border-top:1px solid {_LINE};margin:16px 0 0;padding:16px 0 0">\n'
        f'<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>{mark}{who}</tr></table>\n'
        f"{_answers(digest, post)}{_words(post, size)}{_links(digest, thread, post, size)}</div>\n"
    )


def _answers(digest: DigestLetter, post: DigestPost) -> str:
    if post.answers is None:
        return ""
    said, mark = shown(post.answers.excerpt), "\x00"
    before, _, after = framed(digest.language, "in_reply_to", name=mark).partition(mark)
    to = f"{_e(before)}<bdi>{_e(shown(post.answers.name))}</bdi>{_e(after)}"
    return (
        f'<div class="tb-quote" style="{_QUIET};font-size:13px;border-left:3px solid {_LINE};padding:0 0 0 10px;'
        f'margin:10px 0 0"><b>{to}</b> <bdi>{_e(said[:110])}</bdi>'
        "</div>\n"
    )


def _words(post: DigestPost, size: int) -> str:
    cut = words(post.text, post.masked, size)
    rendered = _rendered(cut.markdown)
    return f'<div style="margin:10px 0 0;overflow-wrap:break-word;word-break:break-word">{rendered}</div>\n'


@lru_cache(512)
def _rendered(markdown: str) -> str:
    """The same post goes to many readers."""
    return styled(render(markdown, {}))


def _links(digest: DigestLetter, thread: DigestThread, post: DigestPost, size: int) -> str:
    left = words(post.text, post.masked, size).left
    language = digest.language
    more = counted(language, "word", left)
    web = _e(framed(language, "read_on", more=more) if left else framed(language, "on_web"))
    quiet = f'class="tb-quiet" style="color:{_SOFT}"'
    strong = f'style="color:{_LINK};font-weight:600"'
    answer = f'<a {quiet} href="{_e(mailto(post.reply_to, thread.title))}">{_e(_to(digest, post))}</a>'
    return (
        f'<div class="tb-quiet" style="{_QUIET}"><a {strong if left else quiet} href="{_e(post.permalink)}">{web}</a>'
        f" &middot; {answer}</div>\n"
    )


def _to(digest: DigestLetter, post: DigestPost) -> str:
    """ "Answer Bo": the first name is enough below his own words."""
    first = (shown(post.author).split() or [framed(digest.language, "answer_this")])[0][:30]
    return framed(digest.language, "answer_to", name=first)


def _answer(digest: DigestLetter, thread: DigestThread) -> str:
    """The button that begins an answer, and the address for those whose program knows no such links."""
    return (
        f'<div style="margin:20px 0 0"><a class="tb-button" style="display:inline-block;background:{_LINK};'
        "color:#ffffff;"
        f'text-decoration:none;font-weight:600;font-size:15px;line-height:1.2;padding:11px 18px;border-radius:8px"'
        f' href="{_e(mailto(thread.reply_to, thread.title))}">'
        f"{_e(framed(digest.language, 'answer_thread'))}</a></div>\n"
        f'<div class="tb-quiet" style="{_QUIET};font-size:12px;margin:8px 0 0;word-break:break-all">'
        f"{_e(framed(digest.language, 'or_write'))} "
        f"{_e(thread.reply_to)}</div>\n"
    )


def mailto(address: str, title: str) -> str:
    """A link that begins an answer (RFC 6068)."""
    return f"mailto:{quote(address, safe='@+')}?subject={quote(f'Re: {shown(title)}'[:200], safe='')}"


def _footer(digest: DigestLetter) -> str:
    link = f'<a class="tb-quiet" style="color:{_SOFT}" href="'
    leaving = " &middot; ".join(
        f'{link}{_e(url)}">{_e(framed(digest.language, "unsubscribe", list=title_of(each)))}</a>'
        for each in digest.lists
        if (url := digest.leave_links.get(each.id))
    )
    web = framed(digest.language, "on_site", site=shown(digest.site.name))
    return (
        f'<div class="tb-quiet" style="{_QUIET};font-size:13px;margin:20px 0 0;padding:0 4px">'
        f"{_e(how_to_answer(digest))}<br>"
        f'{link}{_e(digest.site.url)}/">{_e(web)}</a> &middot; {leaving}</div>\n'
    )
