"""What goes out to Slack and Discord, drawn well enough to look at: one HTML page as wide as a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

Json = dict[str, Any]
WIDTH = 390
STYLE = """
*{box-sizing:border-box}body{margin:0;width:390px;font-family:'DejaVu Sans',sans-serif;-webkit-font-smoothing:antialiased}
.m{display:flex;gap:10px;padding:10px 14px}.a{flex:none;width:36px;height:36px;background:#1f6f5c;color:#fff;
display:flex;align-items:center;justify-content:center;font-weight:700;font-size:17px}.c{flex:1;min-width:0}
.who{font-weight:700;margin-bottom:3px}.who i{font-style:normal;font-weight:400;font-size:11px}
img{display:block;width:100%;border-radius:8px;margin:4px 0}.row{display:flex;flex-wrap:wrap;gap:6px;margin:6px 0 2px}pre,code{font-family:'DejaVu Sans Mono',monospace}
pre{margin:4px 0;white-space:pre-wrap;overflow-wrap:anywhere}blockquote{margin:4px 0;padding-left:10px}
.did{padding:2px 14px 2px 60px;font-style:italic}.t{white-space:pre-wrap;overflow-wrap:anywhere;margin:0 0 6px}
.slack{background:#fff;color:#1d1c1d;font-size:14px;line-height:1.42}.slack .a{border-radius:7px}
.slack .who i{background:#eee;color:#616061;padding:1px 4px;border-radius:3px;margin-left:4px}
.slack .h{font-size:17px;font-weight:700;margin:2px 0}.slack .ctx{font-size:12px;color:#616061;margin-bottom:8px}
.slack pre{background:#f8f8f8;border:1px solid #ddd;border-radius:4px;padding:7px;font-size:11.6px;line-height:1.5}
.slack code{background:#f8f8f8;border:1px solid #ddd;border-radius:3px;padding:0 3px;color:#c01343;font-size:12px}
.slack blockquote{border-left:4px solid #ddd}.slack .b{border:1px solid #bbb;border-radius:4px;padding:6px 10px;
font-weight:700;font-size:13px}.slack .s{border:1px solid #bbb;border-radius:4px;padding:6px 10px;font-size:13px}
.slack .did{color:#616061;font-size:12px}
.discord{background:#313338;color:#dbdee1;font-size:14px;line-height:1.38}.discord .a{border-radius:50%;width:40px;height:40px}
.discord .who{color:#fff}.discord .who i{background:#5865f2;color:#fff;padding:1px 4px;border-radius:3px;margin-left:4px}
.discord .h{font-size:16.5px;font-weight:700;color:#f2f3f5}.discord small{display:block;color:#949ba4;font-size:11.5px}
.discord pre{background:#2b2d31;border:1px solid #1e1f22;border-radius:4px;padding:8px;font-size:12.6px}
.discord .card{background:#2b2d31;border:1px solid #3f4147;border-left:4px solid;border-radius:8px;padding:11px}
.discord .card pre{background:#1e1f22}.discord code{background:#1e1f22;border-radius:3px;padding:1px 4px;font-size:12.5px}
.discord blockquote{border-left:4px solid #4e5058}.discord .b{background:#4e5058;color:#fff;border-radius:8px;padding:8px 11px;
font-size:13.5px}.discord .s{background:#1e1f22;border-radius:8px;padding:9px 12px;flex:1;font-size:13.5px}
.discord hr{border:0;border-top:1px solid #3f4147;margin:8px 0}.discord .did{color:#949ba4;font-size:12px}
"""


def page(platform: str, bodies: Sequence[tuple[str, Json]]) -> str:
    """Messages in their order, each after what the person did."""
    draw = {"slack": slack, "discord": discord}[platform]
    drawn = "".join(_message(platform, did, draw(body)) for did, body in bodies)
    head = f"<!doctype html><meta charset=utf-8><title>Pacer on {platform}</title><style>{STYLE}</style>"
    return f"{head}<body class={platform}><div id=all style='padding:8px 0'>{drawn}</div></body>"


def _message(platform: str, did: str, inside: str) -> str:
    before = f"<div class=did>you: {escape(did)}</div>" if did else ""
    who = "<div class=who>Pacer <i>APP</i></div>"
    return f"{before}<div class=m><div class=a>P</div><div class=c>{who}{inside}</div></div>"


def slack(body: Json) -> str:
    """Block Kit. Raises KeyError for a block that is not known here."""
    return "".join(_SLACK[block["type"]](block) for block in body["blocks"])


def _rich(block: Json) -> str:
    return "".join(_section(element) for element in block["elements"])


def _section(element: Json) -> str:
    runs = "".join(_run(run) for run in element["elements"])
    match element["type"]:
        case "rich_text_preformatted":
            return f"<pre>{runs}</pre>"
        case "rich_text_quote":
            return f"<blockquote class=t>{runs}</blockquote>"
        case "rich_text_section":
            return f"<div class=t>{runs.removesuffix(chr(10))}</div>"
    raise KeyError(element["type"])


def _run(run: Json) -> str:
    text = escape(run.get("text") or run.get("url") or f"@{run['user_id']}")
    for style, tag in (("bold", "b"), ("italic", "em"), ("code", "code")):
        if run.get("style", {}).get(style):
            text = f"<{tag}>{text}</{tag}>"
    return text


def _actions(block: Json) -> str:
    drawn = [_control(element) for element in block["elements"]]
    return f"<div class=row>{''.join(drawn)}</div>"


def _control(element: Json) -> str:
    if element["type"] == "button":
        return f"<span class=b>{escape(element['text']['text'])}</span>"
    return f"<span class=s>{escape(element['placeholder']['text'])} &#9662;</span>"


_SLACK = {
    "rich_text": _rich,
    "actions": _actions,
    "image": lambda block: _picture(block["slack_file"]["id"], block["alt_text"]),
    "header": lambda block: f"<div class=h>{escape(block['text']['text'])}</div>",
    "context": lambda block: f"<div class=ctx>{' '.join(escape(e['text']) for e in block['elements'])}</div>",
}


def _picture(source: str, alt: str) -> str:
    return f"<img src='{source}' alt='{escape(alt, quote=True)}'>"


def discord(body: Json) -> str:
    """Components, version 2. Raises KeyError for one that is not known here."""
    return "".join(_component(item) for item in body["components"])


def _component(item: Json) -> str:
    match item["type"]:
        case 1:
            return f"<div class=row>{''.join(map(_component, item['components']))}</div>"
        case 2:
            return f"<span class=b>{escape(item['label'])}</span>"
        case 3:
            return f"<span class=s>{escape(item.get('placeholder') or '')} &#9662;</span>"
        case 10:
            return "".join(_markdown(item["content"]))
        case 12:
            return "".join(_picture(i["media"]["url"], i["description"]) for i in item["items"])
        case 13:
            return "<small>(a file)</small>"
        case 14:
            return "<hr>"
        case 17:
            inside = "".join(map(_component, item["components"]))
            return f"<div class=card style='border-left-color:#{item['accent_color']:06x}'>{inside}</div>"
    raise KeyError(item["type"])


def _markdown(text: str) -> Iterator[str]:
    for number, part in enumerate(re.split(r"^```\n(.*?)\n```$", text, flags=re.M | re.S)):
        if number % 2:
            yield f"<pre>{escape(part)}</pre>"
        elif part.strip("\n"):
            yield from _paragraphs(part.strip("\n"))


def _paragraphs(text: str) -> Iterator[str]:
    lines: list[str] = []
    for line in text.split("\n"):
        if line.startswith(("### ", "-# ", "> ")):
            tag = {"#": "div class=h", "-": "small", ">": "blockquote"}[line[0]]
            lines.append(f"<{tag}>{_inline(line.split(' ', 1)[1])}</{tag.split()[0]}>")
        else:
            lines.append(_inline(line) + "\n")
    yield f"<div class=t>{''.join(lines).removesuffix(chr(10))}</div>"


def _inline(text: str) -> str:
    """Bold, italic and code; a backslash takes the meaning of the sign after it."""
    kept: list[str] = []

    def keep(html: str) -> str:
        kept.append(html)
        return f"\x00{len(kept) - 1}\x00"

    text = re.sub(r"\\([^\w\s])", lambda m: keep(escape(m[1])), text)
    text = re.sub(r"`([^`]+)`", lambda m: keep(f"<code>{escape(m[1])}</code>"), text)
    text = escape(text)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"\*([^*\s][^*]*)\*", r"<em>\1</em>", text)
    while "\x00" in text:
        text = re.sub(r"\x00(\d+)\x00", lambda m: kept[int(m[1])], text)
    return text
