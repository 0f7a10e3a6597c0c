"""Prose that looks like what a mail program writes, answers between quoted lines, and HTML of many programs."""

# ruff: noqa: E501
from __future__ import annotations

import pytest

from bridge.mail.parse import bare
from bridge.reply.clean import clean

PROSE = {
    "diff": "Try this:\n\n--- a/file\n+++ b/file\n@@ -1 +1 @@\n-old\n+new\n\nDoes it work?",
    "dash list": "- one\n-- two\n--- three\n\nall of them",
    "minutes": "Present: Jo, Al\nDate: 3 November\nPlace: barn\nSubject: apples\n\nWe met.",
    "memo": "To: all members\nFrom: the board\nDate: 3 November 2025\nSubject: rent\n\nThe rent goes up by 2 %.",
    "time": "At 10:00 on 3.11.2025 we start: bring crates.",
    "he wrote": 'On Monday he wrote:\n\n"come at once"\n\nand I did.',
    "council wrote": "On 5 May 2019 the council wrote:\n\nNo more than two trees.\n\nWe planted five.",
    "jo wrote year": "In 2019 Jo Brook wrote:\n\nAll is well.\n\nIt was.",
    "contact list": "The plumbers:\n\nAl Fin\n01632 960001\nal@pipes.example\n\nBo Ray\n01632 960002\nbo@pipes.example",
    "thanks end": "Can you send me the list?\n\nThanks\nJo",
    "link end": "Here it is:\n\nhttps://orchard.example/list\n\nJo",
    "confid word": "The report is confidential, so please delete it after reading and notify the sender that you did. I mean it, this message is no joke at all.",
    "sent from": "I have the parcel.\n\nSent from London by train, it took two days.",
    "sent my mobile": "Sent from my mobile office in the woods, I am afraid I forgot the numbers you asked for yesterday evening.",
    "regards mid": "With regards to the trees:\n\nBest wishes are in order.\n\nThey grow.",
    "dialog": "A: are you there?\nB: yes\nA: good",
    "to list": "To: do\nFrom: scratch\nSubject: life",
    "emoji": "👍",
    "plus": "+1",
    "unsub talk": "I think we should add a line to unsubscribe: people keep asking me how to leave the list. What do you think about it?",
    "virus talk": 'My mail program says "virus-free" on every mail, and I find that annoying.',
    "code": "```\n> x <- c(1,2)\n> mean(x)\n```\nworks",
    "shell": "Run\n\n    $ make\n    mysql> select 1;\n\nand tell me",
    "table": "| a | b |\n| --- | --- |\n| 1 | 2 |",
    "sig-like text": "Jo Brook\n07700 900123\n\nis the number to call.",
    "address to go": "We meet at:\n\nOrchard House\n12 High Street\n01632 960000\n\nDon't be late.",
    "short name end": "Yes.\n\nJo",
    "question w/ quote": "> Shall we?\n\nYes.",
    "signature words": "Please sign below:\n\n________________\nJo Brook, Chair",
    "letter": "Dear Mr. Brook,\n\nI am writing from: Leeds.\nDate: Monday 10:00\n\nYours sincerely\nAl Fin",
}
ANSWERS = {
    "inline greeting": (
        "Hi Jo,\n\nOn Mon, 3 Nov 2025 at 18:40, Jo Brook <jo@mail.example> wrote:\n> First?\n\nYes.\n\n> Second?\n\nNo.\n\nAl\n",
        "Hi Jo,\n\n> First?\n\nYes.\n\n> Second?\n\nNo.\n\nAl",
    ),
    "inline tight": (
        "On Mon, 3 Nov 2025 at 18:40, Jo Brook <jo@mail.example> wrote:\n> First?\nYes.\n> Second?\nNo.\n",
        "> First?\n\nYes.\n\n> Second?\n\nNo.",
    ),
    "bottom sig": ("Jo Brook <jo@mail.example> wrote:\n> long\n> text\n\nAnswer.\n\n-- \nAl", "Answer."),
    "top then old tail": (
        "Answer.\n\nJo Brook <jo@mail.example> wrote:\n\n> a\n\n-- \nlist footer thing",
        "Answer.",
    ),
    "dup sig": (
        "Answer.\n\n-- \nAl Fin\n\nOn Mon, 3 Nov 2025 at 18:40, Jo <jo@mail.example> wrote:\n> a\n",
        "Answer.",
    ),
}
HTML = {
    "fastmail": (
        '<!DOCTYPE html><html><body><div>Fine.<br></div><div><br></div><div id="sig123"><div class="signature">--<br></div><div class="signature">  Jo Brook<br></div></div><div><br></div><div>On Mon, Nov 3, 2025, at 18:40, Al Fin wrote:<br></div><blockquote type="cite" id="qt" style=""><div>Old</div></blockquote></body></html>',
        "Fine.",
        "",
    ),
    "hey": (
        '<div class="trix-content"><div>Fine.<br><br></div></div><br><div class="gmail_quote">On November 3, 2025, Al Fin &lt;al@x.example&gt; wrote:<br><blockquote class="gmail_quote"><div>Old</div></blockquote></div>',
        "Fine.",
        "",
    ),
    "superhuman": (
        '<html><body><div><div><div>Fine.</div><br></div><div class="gmail_signature">Sent via <a href="https://sprh.mn">Superhuman</a></div><br><div class="gmail_quote">On Mon, Nov 03, 2025 at 6:40 PM, Al Fin <span>&lt;<a href="mailto:al@x.example">al@x.example</a>&gt;</span> wrote:<br><blockquote class="gmail_quote"><div>Old</div></blockquote></div></div></body></html>',
        "Fine.",
        "",
    ),
    "tutanota": (
        '<div dir="auto">Fine.</div><div dir="auto"><br></div><div>-- </div><div>Secured with Tuta Mail</div><div><br></div><div dir="auto">3. Nov. 2025, 18:40 von al@x.example:</div><blockquote class="tutanota_quote" style="border-left: 1px solid #93A3B8"><div>Old</div></blockquote>',
        "Fine.",
        "",
    ),
    "zoho": (
        '<div>Fine.</div><br><div id="Zm-_Id_-Sgn" class="zmail_signature_below"><div>Jo</div></div><br><div class="zmail_extra_hr" style="border-top: 1px solid rgb(204, 204, 204)"><br></div><div class="zmail_extra" data-zbluepencil-ignore="true"><div><div id="Zm-_Id_-Sgn1">---- On Mon, 03 Nov 2025 18:40:11 +0100 <b>Al Fin &lt;al@x.example&gt;</b> wrote ---<br></div></div><br><blockquote id="blockquote_zmail" style="margin:0px"><div>Old</div></blockquote></div>',
        "Fine.",
        "",
    ),
    "outlook mac": (
        '<html><body style="word-wrap: break-word;"><div>Fine.</div><div><br></div><span id="OLK_SRC_BODY_SECTION"><div style="font-family:Calibri; font-size:11pt; border-top: #b5c4df 1pt solid; padding-top: 3pt"><span style="font-weight:bold">From: </span> Al Fin &lt;al@x.example&gt;<br><span style="font-weight:bold">Date: </span> Monday, November 3, 2025 at 6:40 PM<br><span style="font-weight:bold">To: </span> x<br><span style="font-weight:bold">Subject: </span> Re: y<br></div><div><br></div><div>Old</div></span></body></html>',
        "Fine.",
        "",
    ),
    "outlook top-border ja": (
        '<div class="WordSection1"><p class="MsoNormal">了解です。</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0mm 0mm 0mm"><p class="MsoNormal"><b>From:</b> Al &lt;al@x.example&gt; <br><b>Sent:</b> Monday, November 3, 2025 6:40 PM<br><b>To:</b> x<br><b>Subject:</b> y</p></div><p>Old</p></div>',
        "了解です。",
        "",
    ),
    "roundcube": (
        '<p>Fine.</p><div>---<br /><p>Jo Brook</p></div><p id="reply-intro">On 2025-11-03 18:40, Al Fin wrote:</p><blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0"><div>Old</div></blockquote>',
        "Fine.\n\n---\n\nJo Brook",
        "",
    ),
    "gmail undone": (
        '<div dir="ltr"><div class="gmail_quote"><div>My own text in a leftover quote div.</div></div></div>',
        "My own text in a leftover quote div.",
        "",
    ),
    "gmail indent": (
        '<div dir="ltr">Look:<blockquote style="margin:0 0 0 40px;border:none;padding:0px"><div>indented</div></blockquote>ok</div>',
        "Look:\n\nindented\n\nok",
        "",
    ),
    "gmail typed quote": (
        '<div dir="ltr">As he said:<div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">Plant a tree.</blockquote></div><div>So I do.</div></div>',
        "As he said:\n\n> Plant a tree.\n\nSo I do.",
        "",
    ),
    "nested p": (
        '<p>One</p><p>Two</p><p>Three <a href="https://a.example/b">here</a></p>',
        "One\n\nTwo\n\nThree [here](https://a.example/b)",
        "",
    ),
    "links": (
        '<p><a href="https://a.example/">https://a.example</a> and <a href="mailto:jo@x.example">jo@x.example</a> <a href="javascript:x()">bad</a> <a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fb.example%2Fp%3Fq%3D1&amp;data=05">the page</a></p>',
        "https://a.example and jo@x.example bad [the page](https://b.example/p?q=1)",
        "",
    ),
    "code": (
        "<p>Use <code>x_y</code> and <b>not</b> <i>z</i>.</p><h2>Plan</h2><p>a<br>b</p><hr><p>c</p>",
        "Use `x_y` and **not** *z*.\n\n## Plan\n\na\nb\n\n---\n\nc",
        "",
    ),
    "iphone inline sig": (
        '<html><body dir="auto">Yes<div><br></div><div>No<br><div dir="ltr"><br><blockquote type="cite"><div dir="ltr">On 3 Nov 2025, at 18:40, Al &lt;al@x.example&gt; wrote:<br><br></div></blockquote></div><blockquote type="cite"><div dir="ltr">Old</div></blockquote></div></body></html>',
        "Yes\n\nNo",
        "",
    ),
    "spark": (
        '<html><body><div name="messageBodySection"><div dir="auto">Fine.</div></div><div name="messageSignatureSection"><br />Jo Brook</div><div name="messageReplySection">On 3 Nov 2025 at 18:40 +0100, Al Fin &lt;al@x.example&gt;, wrote:<br /><blockquote type="cite" style="border-left:thin solid #1abc9c">Old</blockquote></div></body></html>',
        "Fine.",
        "",
    ),
    "applesig": (
        '<html><body><div>Fine.</div><br><div><meta charset="UTF-8"><div style="caret-color:black">Jo Brook<br>07700 900123<br>jo@x.example</div></div><div><br><blockquote type="cite"><div>On 3 Nov 2025, at 18:40, Al &lt;al@x.example&gt; wrote:</div><br><div>Old</div></blockquote></div></body></html>',
        "Fine.\n\nJo Brook",
        "Jo Brook <jo@x.example>",
    ),
    "gmx": (
        '<html><body><div style="font-family: Verdana"><div>Gut.</div><div>&nbsp;<div>&nbsp;<div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5;"><div style="margin:0 0 10px 0;"><b>Gesendet:</b>&nbsp;Montag, 03. November 2025 um 18:40 Uhr<br/><b>Von:</b>&nbsp;"Al Fin" &lt;al@x.example&gt;<br/><b>An:</b>&nbsp;x@y.example<br/><b>Betreff:</b>&nbsp;Apples</div><div name="quoted-content">Old</div></div></div></div></div></body></html>',
        "Gut.",
        "",
    ),
    "words in a signature": (
        '<div dir="ltr"><div class="gmail_signature">I am coming by train and will bring the whole family.<br>Jo</div></div><div class="gmail_quote"><div class="gmail_attr">On 1 Jan 2025 at 10:00 X wrote:</div><blockquote class="gmail_quote">old</blockquote></div>',
        "I am coming by train and will bring the whole family.",
        "",
    ),
    "outlook list": (
        '<p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>&nbsp; </span></span>One</p><p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>&nbsp; </span></span>Two</p>',
        "- One\n- Two",
        "",
    ),
    "gmail inline": (
        '<div dir="ltr"><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, 3 Nov 2025 at 18:40, Jo &lt;jo@x.example&gt; wrote:<br></div><blockquote class="gmail_quote" style="border-left:1px solid"><div>First?</div></blockquote><div>Yes.</div><blockquote class="gmail_quote" style="border-left:1px solid"><div>Second?</div></blockquote><div>No.</div><blockquote class="gmail_quote"><div>rest</div></blockquote></div></div>',
        "> First?\n\nYes.\n\n> Second?\n\nNo.",
        "",
    ),
    "outlook picture": (
        '<div class="WordSection1"><p class="MsoNormal">See:</p><p class="MsoNormal">&nbsp;</p><p class="MsoNormal"><img width="624" height="351" src="cid:image001.png@01D"></p></div>',
        "See:\n\n![](cid:image001.png@01D)",
        "",
    ),
    "fields of a form": (
        "<html><body><p>Before</p><textarea>The key is <b>here</b></textarea><button>Take it</button> gladly</body></html>",
        "Before\n\nThe key is <b>here</b>\nTake it\ngladly",
        "",
    ),
    "plain mail in pre": ("<html><body><pre>Fine.\n\n&gt; old\n</pre></body></html>", "Fine.", ""),
    "emoji picture": ('<div>Yes <img goomoji="1f600" alt="😀" src="cid:x"></div>', "Yes 😀", ""),
    "heading and strike": (
        '<h1>Plan</h1><p><s>old</s> <i>new</i><b>.</b></p><ol start="3"><li>c</li></ol>',
        "# Plan\n\n~~old~~ *new*.\n\n3. c",
        "",
    ),
    "layout table": ("<table><tr><td>Left</td><td>Right<br>side</td></tr></table>", "Left\nRight\nside", ""),
    "bidi label": ('<div dir="rtl">כן.</div>', "כן.", ""),
}


@pytest.mark.parametrize("name", PROSE)
def test_prose_stays(name: str) -> None:
    assert clean(bare(text=PROSE[name], html=None, subject="Re: x")).text == PROSE[name]


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_and_what_they_hang_on(name: str) -> None:
    text, wanted = ANSWERS[name]
    assert clean(bare(text=text, html=None, subject="Re: x")).text == wanted


@pytest.mark.parametrize("name", HTML)
def test_html(name: str) -> None:
    html, wanted, sender = HTML[name]
    assert clean(bare(text=None, html=html, subject="Re: x", sender=sender)).text == wanted


def cleaned(html: str) -> str:
    """What a mail of that HTML says."""
    return clean(bare(text=None, html=html)).text


@pytest.mark.parametrize(
    "style",
    [
        "display:none", "position:absolute; left:-9999px", "text-indent: -9999px", "font-size:0", "font-size: 0em",
        "font-size:1px", "opacity: 0.0", "max-height:0px; overflow:hidden", "height: 0; overflow: hidden", "transform: scale(0)",
        "position:absolute; width:1px; height:1px; overflow:hidden", "clip: rect(0 0 0 0)",
    ],
)  # fmt: skip
def test_words_that_nobody_sees_are_no_words(style: str) -> None:
    html = f"<p>Yes, gladly.</p><div style='{style}'>Open me in your <b>browser</b></div><p>Come!</p>"
    assert cleaned(html) == "Yes, gladly.\n\nCome!"


@pytest.mark.parametrize(
    "style",
    [
        "text-indent:-18.0pt",
        "left:-20px",
        "font-size:10px",
        "font-size:1em",
        "font-size:100%",
        "opacity:0.9",
        "line-height:0; overflow:hidden",
        "width:100%; overflow:hidden",
        "height:0",
        "transform:scale(0.9)",
    ],
)
def test_words_that_are_seen_stay(style: str) -> None:
    assert cleaned(f"<p style='{style}'>Yes, gladly.</p>") == "Yes, gladly."


def test_C9_letters_without_size_hide_none_that_have_one() -> None:
    html = "<table style='font-size:0'><tr><td style='font-size:14px'>Yes, gladly.</td></tr></table>"
    assert cleaned(html) == "Yes, gladly."
    many = "<td style='font-size:0'>" + "<b>Yes</b>, gladly. " * 300 + "</td>"
    assert "gladly" in cleaned(f"<table><tr>{many}</tr></table>")
