"""How a reader answers a page: the web editor, an issue, a mail, or a form, each with the record that it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from urllib.parse import quote, unquote, urlencode

from msgspec import Struct

from factbook.authoring.form_answers import Form
from factbook.authoring.form_files import REPORT
from factbook.model.kinds import KINDS
from factbook.model.records import Record

PAGE = "contribute/form.html"
"""Where the forms are, in the folder of each language."""
FORM_OF = {"fact": "correction", "organization": "correct-organization", "source": "correct-source"}
"""The form that corrects a record of each kind, by the kind's name; for any other kind there is only the report."""
KIND_OF = {kind.type: kind for kind in KINDS.values()}
"""The kind of a record by its class."""
_ID, _PAGE, _TITLE = "%01", "%02", "%03"
"""What stands in an encoded address for the id, the page and the title of a record: signs that no text holds."""


class ReplyLinks(Struct, frozen=True, kw_only=True):
    """Where answers to a site go. Empty: there is no such place.

    ``edit`` is where the web editor opens ``facts/``, ``issues`` where ``host`` (a name such as ``github``) takes a new
    issue, ``contact`` a link: a mail address, an address of the web, or a page of the site. ``forms`` are all forms.
    """

    edit: str = ""
    issues: str = ""
    host: str = ""
    contact: str = ""
    forms: tuple[Form, ...] = ()

    def template(self, form: Form) -> str:
        """Return the file by which the host shows the form; empty where it does not."""
        return form.name if self.host == "github" and form.path.startswith(".github/") else ""

    def reporting(self) -> Callable[[Record], str]:
        """Return what says where a problem with a record is reported, with its page and title filled in.

        That is a new issue, or a mail to the contact; empty where there is neither, as nothing but the site's own form
        can be filled in then. What is the same for every record is encoded once: a site has ten thousand of them.
        """
        form = next((form for form in self.forms if form.label == REPORT), None)
        if form is None or not (self.issues or self.contact.startswith("mailto:")):
            return lambda record: ""
        pattern = self._reported(form)

        def address(record: Record) -> str:
            page = f"{KIND_OF[type(record)].page_folder}%2F{record.id}"
            found = pattern.replace(_ID, record.id).replace(_PAGE, page)
            return found.replace(_TITLE, "%20".join(map(_word, title_of(record).split(" "))))

        return address

    def _reported(self, form: Form) -> str:
        """Return the address for a report with _ID, _PAGE and _TITLE for what differs between records."""
        title = f"{form.title}{unquote(_ID)}"
        given = {"record": unquote(_PAGE), "says": unquote(_TITLE)}
        if not self.issues:
            return _with(self.contact, {"subject": title, "body": text_of(form, given)})
        if name := self.template(form):
            return _with(self.issues, {"template": name, "title": title, **given})
        names = ("issue[title]", "issue[description]") if self.host == "gitlab" else ("title", "body")
        return _with(self.issues, dict(zip(names, (title, text_of(form, given)), strict=True)))


@lru_cache(65536)
def _word(word: str) -> str:
    """Return a word of a title encoded: the same ones come again and again."""
    return quote(word, safe="")


def _with(address: str, values: Mapping[str, str]) -> str:
    """Return an address with a query; a space is written as mail programs want it too."""
    return f"{address}?{urlencode(values, quote_via=quote, safe='')}"


def text_of(form: Form, given: Mapping[str, str]) -> str:
    """Return the answers as the text of an issue: a heading for each question, as hosts write it."""
    return "\n\n".join(f"### {q.label}\n\n{given.get(q.id, '')}".rstrip() for q in form.questions) + "\n"


def page_of(record: Record) -> str:
    """Return the page of a record as the forms name it: its folder in the site and its id."""
    return f"{KIND_OF[type(record)].page_folder}/{record.id}"


def title_of(record: Record) -> str:
    """Return what people know a record by."""
    return str(getattr(record, KIND_OF[type(record)].title, record.id))


def form_for(record: Record) -> str:
    """Return the address of the form that corrects a record, with what it is told of it, for a page one folder down.

    Ids and names of forms need no encoding.
    """
    label = FORM_OF.get(KIND_OF[type(record)].name, REPORT)
    return report_form(page_of(record)) if label == REPORT else f"../{PAGE}?form={label}&record={record.id}"


def report_form(page: str) -> str:
    """Return the address of the form for a problem with a page of the site, such as topics/history, for a page one
    folder down."""
    return f"../{PAGE}?form={REPORT}&record={page}"
