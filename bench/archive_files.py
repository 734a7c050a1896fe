# SPDX-License-Identifier: MIT
"""Files as an archive of many years holds them, made of titles, texts and dates.

A maker takes a release and a source of chance and gives bytes. What it makes is laid out as the programs
of the time did: no maker is a writer of its format that could be used elsewhere.
"""
import email.message
import email.policy
import html
import importlib.machinery
import importlib.util
import io
import json
import pathlib
import tarfile
import unicodedata
import zipfile

HERE = pathlib.Path(__file__).parent


class Release:
    def __init__(self, number, document):
        self.number = number
        self.title = ' '.join(unicodedata.normalize('NFC', document.get('title') or '').split())
        text = unicodedata.normalize('NFC', document.get('text') or '')
        self.paragraphs = [' '.join(p.split()) for p in text.split('\n') if p.strip()]
        self.date = (document.get('date') or f'{2003 + number % 20}-{number % 12 + 1:02}-'
                     f'{number % 28 + 1:02}')[:10]
        self.desk = f'so-{number % 23:02}'
        self.standing = [f'Bản tin Sở số {number % 23}', 'Tin được phép đăng lại khi ghi rõ nguồn.',
                         f'Liên hệ báo chí: Văn phòng Sở số {number % 23}, điện thoại 0290 '
                         f'{number % 23:03} 000, vanphong{number % 23}@so.example.vn']

    def text(self):
        return '\n\n'.join([self.standing[0], self.title, *self.paragraphs, *self.standing[1:]])


def legacy_encodings():
    loader = importlib.machinery.SourceFileLoader('legacy', str(HERE / 'encodings'))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader('legacy', loader))
    loader.exec_module(module)
    tables = module.tables()
    return {name: lambda text, table=table: module.encode(
        ''.join(c if c in table or c in module.ALL else '?' for c in text), table)
        for name, table in tables.items()}


LEGACY = legacy_encodings()
ENCODINGS = {
    'utf-8': str.encode, 'utf-8-sig': lambda text: text.encode('utf-8-sig'),
    'utf-16': lambda text: text.encode('utf-16'),
    'nfd': lambda text: unicodedata.normalize('NFD', text).encode(), **LEGACY}


def plain(release, chance):
    encode = ENCODINGS[chance.choice(list(ENCODINGS))]
    return encode(release.text().replace('\n', chance.choice(['\n', '\r\n'])))


def markdown(release, chance):
    body = '\n\n'.join(release.paragraphs)
    front = f'---\ntitle: "{release.title}"\ndate: {release.date}\n---\n\n' if chance.random() < .5 \
        else f'# {release.title}\n\n'
    return f'{front}{body}\n\n- [Trang chủ](https://so.example.vn/)\n'.encode()


# ---- web pages, in the layouts that portals have used

def paragraphs(release, tag='p'):
    return '\n'.join(f'<{tag}>{html.escape(p)}</{tag}>' for p in release.paragraphs)


def menu(release, n=25):
    return ''.join(f'<a href="/muc/{i}">Mục thứ {i} của Sở số {release.number % 23}</a> | '
                   for i in range(n))


def page_tables(release):
    return (f'<html><head><title>{html.escape(release.title)} - Sở số {release.number % 23}</title></head>'
            f'<body><table width=780><tr><td colspan=3>{menu(release)}</td></tr><tr><td>{menu(release, 12)}'
            f'</td><td class=noidung><b>{html.escape(release.title)}</b><br><i>{release.date}</i>'
            f'{paragraphs(release)}</td><td>{menu(release, 8)}</td></tr></table></body></html>')


def page_json_ld(release):
    facts = {'@context': 'https://schema.org', '@type': 'NewsArticle', 'headline': release.title,
             'datePublished': release.date + 'T07:00:00+07:00',
             'author': {'@type': 'Organization', 'name': f'Sở số {release.number % 23}'}}
    return (f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>'
            f'{html.escape(release.title)}</title><script type="application/ld+json">{json.dumps(facts)}'
            f'</script><link rel="canonical" href="https://so.example.vn/tin/{release.number}"></head><body>'
            f'<header><nav>{menu(release)}</nav></header><main><article><h1>{html.escape(release.title)}</h1>'
            f'{paragraphs(release)}</article><aside><h2>Tin liên quan</h2>{menu(release, 15)}</aside></main>'
            f'<footer>{menu(release, 9)}</footer><div class="cookie">Trang này dùng cookie.</div></body></html>')


def page_open_graph(release):
    return (f'<!DOCTYPE html><html><head><meta charset=utf-8><meta property="og:title" '
            f'content="{html.escape(release.title)}"><meta property="article:published_time" '
            f'content="{release.date}"><meta property="og:site_name" content="Sở số {release.number % 23}">'
            f'<meta property="og:url" content="https://so.example.vn/og/{release.number}">'
            f'</head><body><div id=menu>{menu(release)}</div><div id=content>'
            f'{paragraphs(release, "div")}</div></body></html>')


def page_saved(release):
    return (f'<!-- saved from url=(0033)https://so.example.vn/luu/{release.number} -->\n<html><head>'
            f'<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>'
            f'{html.escape(release.title)}</title></head><body>{menu(release)}<h2>'
            f'{html.escape(release.title)}</h2><span class=date>{release.date}</span>'
            f'{paragraphs(release)}<ul>{"".join(f"<li><a href=#{i}>Tin cũ {i}</a>" for i in range(20))}'
            f'</ul></body></html>')


def page_word(release):
    return (f'<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator '
            f'content="Microsoft Word 11"><title>{html.escape(release.title)}</title><style>p.MsoNormal '
            f'{{margin:0}}</style></head><body><div class=Section1><p class=MsoNormal align=center><b>'
            f'{html.escape(release.title)}<o:p></o:p></b></p>'
            f'{paragraphs(release).replace("<p>", "<p class=MsoNormal>")}</div></body></html>')


def web_page(release, chance):
    page = chance.choice([page_tables, page_json_ld, page_open_graph, page_saved, page_word])(release)
    if 'charset' in page:
        return page.encode()
    name = chance.choice(['utf-8', 'entities', *LEGACY])
    if name == 'utf-8':
        return page.encode()
    if name == 'entities':
        return page.encode('ascii', 'xmlcharrefreplace')
    return LEGACY[name](page.replace('<head>', '<head><meta http-equiv="Content-Type" content="text/html; '
                                               'charset=iso-8859-1">'))


# ---- office programs and printers

def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, (2010, 1, 1, 0, 0, 0)), content,
                             zipfile.ZIP_STORED if name == 'mimetype' else method)
    return out.getvalue()


def docx(release, _):
    body = ''.join(f'<w:p><w:r><w:t xml:space="preserve">{html.escape(p)}</w:t></w:r></w:p>'
                   for p in [release.title, *release.paragraphs])
    word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
    return zipped([
        ('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         f'<Override PartName="/word/document.xml" ContentType="{word}"/></Types>'),
        ('_rels/.rels', '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'),
        ('word/document.xml', '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
         f'<w:body>{body}</w:body></w:document>'),
        ('docProps/core.xml', '<c xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:created>'
         f'{release.date}T00:00:00Z</dcterms:created></c>')])


def odt(release, _):
    body = ''.join(f'<text:p>{html.escape(p)}</text:p>' for p in [release.title, *release.paragraphs])
    return zipped([
        ('mimetype', 'application/vnd.oasis.opendocument.text'),
        ('content.xml', '<office:document-content '
         'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
         'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
         f'{body}</office:text></office:body></office:document-content>')])


def epub(release, _):
    chapter = ('<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><h1>'
               f'{html.escape(release.title)}</h1>{paragraphs(release)}</body></html>')
    return zipped([
        ('mimetype', 'application/epub+zip'),
        ('META-INF/container.xml', '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
         '<rootfiles><rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles>'
         '</container>'),
        ('a.opf', '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
         f'<metadata><dc:title>{html.escape(release.title)}</dc:title><dc:date>{release.date}</dc:date>'
         '</metadata><manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest>'
         '<spine><itemref idref="c"/></spine></package>'),
        ('c.xhtml', chapter)])


def rtf(release, chance):
    legacy = chance.random() < .5

    def escape(text):
        if legacy:  # a font of VNI or TCVN3: bytes, and nothing that says what they mean
            return ''.join(chr(b) if 32 <= b < 127 and b not in b'\\{}' else f"\\'{b:02x}"
                           for b in LEGACY['VNI'](text))
        return ''.join(c if ' ' <= c < '\x7f' and c not in '\\{}' else f'\\u{(ord(c) ^ 0x8000) - 0x8000}?'
                       for c in text)
    font = 'VNI-Times' if legacy else 'Times New Roman'
    body = '\\par\n'.join(escape(p) for p in [release.title, *release.paragraphs])
    return f'{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 {font};}}}}\\f0 {body}\\par}}'.encode()


def pdf(release, _):
    """Text without a font file, and a table that says what its codes mean."""
    letters = sorted({c for p in [release.title, *release.paragraphs] for c in p if ord(c) < 0x10000})
    codes = {c: i + 1 for i, c in enumerate(letters)}
    lines = []
    for paragraph in [release.title, *release.paragraphs]:
        words = ''
        for word in paragraph.split():
            if len(words) + len(word) > 90:
                lines.append(words)
                words = ''
            words += (' ' if words else '') + word
        lines += [words, '']
    pages = [lines[i:i + 60] for i in range(0, len(lines), 60)]
    cmap = ''.join(f'1 beginbfchar <{i:04x}> <{ord(c):04x}> endbfchar\n' for c, i in codes.items())
    objects = [b'<</Type/Catalog/Pages 2 0 R>>',
               f'<</Type/Pages/Count {len(pages)}/Kids[{" ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))}]>>'
               .encode(),
               b'<</Type/Font/Subtype/Type0/BaseFont/Times/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>',
               b'<</Type/Font/Subtype/CIDFontType2/BaseFont/Times/DW 500/CIDSystemInfo'
               b'<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>',
               stream('/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> '
                      f'endcodespacerange\n{cmap}endcmap end')]
    for i, page in enumerate(pages):
        text = ''.join(f'<{"".join(f"{codes.get(c, 0):04x}" for c in line)}> Tj T*\n' for line in page)
        objects += [f'<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>'
                    f'/Contents {7 + 2 * i} 0 R>>'.encode(),
                    stream(f'BT /F 10 Tf 13 TL 40 800 Td\n{text}ET')]
    out, places = bytearray(b'%PDF-1.4\n'), []
    for i, content in enumerate(objects):
        places.append(len(out))
        out += b'%d 0 obj\n%s\nendobj\n' % (i + 1, content)
    table = ''.join(f'{at:010} 00000 n \n' for at in places)
    return bytes(out) + (f'xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size '
                         f'{len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n').encode()


def stream(text):
    return f'<</Length {len(text)}>>\nstream\n{text}\nendstream'.encode()


# ---- mails, lists, feeds, crawls

def mail(release, chance):
    message = email.message.EmailMessage(email.policy.SMTP)
    message['Subject'] = release.title
    message['From'] = f'Văn phòng Sở số {release.number % 23} <vanphong@so.example.vn>'
    message['To'] = 'toasoan@bao.example.vn'
    message['Date'] = f'{int(release.date[8:])} {"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[int(release.date[5:7]) - 1]} {release.date[:4]} 08:00:00 +0700'
    message['Message-ID'] = f'<{release.number}@so.example.vn>'
    message.set_content('\n\n'.join(release.paragraphs), cte=chance.choice(['quoted-printable', 'base64', '8bit']))
    kind = chance.random()
    if kind < .3:
        message.add_alternative(page_word(release), subtype='html')
    if kind > .7:
        message.add_attachment(docx(release, chance), maintype='application', subtype='octet-stream',
                               filename='Thông cáo.docx')
    return bytes(message)


def web_archive(release, _):
    """A page as browsers put it into one file (MHTML)."""
    message = email.message.EmailMessage(email.policy.SMTP)
    message['From'] = '<Saved by Blink>'
    message['Snapshot-Content-Location'] = f'https://so.example.vn/mht/{release.number}'
    message['Subject'] = release.title
    message.add_related(page_json_ld(release), subtype='html', cte='quoted-printable')
    message.add_related(b'GIF89a', 'image', 'gif')
    return bytes(message)


def mbox(releases, chance):
    return b''.join(b'From vanphong@so.example.vn Mon Jan  5 08:00:00 2015\n' +
                    mail(r, chance).replace(b'\r\n', b'\n').replace(b'\nFrom ', b'\n>From ') + b'\n'
                    for r in releases)


def table(releases, chance):
    return rows(releases, chance.choice(',;\t'))


def table_of_tabs(releases, _):
    return rows(releases, '\t')


def rows(releases, separator):
    def cell(text):
        return '"' + text.replace('"', '""') + '"'
    lines = [['id', 'title', 'date', 'text']] + \
        [[f'{r.desk}-{r.number}', r.title, r.date, '\n'.join(r.paragraphs)] for r in releases]
    return '\r\n'.join(separator.join(cell(c) for c in row) for row in lines).encode('utf-8-sig')


def rss(releases, _):
    items = ''.join(f'<item><title>{html.escape(r.title)}</title><link>https://so.example.vn/rss/{r.number}</link>'
                    f'<guid>https://so.example.vn/rss/{r.number}</guid><description><![CDATA['
                    f'{paragraphs(r)}]]></description></item>' for r in releases)
    return (f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Sở</title>{items}'
            '</channel></rss>').encode()


def atom(releases, _):
    entries = ''.join(f'<entry><id>tag:so.example.vn,{r.date}:{r.number}</id><title>{html.escape(r.title)}'
                      f'</title><updated>{r.date}T00:00:00Z</updated><content type="html">'
                      f'{html.escape(paragraphs(r))}</content></entry>' for r in releases)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Sở</title>{entries}</feed>'.encode()


def warc(releases, _):
    out = b''
    for r in releases:
        body = page_json_ld(r).encode()
        answer = (f'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}'
                  '\r\n\r\n').encode() + body
        out += (f'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://so.example.vn/warc/{r.number}\r\n'
                f'WARC-Date: {r.date}T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{r.number:012}>'
                f'\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n'
                ).encode() + answer + b'\r\n\r\n'
    return out


def json_lines(releases, _):
    return ''.join(json.dumps({'id': f'jsonl-{r.number}', 'title': r.title, 'date': r.date,
                               'text': '\n\n'.join(r.paragraphs), 'source': r.desk},
                              ensure_ascii=False) + '\n' for r in releases).encode()


def json_array(releases, _):
    return json.dumps([json.loads(line) | {'id': f'json-{r.number}'} for r, line in
                       zip(releases, json_lines(releases, _).splitlines())], indent=1).encode()


# ---- archives of them

def pack(members, chance):
    if chance.random() < .5:
        return '.zip', zipped(members)
    mode, ending = chance.choice([('w', '.tar'), ('w:gz', '.tar.gz'), ('w:xz', '.tar.xz')])
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return ending, out.getvalue()


def locked(members):
    """A zip whose members say that they are encrypted; nobody has the key."""
    data = bytearray(zipped(members, zipfile.ZIP_STORED))
    for mark, flags in (b'PK\x03\x04', 6), (b'PK\x01\x02', 8):
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


ONE = {'.txt': plain, '.md': markdown, '.html': web_page, '.htm': web_page, '.docx': docx, '.odt': odt,
       '.epub': epub, '.rtf': rtf, '.pdf': pdf, '.eml': mail, '.mht': web_archive}
MANY = {'.mbox': mbox, '.csv': table, '.tsv': table_of_tabs, '.rss': rss, '.atom': atom, '.warc': warc, '.jsonl': json_lines,
        '.json': json_array}
