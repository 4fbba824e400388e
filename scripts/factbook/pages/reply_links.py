"""How a reader answers a page: the web editor, an issue, a mail, or a form, each with the record that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

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

    def report(self, record: Record) -> str:
        """Return where a problem with the record is reported, with its id and title filled in; empty for nowhere."""
        form = next((form for form in self.forms if form.label == REPORT), None)
        if form is None or not (self.issues or self.contact):
            return ""
        title = f"{form.title}{record.id}"
        given = {"record": page_of(record), "says": title_of(record)}
        if self.issues:
            if name := self.template(form):
                return _with(self.issues, {"template": name, "title": title, **given})
            body = text_of(form, given)
            gitlab = self.host == "gitlab"
            names = ("issue[title]", "issue[description]") if gitlab else ("title", "body")
            return _with(self.issues, dict(zip(names, (title, body), strict=True)))
        if self.contact.startswith("mailto:"):
            return _with(self.contact, {"subject": title, "body": text_of(form, given)})
        return self.contact


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


def form_for(record: Record) -> dict[str, str]:
    """Return the form that corrects a record and what it is told of it, as the query of the page of forms."""
    label = FORM_OF.get(KIND_OF[type(record)].name, REPORT)
    return {"form": label, "record": page_of(record) if label == REPORT else record.id}
