"""Documents: their text comes whole and in order; what cannot be read is refused by name."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from studio.errors import InputError
from studio.stores.documents import MAX_TEXT_BYTES, FileDocuments

NEWS = "Sáng nay, tổ dân phố số 7 dọn vệ sinh ngõ.\nBà con tham gia đông đủ.\n"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for short, space in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
    )
)


def docx(body: str, **parts: str) -> bytes:
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return archive({"word/document.xml": document, **{f"word/{name}.xml": part for name, part in parts.items()}})


def odt(body: str, automatic: str = "", **parts: str) -> bytes:
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return archive({"content.xml": content, **parts})


def archive(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return buffer.getvalue()


def pdf(*pages: str, password: str = "") -> bytes:
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for text in pages:
        page = writer.add_blank_page(400, 400)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 300 Td ({text}) Tj ET".encode("ascii"))
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
        )
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def read(name: str, data: bytes) -> str:
    return FileDocuments().from_bytes(name, data).text


def refused(name: str, data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        FileDocuments().from_bytes(name, data)
    assert caught.value.fields["file"] == name
    return caught.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("ending", ["txt", "md"])
def test_plain_text(tmp_path: Path, encoding: str, ending: str) -> None:
    path = tmp_path / f"bản tin.{ending}"
    path.write_bytes(NEWS.encode(encoding))
    assert FileDocuments().read(path) == NEWS


def test_encodings_from_before_unicode() -> None:
    tcvn3 = "S¸ng nay, tæ d©n phè sè 7 dän vÖ sinh ngâ."
    document = FileDocuments().from_bytes("a.txt", tcvn3.encode("latin-1"))
    assert document.text == "Sáng nay, tổ dân phố số 7 dọn vệ sinh ngõ."
    assert [(n.code, n.fields) for n in document.notices] == [("text.converted", (("encoding", "TCVN3"),))]
    windows = b"Th\xf4ng b\xe1o: ph\xfd\xf5\xccng t\xf4\xd2 ch\xfd\xecc h\xf4\xf2i nghi\xf2."
    assert read("a.txt", windows) == "Thông báo: phường tổ chức hội nghị."
    assert refused("a.txt", b"\xff\xfa\xfb\xfc\x81\x8d\x8f abc") == "documents.encoding"


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.docx", "a.odt", "a.pdf"])
def test_empty_files(name: str) -> None:
    assert refused(name, b"") == "documents.empty"
    assert refused(name, b" \n ") == "documents.empty"


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04 rest", bytes(range(256)) * 10, b"text\x00text", b"\x89PNG\r\n", b"%PDF-1.7"]
)
def test_binary_is_no_text(data: bytes) -> None:
    assert refused("a.txt", data) == "documents.binary"


def test_too_much_text() -> None:
    assert refused("a.txt", b"abc " * (MAX_TEXT_BYTES // 4 + 1)) == "documents.too_large"
    assert refused("a.txt", "ờ".encode() * (MAX_TEXT_BYTES // 3 + 1)) == "documents.too_large"
    assert len(read("a.txt", b"abc " * (MAX_TEXT_BYTES // 4))) == MAX_TEXT_BYTES


def test_files_that_are_not_there_or_unknown(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"documents\.not_found"):
        FileDocuments().read(tmp_path / "không có.txt")
    with pytest.raises(InputError, match=r"documents\.unreadable"):
        FileDocuments().read(tmp_path)
    assert refused("a.doc", b"\xd0\xcf\x11\xe0") == "documents.unknown_kind"
    assert refused("noending", b"abc") == "documents.unknown_kind"


def test_standard_input_may_be_empty() -> None:
    assert FileDocuments().decode(b"", "-").text == ""
    assert FileDocuments().decode("\ufeffTin\n".encode(), "-").text == "Tin\n"
    with pytest.raises(InputError, match=r"documents\.binary"):
        FileDocuments().decode(b"\x00\x01\x02", "-")


STYLES = (
    f'<w:styles {W}><w:style w:styleId="DauDe1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:styleId="Con"><w:name w:val="Con"/><w:basedOn w:val="DauDe1"/></w:style></w:styles>'
)
NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="4">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="5">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>'
    "</w:numbering>"
)


def item(num: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'


def test_word_headings_and_lists() -> None:
    body = (
        p("Lịch họp", '<w:pStyle w:val="DauDe1"/>')
        + p("Mục đích", item(1, 0))
        + p("Nội dung", item(1, 1))
        + p("Thời gian", item(1, 1))
        + p("Yêu cầu", item(1, 0))
        + p("Đúng giờ", item(1, 1))
        + p("Mang theo sổ", item(2, 0))
        + p("Phụ", '<w:pStyle w:val="Con"/>')
    )
    lines = read("a.docx", docx(body, styles=STYLES, numbering=NUMBERING)).split("\n\n")
    assert lines == [
        "# Lịch họp",
        "I. Mục đích",
        "1. Nội dung",
        "2. Thời gian",
        "II. Yêu cầu",
        "1. Đúng giờ",
        "- Mang theo sổ",
        "# Phụ",
    ]


def test_word_runs_marks_and_deletions() -> None:
    body = (
        "<w:p><w:r><w:t>Họp</w:t></w:r><w:del><w:r><w:delText>chiều</w:delText></w:r></w:del>"
        '<w:ins><w:r><w:t xml:space="preserve"> sáng</w:t></w:r></w:ins><w:r>'
        "<w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
        "<w:r><w:tab/><w:t>mai</w:t><w:br/><w:t>tại</w:t></w:r><w:hyperlink><w:r><w:t> phường</w:t></w:r></w:hyperlink>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p><w:p/>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Hết.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert read("a.docx", docx(body)) == "Họp sáng\tmai\ntại phường\n\nHết."


def test_word_tables() -> None:
    def cell(*lines: str) -> str:
        return "<w:tc>" + "".join(map(p, lines)) + "</w:tc>"

    grid = f"<w:tbl><w:tr>{cell('Tổ')}{cell('Giờ')}</w:tr><w:tr>{cell('5')}{cell('')}</w:tr></w:tbl>"
    page = f"<w:tbl><w:tr>{cell('UBND PHƯỜNG', 'Số: 1/TB')}{cell('CỘNG HÒA', 'Độc lập')}</w:tr></w:tbl>"
    assert read("a.docx", docx(p("Lịch") + grid + page)) == (
        "Lịch\n\nTổ\tGiờ\n5\t\n\nUBND PHƯỜNG\n\nSố: 1/TB\n\nCỘNG HÒA\n\nĐộc lập"
    )


def test_open_document() -> None:
    automatic = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="a" '
        'style:num-suffix=")"/><text:list-level-style-bullet text:level="2"/></text:list-style>'
    )
    body = (
        "<text:tracked-changes><text:p>bỏ đi</text:p></text:tracked-changes>"
        '<text:h text:outline-level="2">Lịch</text:h>'
        '<text:p>Họp <text:s text:c="2"/><text:span>sáng</text:span> mai<text:line-break/>tại phường'
        "<text:note><text:p>chú</text:p></text:note>.</text:p>"
        '<text:list text:style-name="L1"><text:list-item><text:p>Một</text:p><text:list><text:list-item>'
        "<text:p>Trong</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>Hai</text:p>"
        "</text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>Tổ</text:p></table:table-cell>"
        "<table:table-cell><text:p>Giờ</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert read("a.odt", odt(body, automatic)).split("\n\n") == [
        "## Lịch",
        "Họp   sáng mai\ntại phường.",
        "a) Một",
        "- Trong",
        "b) Hai",
        "Tổ\tGiờ",
    ]


def test_html() -> None:
    markup = (
        "<html><head><title>x</title><style>p{}</style></head><body><h2>Lịch&nbsp;họp</h2>"
        "<p>Sáng mai\n  họp <b>tổ</b>.</p>"
        "<ul><li>Tổ 1</li><li>Tổ 2</li></ul><ol><li>Một<li>Hai</ol><script>alert(1)</script>"
        "<table><tr><th>Tổ</th><th><p>Giờ</p></th></tr><tr><td>5</td><td>18</td></tr></table>"
        "Hết<br>tin &amp; bài</body></html>"
    )
    lines = [line.strip() for line in read("a.html", markup.encode()).split("\n") if line.strip()]
    assert lines[:6] == ["## Lịch họp", "Sáng mai họp tổ.", "- Tổ 1", "- Tổ 2", "1. Một", "2. Hai"]
    assert [line.split() for line in lines[6:]] == [["Tổ", "Giờ"], ["5", "18"], ["Hết"], ["tin", "&", "bài"]]
    assert lines[7] == "5\t18"
    assert read("a.htm", b"<meta charset=windows-1258><p>Thanh Tr\xec</p>").startswith("Thanh Tr")


def test_pdf() -> None:
    text = read("a.pdf", pdf("Sang mai hop to dan pho", "Moi ba con den dung gio"))
    assert text.index("Sang mai") < text.index("Moi ba con")


def test_a_page_that_is_a_picture_among_pages_of_text_is_named() -> None:
    picture = io.BytesIO()
    Image.new("L", (60, 80), 200).save(picture, format="PDF")
    writer = PdfWriter()
    writer.append(io.BytesIO(pdf("Sang mai hop to dan pho")))
    writer.append(picture)
    whole = io.BytesIO()
    writer.write(whole)
    document = FileDocuments().from_bytes("a.pdf", whole.getvalue())
    assert [(notice.code, dict(notice.fields)) for notice in document.notices] == [
        ("text.picture_pages", {"pages": "2"})
    ]
    assert FileDocuments().from_bytes("a.pdf", pdf("Sang mai hop to dan pho", "")).notices == ()


def test_pdf_without_text_says_so() -> None:
    assert refused("scan.pdf", pdf("", "")) == "documents.image_only"


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.pdf"])
def test_damaged(name: str) -> None:
    whole = {"a.docx": docx(p("Tin") * 50), "a.odt": odt("<text:p>Tin</text:p>" * 50), "a.pdf": pdf("Tin sang nay co")}[
        name
    ]
    assert refused(name, b"not at all what it says it is") == "documents.damaged"
    assert refused(name, whole[: len(whole) // 2]) in ("documents.damaged", "documents.image_only")
    assert refused("a.docx", archive({"other.xml": "<a/>"})) == "documents.damaged"
    assert refused("a.docx", archive({"word/document.xml": "<a><b></a>"})) == "documents.damaged"


def test_encrypted() -> None:
    assert refused("a.pdf", pdf("Sang mai hop to dan pho", password="bi mat")) == "documents.encrypted"
    assert refused("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == "documents.encrypted"
    manifest = "<m:manifest xmlns:m='urn:m'><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    assert refused("a.odt", odt("", **{"META-INF/manifest.xml": manifest})) == "documents.encrypted"


def test_bombs_and_entities() -> None:
    bomb = archive({"word/document.xml": "<a>" + " " * 40_000_000 + "</a>"})
    assert refused("a.docx", bomb) == "documents.too_large"
    entities = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>'
    assert refused("a.docx", archive({"word/document.xml": entities})) == "documents.damaged"
    deep = "<a>" * 100_000 + "</a>" * 100_000
    assert refused("a.docx", archive({"word/document.xml": deep})) == "documents.damaged"
