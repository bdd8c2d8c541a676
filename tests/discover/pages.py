"""Pages for tests of `detect`: of all marks of a vendor, made from its preset's own facts, and pages without a chat."""

from __future__ import annotations

import json
import re

from chatprobe.discover.recognise import Kind
from chatprobe.scenario.preset import Marks, Preset

_PART = re.compile(
    r"(?P<tag>[a-z][\w-]*)?(?P<rest>(?:#[\w-]+|\.[\w-]+|\[[\w-]+(?:\^?=(?:'[^']*'|\"[^\"]*\"|\w+))?\])*)", re.IGNORECASE
)
_BIT = re.compile(r"#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)|\[(?P<name>[\w-]+)(?:\^?=['\"]?(?P<value>[^'\"\]]*)['\"]?)?\]")


def element(selector: str) -> str:
    """Markup that a plain CSS selector of a fingerprint matches."""
    inner = ""
    for step in reversed(re.split(r"\s*>\s*|\s+(?![^\[]*\])", selector)):
        found = _PART.fullmatch(step)
        assert found, step
        tag = found["tag"] or "div"
        attributes: dict[str, str] = {}
        for bit in _BIT.finditer(found["rest"] or ""):
            name = "id" if bit["id"] else "class" if bit["class"] else bit["name"]
            text = bit["id"] or bit["class"] or bit["value"] or ""
            attributes[name] = f"{attributes[name]} {text}" if name in attributes else text
        written = "".join(f' {name}="{text}"' for name, text in attributes.items())
        inner = f"<{tag}{written}>{inner}</{tag}>"
    return inner


def address(pattern: str) -> str:
    """An address that a pattern of a fingerprint means."""
    plain = pattern.replace("*", "any")
    return f"https://somebody.example/base{plain}" if plain.startswith("/") else f"https://{plain}"


def made(name: str) -> str:
    """A script that makes a global, and what it is in."""
    steps = name.split(".")
    lines = [f"window{_path(steps[:n])} = window{_path(steps[:n])} || {{}};" for n in range(1, len(steps))]
    return f"<script>{' '.join(lines)} window{_path(steps)} = function () {{}};</script>"


def _path(steps: list[str]) -> str:
    return "".join(f"[{json.dumps(step)}]" for step in steps)


def marks_of(preset: Preset) -> frozenset[tuple[Kind, str]]:
    """Every mark of a vendor."""
    kinds = {Kind.ADDRESS: "addresses", Kind.GLOBAL: "globals", Kind.ELEMENT: "elements"}
    both = (preset.file.fingerprint, preset.file.fingerprint.weak)
    return frozenset((kind, mark) for kind, name in kinds.items() for each in both for mark in getattr(each, name))


def page(*marks: Marks) -> str:
    """A page that carries every mark there is."""
    parts = [
        [f'<script async src="{address(one)}"></script>' for one in each.addresses]
        + [made(one) for one in each.globals]
        + [element(one) for one in each.elements]
        for each in marks
    ]
    return "<!doctype html><title>Lucky</title>" + "".join(part for each in parts for part in each)


WITHOUT_CHAT = {
    "nothing": "<h1>Lucky Clover</h1><p>Slots and roulette.</p>",
    "text about vendors": "<p>We compared LiveChat, Intercom, Zendesk, tawk.to, Crisp, Drift, Tidio and Zammad.</p>",
    "links to vendors": "".join(
        f'<a href="https://{host}/">x</a>'
        for host in ("www.livechat.com", "widget.intercom.io", "embed.tawk.to", "client.crisp.chat", "code.tidio.co")
    ),
    "pictures of vendors": '<img src="https://jivosite.com/logo.png"><img src="https://js.driftt.com/logo.svg">',
    "look-alike hosts": '<script src="https://cdn.livechatinc.com.evil.example/tracking.js"></script>'
    '<script src="https://notwidget-intercom.io/widget"></script><script src="https://myembed.tawk.to.example/"></script>',
    "vendors in a query": '<script src="https://stats.example/s.js?ref=https://embed.tawk.to/1/2&w=widget.intercom.io"></script>',
    "ids that are globals": "".join(
        f'<div id="{name}">x</div>'
        for name in ("Intercom", "olark", "smartsupp", "userlike", "kayako", "Genesys", "zE")
    ),
    "frames that are globals": '<iframe name="Genesys" srcdoc="x"></iframe><iframe name="zE" srcdoc="x"></iframe>',
    "numbers and words": "<script>drift = 0.5; olark = 'a lark'; kayako = 3; userlike = 'yes'; smartsupp = 1;</script>",
    "a word of others": "<script>window.Beacon = function Beacon() {}; window.drift = { speed: 2 };</script>",
    "marketing script": '<script async src="https://js.hs-scripts.com/4711.js"></script>',
    "a shop of Odoo": "<script>window.odoo = { csrf_token: 'x' };</script><div class='o_footer'>Odoo</div>",
    "a Rails site": '<script src="/packs/js/application.js"></script><script src="/packs/js/sdk.js"></script>',
    "other parts of vendors": "<script>window.RocketChat = {}; window.Twilio = { Device: 1 }; Microsoft = {};</script>",
    "code in a lesson": "<pre>&lt;script src='https://client.crisp.chat/l.js'&gt;&lt;/script&gt; zE('show')</pre>",
    "a snippet commented out": "<!-- <script src='https://embed.tawk.to/1/2'></script><iframe id='chat-widget'> -->",
    "a template never used": "<template><iframe id='chat-widget-minimized'></iframe><p id='tidio-chat'></p></template>",
    "a window of its own make": "<iframe id='chat-widget' srcdoc='<textarea></textarea>'></iframe>",
    "a forum": "<div id='chat-window' class='chat-panel'><p>Anna: hi</p></div><button class='launcher'>Open</button>",
    "contact buttons": "<a class='whatsapp' href='https://wa.me/1'>WhatsApp</a><a href='mailto:a@b.example'>Mail</a>"
    "<button id='launcher' aria-label='Back to top'>^</button>",
    "a list of processors": "<table><tr><td>Intercom, Inc.</td><td>widget.intercom.io</td></tr><tr><td>Crisp IM</td>"
    "<td>client.crisp.chat</td></tr><tr><td>LiveChat</td><td>cdn.livechatinc.com/tracking.js</td></tr></table>",
    "a policy": '<meta http-equiv="Content-Security-Policy" content="script-src * \'unsafe-inline\' embed.tawk.to'
    ' js.driftt.com static.zdassets.com *.livechatinc.com"><p>We drift on; a crisp deal.</p>',
    "other products of vendors": "".join(
        f'<script async src="https://{address}"></script>'
        for address in (
            "static.zdassets.com/hc/assets/en-us.js",
            "js.hsforms.net/forms/v2.js",
            "assets.freshdesk.com/widget/freshwidget.js",
            "www.googletagmanager.com/gtm.js?id=GTM-LIVECHAT",
            "media.twiliocdn.com/sdk/js/video/releases/2.0/twilio-video.min.js",
        )
    ),
    "names of games": "<a class='crisp' id='drift'>Drift King</a><p class='livechat tidio' data-by='olark'>Lark</p>",
    "waiting links": '<link rel="preconnect" href="https://widget.intercom.io">'
    '<link rel="dns-prefetch" href="//embed.tawk.to">',
    "a pixel": "<script>window.fcSettings = { a: 1 };</script><img src='https://www.olark.com/pixel.gif'>",
}
"""Twenty-six pages that talk of chats, link to vendors, share words with them, and have none of their widgets."""
