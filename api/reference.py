"""The OpenAPI document as one page of HTML: no script, and nothing loaded from anywhere."""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from api.problems import KINDS

_METHODS = ("get", "post", "delete")
_STYLE = """
:root { color-scheme: light dark; --line: #8884; --accent: #0b62a4; }
@media (prefers-color-scheme: dark) { :root { --accent: #7cc0f5; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 54rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.25; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
h3 { margin-top: 2.5rem; font-family: ui-monospace, monospace; font-size: 1.05rem; }
h3 b { color: var(--accent); text-transform: uppercase; }
a { color: var(--accent); }
pre { padding: .8rem; overflow-x: auto; border: 1px solid var(--line); border-radius: .4rem; }
code, pre { font-family: ui-monospace, monospace; font-size: .875rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; }
tr { border-bottom: 1px solid var(--line); }
"""
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
CONTENT_SECURITY_POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; frame-ancestors 'none'"

Document = Mapping[str, Any]


def render(document: Document) -> str:
    """Return the page of an OpenAPI document."""
    info = document["info"]
    calls = "".join(_section(document, tag) for tag in document["tags"])
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(info['title'])}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(info['title'])} {escape(info['version'])}</h1>"
        f"<p>{escape(info['description'])}</p>"
        '<p>For programs: <a href="/schema/openapi.json">openapi.json</a>, '
        '<a href="/schema/openapi.yaml">openapi.yaml</a>.</p>'
        f"{_keys(document)}{calls}{_problems()}</body></html>"
    )


def _keys(document: Document) -> str:
    schemes = document["components"]["securitySchemes"].values()
    told = "".join(
        f"<p>In the header <code>Authorization: {escape(each['scheme'].title())} KEY</code>. "
        f"{_prose(each['description'])}</p>"
        for each in schemes
    )
    return f'<h2 id="keys">Keys</h2>{told}'


def _section(document: Document, tag: Document) -> str:
    calls = "".join(
        _call(path, method, item[method])
        for path, item in document["paths"].items()
        for method in _METHODS
        if method in item and tag["name"] in item[method].get("tags", ())
    )
    return f"<h2>{escape(tag['name'])}</h2><p>{escape(tag['description'])}</p>{calls}"


def _call(path: str, method: str, call: Document) -> str:
    return (
        f'<h3 id="{escape(call["operationId"])}"><b>{method}</b> {escape(path)}</h3>'
        f"<p><strong>{escape(call['summary'])}.</strong> {_prose(call.get('description', ''))}</p>"
        f"{_parameters(call.get('parameters', ()))}"
        f"{_body(call.get('requestBody'))}"
        f"{''.join(_response(status, each) for status, each in call['responses'].items())}"
    )


def _parameters(parameters: Any) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(each['name'])}</code></td><td>{escape(each['in'])}"
        f"{', required' if each['required'] else ''}</td>"
        f"<td>{_prose(each.get('description', ''))}</td></tr>"
        for each in parameters
    )
    return f"<table>{rows}</table>" if rows else ""


def _body(body: Document | None) -> str:
    if body is None:
        return ""
    if "application/json" not in body["content"]:
        return f"<p>Send {escape(' or '.join(body['content']))}.</p>"
    schema = body["content"]["application/json"]["schema"]
    return "".join(f"<p>Send:</p>{_json(example)}" for example in schema.get("examples", ()))


def _response(status: str, response: Document) -> str:
    problem = int(status) >= 400
    examples = "" if problem else "".join(_examples(response))
    return f"<p><code>{status}</code> {_links(response['description'], problem)}</p>{examples}"


def _examples(response: Document) -> Iterator[str]:
    for media_type in response.get("content", {}).values():
        for example in media_type.get("examples", {}).values():
            value = example["value"]
            yield f"<pre>{escape(value)}</pre>" if isinstance(value, str) else _json(value)


def _links(description: str, problem: bool) -> str:
    """Link the titles of problems to their explanation."""
    linked = escape(description)
    for kind in KINDS if problem else ():
        title = escape(kind.title)
        linked = linked.replace(f"{title}.", f'<a href="#{kind.slug}">{title}.</a>')
    return linked


def _problems() -> str:
    rows = "".join(
        f'<tr id="{kind.slug}"><td><code>{kind.status.value}</code></td>'
        f"<td>{escape(kind.title)}</td><td>{escape(kind.example)}</td></tr>"
        for kind in KINDS
    )
    return (
        "<h2>Problems</h2><p>Every error is <code>application/problem+json</code> (RFC 9457) with "
        "<code>type</code>, <code>title</code>, <code>status</code>, <code>detail</code> and "
        "<code>instance</code>. The detail says what to do, as in these examples.</p>"
        f"<table>{rows}</table>"
    )


def _json(value: Any) -> str:
    return f"<pre>{escape(json.dumps(value, indent=2, ensure_ascii=False))}</pre>"


def _prose(text: str) -> str:
    """Escape a description and set what stands between backticks as code."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))
