"""`factbook verify` and `factbook dist`: a copy is whole or every fault of it is told; the zip is the site."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import sites
from factbook import cli
from factbook.site import dist

FILES = {"index.html": b"<p>Home</p>", "data/v1/facts.csv": b"id\r\n", "a b.txt": b"spaces"}


def sums(files: dict[str, bytes]) -> str:
    """SHA256SUMS over the files."""
    return "".join(f"{hashlib.sha256(held).hexdigest()}  {path}\n" for path, held in sorted(files.items()))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with three files and their checksums."""
    folder = tmp_path / "copy"
    for path, held in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(held)
    (folder / "SHA256SUMS").write_text(sums(FILES), "utf-8")
    return folder


def packed(path: Path, entries: list[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    """A zip of the entries, as they are given, however odd."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile's own, about a name given twice
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, held in entries:
                archive.writestr(name, held)
    return path


def whole() -> list[tuple[str | zipfile.ZipInfo, bytes]]:
    """The entries of a good zip: one folder, with the checksums in it."""
    return [("lights/SHA256SUMS", sums(FILES).encode()), *((f"lights/{path}", held) for path, held in FILES.items())]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[Path], tuple[int, str]]:
    """What the command returns and prints for a copy."""

    def run(target: Path) -> tuple[int, str]:
        code = cli.main(["verify", str(target)])
        held = capsys.readouterr()
        return code, held.out + held.err

    return run


Said = Callable[[Path], tuple[int, str]]


def test_a_whole_folder_is_told_to_be_whole(copy: Path, said: Said) -> None:
    """Three files, three checksums."""
    assert said(copy) == (0, "All 3 files are as SHA256SUMS says.\n")


def test_every_fault_is_told_in_one_run(copy: Path, said: Said) -> None:
    """A file that changed, one missing, one too many, and lines that say nothing, leave the folder or repeat."""
    (copy / "index.html").write_text("<p>Hone</p>")
    (copy / "a b.txt").unlink()
    (copy / "new.txt").write_text("x")
    (copy / "linked.txt").symlink_to(copy / "index.html")
    digest = "0" * 64
    with (copy / "SHA256SUMS").open("a") as file:
        file.write(
            f"nonsense\n{digest}  ../outside\n{digest}  /etc/passwd\n{digest}  c:\\x\n{digest}  index.html\n\x1b[2J\n"
        )
    assert said(copy) == (
        1,
        "linked.txt: it is a link\n"
        "SHA256SUMS:4: the line is not a checksum, two spaces and a path: nonsense\n"
        "SHA256SUMS:5: the path leads out of the folder: ../outside\n"
        "SHA256SUMS:6: the path leads out of the folder: /etc/passwd\n"
        "SHA256SUMS:7: the path leads out of the folder: c:\\x\n"
        "SHA256SUMS:8: index.html is listed twice\n"
        "SHA256SUMS:9: the line is not a checksum, two spaces and a path: \\x1b[2J\n"
        "a b.txt: it is listed and missing\n"
        "index.html: it has changed: its checksum is another\n"
        "new.txt: it is not listed in SHA256SUMS\n"
        "10 problems.\n",
    )


def test_a_whole_zip_is_told_to_be_whole(tmp_path: Path, said: Said) -> None:
    """With the files in one folder of it, or directly."""
    assert said(packed(tmp_path / "one.zip", whole())) == (0, "All 3 files are as SHA256SUMS says.\n")
    direct = [(str(name).removeprefix("lights/"), held) for name, held in whole()]
    assert said(packed(tmp_path / "two.zip", direct)) == (0, "All 3 files are as SHA256SUMS says.\n")


def link(name: str) -> zipfile.ZipInfo:
    """An entry that unpacks to a symbolic link."""
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry


ODD = {
    "../evil": "the name leads out of the folder it is unpacked into, or is not plain",
    "/etc/evil": "the name leads out of the folder it is unpacked into, or is not plain",
    "lights/../../evil": "the name leads out of the folder it is unpacked into, or is not plain",
    "lights\\evil": "the name leads out of the folder it is unpacked into, or is not plain",
    "c:/evil": "the name leads out of the folder it is unpacked into, or is not plain",
    "../evil/": "the name leads out of the folder it is unpacked into, or is not plain",
    "evil": "it lies outside lights/",
    "lights/evil": "it is not listed in SHA256SUMS",
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_name_in_a_zip_is_told(name: str, tmp_path: Path, said: Said) -> None:
    """Whatever would be written beside the folder, or is not in the list; and nothing is written at all."""
    code, out = said(packed(tmp_path / "odd.zip", [*whole(), (name, b"x")]))
    shown = name.replace("\\", "/") if os.sep == "\\" else name
    shown = shown.removeprefix("lights/") if ODD[name].startswith("it is not listed") else shown
    assert (code, out) == (1, f"{shown}: {ODD[name]}\n1 problem.\n")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["odd.zip"]


def test_a_link_and_a_name_given_twice_are_told(tmp_path: Path, said: Said) -> None:
    """Who unpacks such a zip gets one of two files, or none; names that differ in capitals are one on many disks."""
    entries = [*whole(), ("lights/INDEX.html", b"other"), (link("lights/way"), b"/etc/passwd")]
    twice = "more than one entry has this name (capitals do not count)"
    assert said(packed(tmp_path / "twice.zip", entries)) == (
        1, f"lights/index.html: {twice}\nlights/INDEX.html: {twice}\nlights/way: it is a link\n3 problems.\n",
    )  # fmt: skip


def test_a_damaged_entry_is_told(tmp_path: Path, said: Said) -> None:
    """A byte that changed inside the zip is found by the entry's own checksum or by the list."""
    path = tmp_path / "damaged.zip"
    with zipfile.ZipFile(path, "w") as archive:  # stored, so that the text can be found
        for name, held in whole():
            archive.writestr(name, held)
    path.write_bytes(path.read_bytes().replace(b"<p>Home</p>", b"<p>Hume</p>"))
    code, out = said(path)
    assert code == 1
    assert out == "index.html: it cannot be read: Bad CRC-32 for file 'lights/index.html'\n1 problem.\n"


def test_an_encrypted_entry_is_told(tmp_path: Path, said: Said) -> None:
    """It cannot be compared, and a copy of a public archive has no secrets."""
    path = packed(tmp_path / "secret.zip", whole())
    held = bytearray(path.read_bytes())
    at = held.index(b"PK\x01\x02", held.index(b"PK\x01\x02") + 4)  # the second entry of the directory
    held[at + 8] |= 1
    path.write_bytes(held)
    assert said(path) == (1, "lights/index.html: it is encrypted\n1 problem.\n")


@pytest.mark.parametrize(
    ("size", "wrong"),
    [
        (0xFFFFFFF0, "lights/bomb: it claims to unpack to more than 1,100 times its size"),
        (10, "bomb: it cannot be read: Bad CRC-32 for file 'lights/bomb'"),
    ],
)
def test_a_zip_that_lies_about_a_size_is_read_no_further(size: int, wrong: str, tmp_path: Path, said: Said) -> None:
    """An entry that claims to be enormous is refused unread; one that claims to be small is read only so far."""
    files = {**FILES, "bomb": bytes(1 << 20)}
    entries = [("lights/SHA256SUMS", sums(files).encode()), *((f"lights/{path}", held) for path, held in files.items())]
    path = packed(tmp_path / "bomb.zip", entries)
    held = bytearray(path.read_bytes())
    at = held.rindex(b"PK\x01\x02") + 24
    assert struct.unpack_from("<L", held, at) == (1 << 20,)
    struct.pack_into("<L", held, at, size)
    path.write_bytes(held)
    assert said(path) == (1, f"{wrong}\n1 problem.\n")


NO_ZIP = "{path} is neither a folder nor a zip that can be read: File is not a zip file"
NO_LIST = "there is no SHA256SUMS; a copy of the site has one beside index.html"


@pytest.mark.parametrize(
    ("name", "held", "message"),
    [
        ("none", None, "{path} is not there"),
        ("text.zip", b"no zip", NO_ZIP),
        (
            "cut.zip",
            b"PK\x05\x06" + bytes(10),
            NO_ZIP,
        ),
        (
            "empty.zip",
            b"PK\x05\x06" + bytes(18),
            NO_LIST,
        ),
    ],
)
def test_what_is_no_copy_is_said_to_be_none(
    name: str, held: bytes | None, message: str, tmp_path: Path, said: Said
) -> None:
    """Where there is nothing to verify, nothing was verified, and the command ends with 2."""
    path = tmp_path / name
    if held is not None:
        path.write_bytes(held)
    code, out = said(path)
    assert (code, out) == (2, f"factbook: nothing was verified: {message.format(path=path)}\n")


@pytest.mark.slow
def test_no_byte_of_a_zip_makes_the_command_fail_otherwise(tmp_path: Path, said: Said) -> None:
    """Whatever byte of a good zip is another, the answer is 0, 1 or 2 in words, and never a traceback."""
    good = packed(tmp_path / "good.zip", whole()).read_bytes()
    path = tmp_path / "bad.zip"
    codes = set()
    for at in range(len(good)):
        path.write_bytes(good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :])
        code, out = said(path)
        codes.add(code)
        assert out.endswith(("problem.\n", "problems.\n", "says.\n") if code < 2 else "\n")
    assert codes == {0, 1, 2}


# The zip of the site


@pytest.fixture(scope="module")
def distribution(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A small archive's root, and the zip that `factbook dist` makes of it."""
    root = sites.small(tmp_path_factory.mktemp("dist") / "archive")
    done = sites.run(root, "dist")
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = (root / "dist").iterdir()
    return root, path


def test_the_zip_is_the_site(distribution: tuple[Path, Path], said: Said) -> None:
    """Every file of the site in one folder named by the archive and its state, and the copy is whole."""
    root, path = distribution
    assert re.fullmatch(r"lights-of-the-ferrow-isles-2024-05-01\.[0-9a-f]{8}\.zip", path.name)
    with zipfile.ZipFile(path) as archive:
        held = {name.removeprefix(f"{path.stem}/"): archive.read(name) for name in archive.namelist()}
        assert {entry.date_time for entry in archive.infolist()} == {(2024, 5, 1, 0, 0, 0)}
        assert archive.namelist() == sorted(archive.namelist())
    assert held == sites.files(root / "site")
    log = (
        "The log of 7 ledger entries is whole.\n"
        "Pages, and all but the records and their tables, are held to SHA256SUMS alone: only a key vouches for it.\n"
        "Its checkpoint is not signed.\n"
    )
    assert said(path) == (0, f"All {len(held) - 1:,} files are as SHA256SUMS says.\n{log}")


def test_the_same_site_makes_the_same_zip(distribution: tuple[Path, Path]) -> None:
    """Packed again, every byte is the same."""
    root, path = distribution
    before = path.read_bytes()
    path.unlink()
    assert dist.pack(root) == 0
    assert path.read_bytes() == before


@pytest.mark.build
def test_a_site_that_is_not_what_was_built_is_not_packed(
    small_root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that was changed by hand, and a site without data: the zip is not made, and it is said why."""
    root = shutil.copytree(small_root, tmp_path / "archive", symlinks=True)
    (root / "site" / "index.html").write_text("mine")
    assert dist.pack(root) == 1
    assert capsys.readouterr().err == (
        "index.html: it has changed: its checksum is another\nNothing was packed: site/ is not what was built.\n"
    )
    done = sites.run(root, "dist", FACTBOOK_SEARCH="no", FACTBOOK_DATA="no")
    assert done.returncode == 1
    assert done.stderr == "There is nothing to pack: site/ has no data, which FACTBOOK_DATA=no leaves out.\n"
    assert not (root / "dist").exists()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Lights of Fårö", "lights-of-faro"),
        ("../../etc", "etc"),
        ("Маяки", "archive"),
        ("", "archive"),
        ("a" * 99, "a" * 60),
    ],
)
def test_a_title_becomes_a_plain_name(title: str, name: str) -> None:
    """Whatever the archive is called, the name of the file is letters, digits and hyphens."""
    assert dist.slug(title) == name


@pytest.fixture
def unpacked(distribution: tuple[Path, Path], tmp_path: Path) -> Iterator[Path]:
    """The zip unpacked into a folder of its own."""
    with zipfile.ZipFile(distribution[1]) as archive:
        archive.extractall(tmp_path)
    yield tmp_path / distribution[1].stem


@pytest.mark.browser
def test_the_unpacked_zip_works_without_a_network(unpacked: Path, chromium: Browser) -> None:
    """From the folder: home, a fact, Explore with every fact, and a file of the data; nothing is asked of any host."""
    context = chromium.new_context(offline=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith(("file://", "data:")) else wrong.append(asked.url))
    page.on("console", lambda said: wrong.append(f"{said.text} {said.location}") if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto((unpacked / "index.html").as_uri())
    page.locator("main a[href^='facts/']").first.click()
    expect(page.locator("main h1")).to_be_visible()
    page.goto((unpacked / "explore.html").as_uri())
    expect(page.locator("#explore-list li")).to_have_count(6)
    page.goto((unpacked / "data.html").as_uri())
    with page.expect_download() as download:
        page.get_by_role("link", name="data/v1/archive.sqlite").click()
    assert Path(download.value.path()).read_bytes() == (unpacked / "data/v1/archive.sqlite").read_bytes()
    page.get_by_role("link", name="data/v1/facts.json", exact=True).click()
    expect(page.locator("body")).to_contain_text("gull-rock-lamp-lit-1901")
    context.close()
    assert wrong == []
