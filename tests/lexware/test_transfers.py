"""The head of a download: its name, kind and size, whatever the header says."""

import io

import pytest

from lexweb.lexware.transfers import Download

NAMES = [
    ("attachment; filename=beleg.pdf", "beleg.pdf"),
    ("inline;filename=beleg.pdf ; size=3", "beleg.pdf"),
    ('attachment; filename="Rechnung 7; Entwurf.pdf"', "Rechnung 7; Entwurf.pdf"),
    (r'attachment; filename="Der \"Beleg\" \\ 7.pdf"', r'Der "Beleg" \ 7.pdf'),
    ("attachment; FileName*=utf-8''Gr%C3%B6%C3%9Fe%20%E2%82%AC.pdf", "Größe €.pdf"),
    ("attachment; filename*=UTF-8'de'%C3%84.pdf; filename=A.pdf", "Ä.pdf"),
    ("attachment; filename=\"Gr??e.pdf\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf", "Größe.pdf"),
    ("attachment; filename*=iso-8859-1''Gr%F6%DFe.pdf", "Größe.pdf"),
    ("attachment; filename*=\"UTF-8''a%20b.pdf\"", "a b.pdf"),
    # missing
    ("", ""),
    ("attachment", ""),
    ("attachment; filename=", ""),
    ('attachment; filename=""', ""),
    ("attachment; name=beleg.pdf; xfilename=x.pdf", ""),
    # hostile, or just wrong
    ("attachment; filename=\"a.pdf; filename*=UTF-8''b.exe\"", "a.pdf; filename*=UTF-8''b.exe"),
    ('attachment; name="filename=b.exe"; filename=a.pdf', "a.pdf"),
    ("attachment; filename*=ebcdic''%C1; filename=a.pdf", "a.pdf"),
    ("attachment; filename*=b.pdf; filename=a.pdf", "a.pdf"),
    ("attachment; filename*=UTF-8''%FF%FE.pdf", "\ufffd\ufffd.pdf"),
    ("attachment; filename*=UTF-8''%; filename=a.pdf", "%"),
    ('attachment; filename="offen.pdf', '"offen.pdf'),
    ('attachment; filename="../../etc/passwd"', "../../etc/passwd"),  # not ours to clean: it is no path yet
]


def head(stage, office, answer, **headers: str) -> Download:
    stage.play(answer(200, b"", **headers))
    with office.files.download("05ad6609-d267-437f-ab28-0d11a4d4dc67") as download:
        return download


@pytest.mark.parametrize(("disposition", "name"), NAMES)
def test_the_name(stage, office, answer, disposition, name):
    assert head(stage, office, answer, Content_Disposition=disposition).name == name


def test_without_a_header_there_is_no_name(stage, office, answer):
    download = head(stage, office, answer)
    assert (download.name, download.media_type, download.size) == ("", "", 0)


@pytest.mark.parametrize("tail", ['"' * 60_000, r"\"" * 30_000, ';a="' * 15_000, "; filename" * 6_000])
def test_a_name_that_never_ends_takes_no_time(stage, office, answer, tail):
    download = head(stage, office, answer, Content_Disposition=f'attachment; filename=a.pdf; x="{tail}')
    assert download.name == "a.pdf"


def test_the_media_type_is_bare(stage, office, answer):
    download = head(stage, office, answer, Content_Type="Application/PDF; charset=utf-8")
    assert download.media_type == "application/pdf"


def test_what_is_saved_is_counted(stage, office, answer):
    stage.play(answer(200, b"%PDF-1.7"))
    target = io.BytesIO()
    with office.files.download("05ad6609-d267-437f-ab28-0d11a4d4dc67") as download:
        assert (download.size, download.save(target)) == (8, 8)
    assert target.getvalue() == b"%PDF-1.7"
