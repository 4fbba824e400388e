"""Prepares the pages of a site from what an engine rendered: the same for a build and for the preview."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from factbook.authoring.form_files import every_form
from factbook.data.published import Publication
from factbook.model.archive import Archive
from factbook.pages import form
from factbook.pages.kinds import Pages
from factbook.pages.reply_links import ReplyLinks
from factbook.read import overrides
from factbook.render import po
from factbook.render.language import Language
from factbook.search import explore
from factbook.site import pour
from factbook.site.settings import Settings, edit_address, host_of, report_address


class Editions(Struct, frozen=True, kw_only=True):
    """The editions of one site, one for each language, that of the claims first.

    ``frame`` is what the theme states of the site's configuration, ``written`` the pages of each language that the
    engine rendered, its shell among them; ``shells`` are in the order of ``pages``.
    """

    frame: pour.Frame
    publication: Publication
    written: dict[str, frozenset[str]]
    shells: tuple[pour.RenderedShell, ...]
    pages: tuple[Pages, ...]


def prepare(site: Path, archive: Archive, root: Path, settings: Settings, data: bool) -> Editions:
    """Return the editions of the archive at ``root`` in the folder ``site`` that an engine rendered.

    ``data`` says whether the pages lead to the data. Raises pour.PourError and po.CatalogueError.
    """
    claims = archive.claims
    codes = pour.languages(site, claims)
    shells = tuple(pour.read_shell(site, code, claims) for code in codes)
    frame = shells[0].frame
    written = pour.editions(pour.written_pages(site), codes)
    templates = overrides.template_folders(root)
    spoken = [Language(code, po.read(code, root), templates, claims) for code in codes]
    publication = Publication(
        name=frame.name, author=frame.author, base=frame.site_url.rstrip("/") + "/" if frame.site_url else "",
        description=frame.description, licence=frame.licence, licence_url=frame.licence_url, language=spoken[0],
    )  # fmt: skip
    reply_links = ReplyLinks(
        edit=edit_address(frame.repo_url, settings),
        issues=report_address(frame.repo_url, settings),
        host=host_of(frame.repo_url, settings),
        contact=settings.contact,
        forms=every_form(root, archive.vocabulary),
    )
    pages = tuple(Pages(archive, reply_links, language, data, written, publication, spoken) for language in spoken)
    return Editions(frame=frame, publication=publication, written=written, shells=shells, pages=pages)


def scripts(pages: Pages) -> Iterator[tuple[str, str]]:
    """Yield what the scripts of pages read, by its path in the site; what is in no language comes with the claims."""
    yield pages.language.folder + explore.ADDRESS, explore.script(pages)
    if not pages.language.translates:
        yield form.ADDRESS, form.script(pages)
        yield from form.values(pages.archive)


def script(pages: Pages, path: str) -> str | None:
    """Return the one of ``scripts`` that lies at ``path``; None where there is none. No other is made."""
    if path == pages.language.folder + explore.ADDRESS:
        return explore.script(pages)
    if pages.language.translates:
        return None
    if path == form.ADDRESS:
        return form.script(pages)
    return dict(form.values(pages.archive)).get(path) if path.startswith(form.VALUES) else None
