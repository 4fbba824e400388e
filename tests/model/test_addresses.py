"""Addresses of one document are the same in canonical form, and those of two are not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from factbook.model.addresses import TRACKING, at_fragment, canonical, tracking, without_tracking

PAGE = "https://tern-gazette.example/1902/tower"


PARTS = (
    "srsltid=AfmBOoq", "CMP=share_btn_tw", "cmpid=x", "ns_mchannel=rss", "ns_campaign=x", "pk_campaign=x",
    "pk_kwd=x", "mtm_source=x", "matomo_campaign=x", "smid=tw-share", "s_cid=x", "trk=public_post", "ref=rss", "ref=fb",
    "from=telegram", "source=newsletter", "at_link_id=1", "at_bbc_team=x", "gad_source=1", "igsh=x", "ocid=x",
    "__twitter_impression=true", "wt_mc=x", "WT.mc_id=x", "sc_channel=em", "PHPSESSID=0a", "jsessionid=0a", "mc_tc=1",
    "itm_source=x", "hsa_acc=1", "__hssc=1", "_branch_match_id=1", "ml_subscriber_hash=x", "Echobox=1", "ncid=x",
)  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        "http://tern-gazette.example/1902/tower",
        "https://www.tern-gazette.example/1902/tower/",
        "https://Tern-Gazette.example:443/1902/tower#part-2",
        f"{PAGE}?utm_source=x&fbclid=y",
        f"{PAGE}?amp=1",
        f"{PAGE}/amp",
        f"{PAGE}.amp.html",
        "https://amp.tern-gazette.example/1902/tower",
        "https://tern-gazette.example/amp/1902/tower",
        "https://www.google.com/amp/s/tern-gazette.example/1902/tower",
        "https://tern--gazette-example.cdn.ampproject.org/c/s/tern-gazette.example/1902/tower",
        f"https://web.archive.org/web/20240501120000/{PAGE}",
        f"https://web.archive.org/web/2024id_/{PAGE}?utm_medium=z",
        f"https://archive.ph/20240501/{PAGE}",
        f"https://archive.ph/o/aB1c2/{PAGE}",
        f"https://archive.ph/2024.05.01-120000/{PAGE}",
        f"https://archive.today/2024.05.01/{PAGE}",
        f"https://archive.is/newest/{PAGE}",
        f"https://archive.md/20240501120000/{PAGE.removeprefix('https://')}",
        f"https://web.archive.org/web/{PAGE}",
        f"https://web.archive.org/web/2024*/{PAGE}",
        f"https://web.archive.org/web/20240501120000if_/{PAGE.replace('://', ':/')}",
        f"https://web.archive.org/save/{PAGE}",
        f"https://arquivo.pt/wayback/20240501120000/{PAGE}",
        f"https://arquivo.pt/noFrame/replay/20240501120000/{PAGE}",
        f"https://webarchive.loc.gov/all/20240501120000/{PAGE}",
        f"https://webarchive.nationalarchives.gov.uk/ukgwa/20240501120000/{PAGE}",
        f"https://www.webarchive.org.uk/wayback/archive/20240501120000mp_/{PAGE}",
        f"https://wayback.archive-it.org/1234/20240501120000/{PAGE}",
        f"https://swap.stanford.edu/was/20240501120000/{PAGE}",
        f"https://megalodon.jp/2024-0501-1200-00/{PAGE}",
        f"https://archive.wikiwix.com/cache/?url={PAGE}",
        "https://archive.wikiwix.com/cache/index2.php?url=https%3A%2F%2Ftern-gazette.example%2F1902%2Ftower",
        f"https://www.webcitation.org/query?url={PAGE}&date=2012-01-01",
        f"https://webcache.googleusercontent.com/search?q=cache:Ab_1-c:{PAGE}+&cd=1",
        f"https://web.archive.org/web/2024/https://archive.ph/2023.01.01/{PAGE}",
        f"{PAGE}?output=amp",
        f"{PAGE}?outputType=amp",
        f"{PAGE}?amp",
        f"{PAGE}?amp=true",
        f"{PAGE}/amp/",
        "https://tern-gazette.example/1902/amp/tower",
        f"{PAGE}.html",
        f"{PAGE}.amp.html",
        f"{PAGE}.amphtml",
        "https://web.archive.org/web/20200101000000id_/http://www.tern-gazette.example:80/1902/tower",
        f"https://ghostarchive.org/archive/{PAGE}",
        f"https://webcache.googleusercontent.com/search?q=cache:{PAGE}",
        "https://tern-gazette.example/amphtml/1902/tower",
        "https://m.tern-gazette.example/1902/tower",
        f"{PAGE}/index.html",
        "https://tern-gazette.example/1902/%74ower",
        *(f"{PAGE}?{part}" for part in PARTS),
        f"{PAGE};jsessionid=0A1B2C.node1",
        f"{PAGE};PHPSESSID=0a1b?lang=&utm_id=3".replace("lang=&", ""),
        "https://tern-gazette.example//1902///tower",
        "https://tern-gazette.example/./1902/./tower/.",
        "https://tern-gazette.example/1901/../1902/x/../tower",
        "https://tern-gazette.example/../1902/tower",
        f"https://www.google.com/url?q={PAGE}&sa=D&usg=x",
        f"https://google.co.uk/url?sa=t&url={quote(PAGE, safe='')}",
        f"https://l.facebook.com/l.php?u={quote(PAGE, safe='')}&h=AT0",
        f"https://vk.com/away.php?to={quote(PAGE, safe='')}",
        f"https://eur01.safelinks.protection.outlook.com/?url={quote(PAGE, safe='')}&data=05",
        "https://tern--gazette-example.translate.goog/1902/tower?_x_tr_sl=en&_x_tr_tl=kk&_x_tr_hl=kk&_x_tr_pto=wapp",
    ],
)
def test_what_leads_to_one_document_is_one(url: str) -> None:
    """Scheme, www., port, slash, fragment, tracking, AMP and the archive of a copy do not say which document it is."""
    assert canonical(url) == canonical(PAGE)


@pytest.mark.parametrize(
    "url",
    [
        f"{PAGE}?page=2",
        "https://tern-gazette.example/1902/Tower",
        "https://tern-gazette.example/1902",
        "https://other.example/1902/tower",
        "https://tern-gazette.example:8443/1902/tower",
        f"{PAGE}#!/2",
        f"{PAGE}?output=pdf",
        f"{PAGE}/ampere",
        *(
            f"{PAGE}?{part}"
            for part in (
                "id=1",
                "pk_id=3",
                "sc_itemid=2",
                "sc_lang=kk",
                "ref=2",
                "source=board",
                "from=5",
                "session=4",
                "cid=7",
                "rss=1",
                "clid=2",
            )
        ),
        "https://www.google.com/search?q=tower",
        "https://tern-gazette.example/1902/../tower",
        "https://perma.cc/AB12-CD34",
        "https://archive.ph/aB1c2",
        f"https://archive.ph/2024.05.01-120000/{PAGE}s",
    ],
)
def test_what_leads_elsewhere_is_another(url: str) -> None:
    """What may lead to another document stays."""
    assert canonical(url) != canonical(PAGE)


def test_a_short_address_of_an_archive_has_one_name() -> None:
    """archive.today answers under seven names."""
    assert canonical("https://archive.is/aB1c2") == canonical("http://archive.ph/aB1c2/")
    assert canonical("https://archive.is/aB1c2") != canonical("https://archive.is/aB1c3")


def test_a_host_in_other_letters_is_the_one_of_the_dns() -> None:
    """A name in Cyrillic and the same in the letters of the DNS are one host."""
    assert canonical("https://пример.example/a") == canonical("https://xn--e1afmkfd.example/a")


def test_parameters_have_no_order() -> None:
    """A page asked for with the same parameters in another order is the same."""
    assert canonical(f"{PAGE}?b=2&a=1") == canonical(f"{PAGE}?a=1&b=2")


def test_tracking_is_named_and_taken_away() -> None:
    """What is left is written as it was."""
    url = f"{PAGE}?page=2&utm_source=a&ref=b&gclid=c#top"
    assert tracking(url) == ["utm_source", "gclid"]
    assert without_tracking(url) == f"{PAGE}?page=2&ref=b#top"
    assert without_tracking(f"{PAGE}?fbclid=x") == PAGE
    assert tracking(PAGE) == []


@pytest.mark.parametrize("name", ["search.html", "explore.html"])
def test_the_pages_give_the_names_to_their_scripts(small_site: Path, name: str) -> None:
    """A script passes over the same parameters as the check: there is one table, and a browser reads it alike."""
    (told,) = html.parse(small_site / name).xpath("//@data-tracks")
    assert told == TRACKING
    names = [
        "utm_source",
        "UTM_Source",
        "fbclid",
        "mc_eid",
        "_hsenc",
        "at_custom1",
        "CMP",
        "pk_kwd",
        "wt.mc_id",
        "page",
        "ref",
        "utm",
        "_gay",
        "id",
        "pk_id",
    ]
    asked = f"const tracks = new RegExp(`^(${{{json.dumps(told)}}})$`, 'i'); "
    asked += f"console.log(JSON.stringify({names}.filter((name) => tracks.test(name))))"
    deno = subprocess.run([Path(sys.executable).parent / "deno", "eval", asked], capture_output=True, check=True)
    assert json.loads(deno.stdout) == [n for n in names if tracking(f"{PAGE}?{n}=x")] == names[:9]


@given(st.text(max_size=60).map(lambda text: f"https://{text}"))
def test_any_text_has_a_canonical_form(url: str) -> None:
    """Whatever stands in the field, nothing fails."""
    assert isinstance(canonical(url), str)


@pytest.mark.parametrize(
    ("url", "fragment", "led"),
    [
        (PAGE, "the lamp was mended", f"{PAGE}#:~:text=the%20lamp%20was%20mended"),
        (f"{PAGE}#part-2", "lamp", f"{PAGE}#part-2:~:text=lamp"),
        (PAGE, "half-lit, dim & low", f"{PAGE}#:~:text=half%2Dlit%2C%20dim%20%26%20low"),
        (PAGE, "маяк", f"{PAGE}#:~:text=%D0%BC%D0%B0%D1%8F%D0%BA"),
        (PAGE, "", PAGE),
    ],
)
def test_a_few_words_lead_to_the_place_on_the_page(url: str, fragment: str, led: str) -> None:
    """They stand in the address as a text fragment, each sign that means something there written in hexadecimal."""
    assert at_fragment(url, fragment) == led


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_fragment_is_read_back_as_it_was_given(fragment: str) -> None:
    """Whatever the words are, the address holds them and nothing else: no sign of theirs ends or parts it."""
    text = at_fragment(PAGE, fragment).partition("#:~:text=")[2]
    assert not set(text) & set(",-& \"'<>#")
    assert unquote(text) == fragment
