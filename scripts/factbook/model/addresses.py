"""Web addresses: what two of them have in common when they lead to one document."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

TRACKING = (
    r"utm_\w+|(?:fb|g|d|y|ys|ym|tw|tt|sc)clid|(?:ms|ir)?click?id|msclkid|rb_clickid|li_fat_id|[gw]braid|gad_\w+|gclsrc"
    r"|srsltid|_openstat|_g[al]|(?:ga|gs|piwik|mtm|matomo|ns|hsa|itm|otm|at|vero|oly|oft|fb_action|guce|_branch|trk)_\w+"
    r"|pk_(?!id\b)\w+|mc_(?:[ce]id|tc)|sc_(?:channel|campaign|content|medium|customer|eh|uid|cmp|llid)|_hs(?:enc|mi)"
    r"|__hs\w{2}|hsctatracking|mkt_tok|dm_i|i?cmp(?:id)?|s_(?:k?w?cid)|smid|smtyp|ncid|ocid|mbid|trk|trkcampaign|trkinfo"
    r"|tracking_?(?:id|source)|wt[._]?z?mc(?:_\w+)?|wtrid|xtor|spm|_kx|bbeml|et_rid|_bhlid|wickedid|igsh(?:id)?|mibextid"
    r"|fb_(?:source|ref|comment_id)|(?:__)?twitter_impression|ref_(?:src|url)|echobox|guccounter|ml_subscriber\w*"
    r"|(?:php|j|asp)sessionid\w*|phpsessid|_x_tr_\w+"
)
"""Names of the parameters that tell a site where a reader came from, and nothing about the document: a pattern for the
whole name in any case, which the pages give to their scripts too. The browsers Firefox and Brave, AdGuard and ClearURLs
keep lists of such names; those that stand on two of them are here, with what large newsrooms add to their own."""
_TRACKING = re.compile(
    rf"(?:{TRACKING})(?:=.*)?|(?:ref|referr?er|source|src|from|via|feed)=(?:rss|atom|feeds?|newsletter|e?mail|social|share"
    r"|twitter|tw|facebook|fb|telegram|tg|whatsapp|wa|vk|linkedin|reddit|google|yandex|pocket|flipboard)",
    re.IGNORECASE | re.ASCII,
)
"""A part of a query that only tracks readers: by its name, or because it names a place that links are passed on in."""
_AMP = re.compile(r"_?(?:is)?amp=(?:1|true|yes|y)?|(?:output(?:type)?|view|mode|format|type)=amp(?:html)?|m=1")
"""Parameters that ask for the AMP or the mobile page of a document."""
_TIME = (
    r"(?:\d{4,14}(?:[a-z]{2}_)?\*?|\d{4}\.\d\d\.\d\d(?:-\d{1,6})?|\d{4}-\d{4}-\d{4}-\d\d"
    r"|\*|newest|oldest|timegate|o/\w+)"
)
_COPIES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"https?://[^/?#]+/(?:[^?#]+/)?{_TIME}/(https?(?:://?|%3a).+)",
        r"https?://(?:web|wayback)\.archive\.org/(?:web|save)/(https?:.+)",
        rf"https?://(?:(?:web|wayback)\.archive\.org/web|archive\.(?:today|ph|is|li|fo|md|vn|org/web)|megalodon\.jp)"
        rf"/{_TIME}/(.+)",
        r"https?://(?:archive\.wikiwix\.com/cache/(?:index2\.php)?|(?:www\.)?webcitation\.org/query"
        r"|webcache\.googleusercontent\.com/search|translate\.google\.[\w.]+/translate)"
        r"\?(?:[^#]*&)?(?:url|u|q)=(?:cache:(?:(?!https?:)[\w-]+:)?)?((?:https?(?::|%3a))?[^&+]+)",
        r"https?://(?:(?:www\.)?google\.[\w.]+/url|(?:www\.)?youtube\.com/redirect|lm?\.facebook\.com/l\.php"
        r"|(?:www\.)?vk\.com/away\.php|away\.vk\.com/away\.php|out\.reddit\.com/\w*|duckduckgo\.com/l/?"
        r"|(?:www\.)?linkedin\.com/(?:redir/redirect|safety/go)|[\w.]+\.safelinks\.protection\.outlook\.com/?"
        r"|translate\.yandex\.[\w.]+/(?:web|translate)|t\.umblr\.com/redirect)"
        r"\?(?:[^#]*&)?(?:url|u|q|to|uddg|z)=(https?(?::|%3a)[^&#]+)",
        r"https?://[^/?#]+/(?:[^?#]+/)?(https?(?:://|%3a%2f%2f).+)",
    )
]
"""Copies in web archives and services, and addresses that only lead on to the one they hold: every archive writes the
time of the copy, then the address of the original, and some leave out its scheme, or give it as a parameter. A whole
address in the path of another is that of the original on any host."""
_TRANSLATED = re.compile(r"https?://([\w-]+)\.translate\.goog(?=[/?#:]|$)(.*)", re.IGNORECASE)
"""A page translated by Google: a host with ``-`` for ``.`` and ``--`` for ``-``."""
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
"""A parameter of a path that names the visit of one reader."""
_STEPS = re.compile(r"/(?:\./|\.$)|//+")
_STEP_BACK = re.compile(r"/(?!\.\./)[^/]+/\.\.(?:/|$)|^/\.\.(?=/|$)")
_DEFAULT_PORTS = (None, 80, 443)
"""Ports that say nothing: an archive keeps ``:80`` behind an address whose scheme it has left out."""
_SHORT = re.compile(r"archive\.(?:today|is|li|fo|md|vn)")
"""Further names of archive.ph."""
_MADE_AMP = re.compile(
    r"https?://(?:www\.google\.\w+(?:\.\w+)?/amp|[\w-]+\.cdn\.ampproject\.org/[cv])/(s/)?(.+)", re.IGNORECASE
)
"""An AMP page on a machine of Google's: the address of the page follows, ``s/`` before it for https."""


def at_fragment(url: str, fragment: str) -> str:
    """Return the address at which a browser shows the place of a page where the words ``fragment`` stand.

    Without such words the address stays as it is. The standard is WICG's Scroll to Text Fragment: the words follow
    ``:~:text=`` in the fragment of the address, and a hyphen, a comma or an ampersand in them is percent-encoded. A
    browser that does not know it opens the page at its beginning.
    """
    if not fragment:
        return url
    words = quote(fragment, safe="").replace("-", "%2D")
    return f"{url}{'' if '#' in url else '#'}:~:text={words}"


def tracking(url: str) -> list[str]:
    """Return the names of the query parameters of ``url`` that only track readers, such as ``utm_source``."""
    return [part.partition("=")[0] for part in _query(url).split("&") if _TRACKING.fullmatch(part)]


def without_tracking(url: str) -> str:
    """Return ``url`` without the parameters that only track readers; all else stays as it is written."""
    query = _query(url)
    kept = "&".join(part for part in query.split("&") if not _TRACKING.fullmatch(part))
    return url.replace(f"?{query}", f"?{kept}" if kept else "", 1) if query else url


def _query(url: str) -> str:
    """Return the query of an address, without ``?``; empty where it has none."""
    return url.partition("#")[0].partition("?")[2]


def original(url: str) -> str:
    """Return the address of which ``url`` is a copy in a web archive or service, or to which it only leads on; empty
    where it names none."""
    if match := _TRANSLATED.match(url):
        host = re.sub(r"^0-(.+)-0$", r"\1", match[1]).replace("--", "\n").replace("-", ".").replace("\n", "-")
        return f"https://{host}{match[2]}"
    for copy in _COPIES:
        if match := copy.match(url):
            inner = unquote(match[1]) if "%3a" in match[1][:8].lower() else match[1]
            return f"https://{re.sub('^https?:/{1,2}', '', inner, count=1, flags=re.IGNORECASE)}"
    return ""


@lru_cache(maxsize=65536)
def canonical(url: str) -> str:
    """Return the part of an address that says which document it leads to: two addresses of one document have the same.

    Taken away are the scheme and its default port, ``www.``, a slash or ``.html`` at the end, the fragment, tracking
    parameters, AMP, the number of a session, what leads on to another address, and the web archive that holds a copy;
    the order of the parameters does not count. A path is made normal by RFC 3986, 6.2.2, and has no empty steps. An
    empty text stays empty, and an address that cannot be split is returned as it is.
    """
    if copied := original(url):
        return canonical(copied)
    if match := _MADE_AMP.match(url):
        return canonical(f"https://{match[2]}")
    try:
        parts = urlsplit(url)
        host = _host(parts)
    except ValueError:
        return url
    path = _normal(quote(unquote(_SESSION.sub("", parts.path)), safe="/:@!$&'()*+,;=~-._"))
    path = re.sub(r"/amp(?:html)?(?=/)|[/.]amp/?$", "", path)
    path = re.sub(r"/index\.(?:html?|php)$|(?:[/.]amp)?\.(?:amp)?html?$", "", path).rstrip("/")
    given = map("=".join, sorted(parse_qsl(parts.query, keep_blank_values=True)))
    query = "&".join(pair for pair in given if not _TRACKING.fullmatch(pair) and not _AMP.fullmatch(pair.lower()))
    route = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""  # a page made by a script
    return f"{host}{path}{'?' if query else ''}{query}{route}"


def _normal(path: str) -> str:
    """Return a path without empty steps, ``/./`` and ``/../``: what is left of it leads to the same document."""
    while path != (shorter := _STEPS.sub("/", path)):
        path = shorter
    while path != (shorter := _STEP_BACK.sub("/", path, count=1)):
        path = shorter
    return re.sub(r"//+", "/", path)


def _host(parts: SplitResult) -> str:
    """Return the host in lower case without ``www.``, ``amp.`` and ``m.``, and its port where it is another."""
    host = re.sub(r"^(?:www\d?|amp|m|mobile)\.(?=.+\.)", "", (parts.hostname or "").rstrip("."))
    host = "archive.ph" if _SHORT.fullmatch(host) else _in_ascii(host)
    return host if parts.port in _DEFAULT_PORTS else f"{host}:{parts.port}"


def _in_ascii(host: str) -> str:
    """Return a host as the DNS writes it (IDNA): ``xn--e1afmkfd`` for the same name in Cyrillic letters."""
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return host
