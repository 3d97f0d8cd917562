"""A page as a tagged PDF: title, language, XMP, and a tree that tells heading, paragraphs and
figure apart.

matplotlib writes the page; its tags, catalogue and metadata are written here, by the rules of
PDF/UA-1 (ISO 14289-1): everything that is drawn belongs to an element of the tree or is an
artifact, the figure has its alt text, letters are embedded with what they mean in Unicode."""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from matplotlib.artist import Artist
from matplotlib.backends.backend_pdf import Name, PdfFile, RendererPdf

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from provision.paper.canvas import Words

Tag = Literal["H1", "P", "Figure"]
LANGUAGE = "en-GB"


class Mark(Artist):
    """What is drawn from here on belongs to an element of the tree. Only a PDF takes note."""

    def __init__(self, tag: Tag, said: str, order: int) -> None:
        super().__init__()
        self.tag, self.said = tag, said
        self.set_zorder(order)

    def draw(self, renderer: Any) -> None:
        """Begin the element."""
        file = getattr(renderer, "file", None)
        if isinstance(file, _TaggedFile):
            file.output(*renderer.gc.finalize())
            file.begin(self.tag, self.said)


class _TaggedFile(PdfFile):
    """A file of one page whose marked parts become a tree of structure."""

    def __init__(self, out: io.BytesIO, words: Words, metadata: dict[str, Any]) -> None:
        self._words = words
        self._tags: list[tuple[Tag, str]] = []
        self._catalogue: dict[str, Any] = {}
        self._page: Any = None
        super().__init__(out, metadata=metadata)

    def writeObject(self, object: Any, contents: Any) -> None:
        """Hold the catalogue back until the tree is known, and let the page name it."""
        kind = contents.get("Type") if isinstance(contents, dict) else None
        if kind == Name("Catalog") and not self._catalogue:
            self._catalogue = contents
            return
        if kind == Name("Page"):
            self._page = object
            contents = {**contents, "StructParents": 0, "Tabs": Name("S")}
        super().writeObject(object, contents)

    def open(self) -> None:
        """What is drawn before the first element is an artifact."""
        self.write(b"/Artifact BMC\n")

    def begin(self, tag: Tag, said: str) -> None:
        """End what was open, and begin an element that is read as ``said``."""
        self.write(f"EMC\n/{tag} <</MCID {len(self._tags)}>> BDC\n".encode())
        self._tags.append((tag, said))

    def end(self) -> None:
        """End what was open."""
        self.write(b"EMC\n")

    def finalize(self) -> None:
        """Write the tree, the metadata and the catalogue before matplotlib ends the file."""
        self.endStream()
        root, document = self.reserveObject("tree"), self.reserveObject("document")
        parents, about = self.reserveObject("parents"), self.reserveObject("metadata")
        parts = [self._element(*part, document, n) for n, part in enumerate(self._tags)]
        super().writeObject(
            document,
            {"Type": Name("StructElem"), "S": Name("Document"), "P": root, "K": parts},
        )
        super().writeObject(parents, {"Nums": [0, parts]})
        super().writeObject(
            root,
            {
                "Type": Name("StructTreeRoot"),
                "K": document,
                "ParentTree": parents,
                "ParentTreeNextKey": 1,
            },
        )
        self._write_about(about)
        super().writeObject(
            self.rootObject,
            {
                **self._catalogue,
                "Lang": LANGUAGE.encode(),
                "MarkInfo": {"Marked": True},
                "StructTreeRoot": root,
                "ViewerPreferences": {"DisplayDocTitle": True},
                "Metadata": about,
            },
        )
        super().finalize()

    def _element(self, tag: Tag, said: str, parent: Any, number: int) -> Any:
        element = self.reserveObject("element")
        found = {"Type": Name("StructElem"), "S": Name(tag), "P": parent, "K": number}
        found["Pg"] = self._page
        if tag == "Figure":
            box = [0, 0, 72 * self.width, 72 * self.height]
            found["Alt"] = self._words.alt
            found["A"] = {"O": Name("Layout"), "Placement": Name("Block"), "BBox": box}
        elif said:
            found["ActualText"] = said
        super().writeObject(element, found)
        return element

    def _write_about(self, about: Any) -> None:
        data = _XMP.format(
            title=escape(self._words.title),
            about=escape(self._words.alt),
            language=LANGUAGE,
        ).encode()
        head = f"<< /Type /Metadata /Subtype /XML /Length {len(data)} >>\nstream\n"
        self.recordXref(about.id)
        self.write(f"{about.id} 0 obj\n{head}".encode() + data + b"\nendstream\nendobj\n")


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{about}</rdf:li></rdf:Alt></dc:description>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <pdfuaid:part>1</pdfuaid:part>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def write_pdf(figure: Figure, out: io.BytesIO, words: Words) -> None:
    """A page as a PDF with its tags."""
    own = {"Title": words.title, "Subject": words.alt, "Keywords": ", ".join(words.keywords)}
    unsaid: dict[str, Any] = dict.fromkeys(("CreationDate", "Creator", "Producer"))
    figure.dpi = 72  # of which a PDF has 72 an inch
    width, height = figure.get_size_inches()
    file = _TaggedFile(out, words, {**own, **unsaid})
    try:
        file.newPage(width, height)
        file.open()
        renderer = RendererPdf(file, 72, height, width)
        figure.draw(renderer)
        renderer.finalize()
        file.end()
        file.finalize()
    finally:
        file.close()
