#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""One release as the portals of offices, and a newspaper, put it on their pages: its title, day, by-line and text are
found, and nothing of the site around it."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

TITLE = 'Tổng kết công tác thủy lợi nội đồng năm 2020'
BODY = (
    'Sáng 22/12, tại hội trường, đồng chí Trần Văn Bình, Phó Chủ tịch UBND huyện, chủ trì hội nghị tổng kết công tác '
    'thủy lợi nội đồng năm 2020 và triển khai nhiệm vụ năm 2021.',
    'Trong năm toàn huyện đã nạo vét 42 tuyến kênh với tổng chiều dài 61 km, khối lượng đào đắp hơn 210.000 m3, kinh '
    'phí trên 18 tỷ đồng từ nguồn thủy lợi phí và nhân dân đóng góp.',
    'Phó Chủ tịch UBND huyện đề nghị các xã, thị trấn rà soát các tuyến kênh bị bồi lắng, chủ động vận hành cống ngăn '
    'mặn, bảo đảm nước tưới cho 8.500 ha lúa đông xuân.',
)
MENU = ''.join(f'<li><a href="/{i}">{name}</a></li>' for i, name in enumerate((
    'Trang chủ', 'Giới thiệu', 'Tin tức - Sự kiện', 'Văn bản', 'Thủ tục hành chính', 'Sơ đồ cổng')))
OTHERS = ''.join(f'<li><a href="/tin/{i}">{name}</a> <span>({i}/10/2020)</span></li>' for i, name in enumerate((
    'Hội nghị sơ kết phong trào thi đua quý III', 'Khai giảng lớp bồi dưỡng nghiệp vụ công tác đảng',
    'Huyện đoàn tổ chức ngày hội hiến máu tình nguyện'), 1))
FOOT = ('Cơ quan chủ quản: UBND huyện Phong Phú. Chịu trách nhiệm chính: Ông Lê Văn Tám. Địa chỉ: số 1 đường 30/4. '
        'Giấy phép số 12/GP-TTĐT ngày 05/05/2018.')
AROUND = 'Trang chủ', 'phong trào thi đua', 'Giấy phép', 'Lượt truy cập', 'Thời tiết', 'cookie', 'Biểu quyết', 'A-'


def paragraphs(element='p', gap=''):
    return gap.join(f'<{element}>{text}</{element}>' for text in BODY)


PAGES = {
    # all of the page in a form, columns of a table, a title that is no heading with the day beside it
    'sharepoint.html': (f'''<html><head><title>
    Cổng thông tin điện tử huyện Phong Phú - {TITLE}
</title></head><body><form method="post" action="chitiet.aspx"><table><tr><td colspan="3"><ul class="ms-topnav">{MENU}</ul>
</td></tr><tr><td class="ms-leftnav"><table><tr><td><a href="#">Xã Tân An</a></td></tr></table></td><td><div><span
class="ArticleTitle">{TITLE}</span><br><span class="ArticleDate">(22/12/2020 04:15 PM)</span><div class="ArticleBody">
<div>{paragraphs('div', '<div>&nbsp;</div>')}<div style="text-align:right"><b>Minh Khang</b></div></div></div>
<table><tr><td><b>Các tin khác</b></td></tr><tr><td><ul>{OTHERS}</ul></td></tr></table></div></td><td><div>Thời tiết</div>
<div>Lượt truy cập: 1.234.567</div></td></tr><tr><td colspan="3">{FOOT}</td></tr></table></form></body></html>''',
                        {'title': TITLE, 'date': '2020-12-22', 'byline': 'Minh Khang'}),
    # portlets: their names are headings, the title is one further down
    'liferay.html': (f'''<!DOCTYPE html><html lang="vi-VN"><head><title>{TITLE} - Huyện Phong Phú</title></head><body>
<header><nav><ul>{MENU}</ul></nav></header><div id="content"><div class="portlet"><header><h1 class="portlet-title"><span>
Xuất bản thông tin</span></h1></header><div class="asset-full-content"><h3 class="header-title"><span>{TITLE}</span></h3>
<div><a href="#">In</a> <a href="#">Gửi email</a></div><div>Ngày đăng 22/12/2020 | 16:15 | Lượt xem: 245</div><div
class="journal-content-article">{paragraphs()}<p style="text-align:right"><strong>Tin, ảnh: Thu Hà</strong></p></div></div>
<div class="related-assets"><h4>Tin liên quan</h4><ul>{OTHERS}</ul></div></div></div><footer><p>{FOOT}</p></footer></body>
</html>''', {'title': TITLE, 'date': '2020-12-22', 'byline': 'Thu Hà'}),
    # sizes of letters, today's date, a poll, a note on cookies
    'vnpt.html': (f'''<!DOCTYPE html><html lang="vi"><head><title>{TITLE}</title><meta property="og:site_name"
content="Huyện Phong Phú"></head><body><div class="clock">Thứ Bảy, ngày 28 tháng 11 năm 2026</div><ul>{MENU}</ul><div
class="detail-news"><h1>{TITLE}</h1><div class="info"><span>Thứ ba, 22/12/2020 | 16:15 GMT+7</span> <span>Đã xem: 312
</span><div><a>A-</a><a>A</a><a>A+</a></div><div>Nghe bài viết</div></div><div class="content">{paragraphs()}<p
style="text-align:right"><strong>Nguyễn An</strong></p></div><div>Từ khóa: <a href="#">thủy lợi</a></div><ul>{OTHERS}</ul>
</div><div class="box"><h3>Thăm dò</h3><form><label>Bạn đánh giá thế nào về cổng thông tin của huyện?</label><button>Biểu
quyết</button></form></div><div class="cookie-consent">Trang web này sử dụng cookie. <button>Đồng ý</button></div><div>{FOOT}
</div></body></html>''', {'title': TITLE, 'date': '2020-12-22', 'byline': 'Nguyễn An', 'source': 'Huyện Phong Phú'}),
    # tables, lines ended by <BR>, a window that is called by the way to the page
    'dnn.htm': (f'''<HTML><HEAD><TITLE>UBND huyện Phong Phú > Tin tức > Chi tiết tin</TITLE></HEAD><BODY><TABLE><TR><TD>
<A href="/">Trang chủ</A> | <A href="/tt">Tin tức</A></TD></TR><TR><TD><TABLE><TR><TD class=Head>{TITLE}</TD></TR><TR><TD
class=Normal><I>Ngày đăng: 22/12/2020 4:15:00 CH</I></TD></TR><TR><TD class=Normal><DIV align=justify>
{'<BR><BR>'.join(BODY)}<BR></DIV></TD></TR><TR><TD><A href="#">[Trở về]</A></TD></TR><TR><TD><B>Các tin đã đưa:</B><BR>
<A href="#">Hội nghị sơ kết phong trào thi đua</A> (10/10/2020)</TD></TR></TABLE></TD></TR><TR><TD><FONT size=1>{FOOT}</FONT>
</TD></TR></TABLE></BODY></HTML>''', {'title': TITLE, 'date': '2020-12-22'}),
    # what the page says of itself; a caption
    'bao.html': (f'''<!doctype html><html lang="vi"><head><title>{TITLE} | Báo Phong Phú</title><script
type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}","datePublished":"2020-12-22T16:15:00+07:00",
"author":{{"name":"Lê Hoa"}},"publisher":{{"name":"Báo Phong Phú"}}}}</script></head><body><header><nav><ul>{MENU}</ul></nav>
</header><main><article><h1>{TITLE}</h1><figure><img src="x.jpg"><figcaption>Đại biểu dự hội nghị. Ảnh: Lê Hoa</figcaption>
</figure>{paragraphs()}<div class="ads">Quảng cáo</div></article><aside><ul>{OTHERS}</ul></aside></main><footer>{FOOT}</footer>
</body></html>''', {'title': TITLE, 'date': '2020-12-22', 'byline': 'Lê Hoa', 'source': 'Báo Phong Phú'}),
    # a decision, its head in two columns, on a page that is called by what every such page is
    'van-ban.html': (f'''<!DOCTYPE html><html><head><title>Chi tiết văn bản - Cổng thông tin điện tử</title></head><body><ul>
{MENU}</ul><div><h2>Chi tiết văn bản</h2><div><table><tr><td><b>ỦY BAN NHÂN DÂN<br>HUYỆN PHONG PHÚ</b></td><td><b>CỘNG HÒA
XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b></td></tr><tr><td>Số: 1234/QĐ-UBND</td><td><i>Phong Phú, ngày 22
tháng 12 năm 2020</i></td></tr></table><p><b>QUYẾT ĐỊNH</b></p><p><b>Về việc ban hành Kế hoạch thủy lợi nội đồng năm 2021</b>
</p><p>Căn cứ Luật Thủy lợi ngày 19 tháng 6 năm 2017;</p>{paragraphs()}</div><h3>Văn bản liên quan</h3><ul>{OTHERS}</ul></div>
<div>{FOOT}</div></body></html>''', {'title': 'Về việc ban hành Kế hoạch thủy lợi nội đồng năm 2021', 'kind': 'quyết định',
                                     'date': '2020-12-22', 'place': 'Phong Phú', 'number': '1234/QĐ-UBND'}),
}


def main():
    wrong = 0
    with tempfile.TemporaryDirectory() as work:
        database, folder = f'{work}/db', pathlib.Path(work, 'pages')
        folder.mkdir()
        for name, (page, _) in PAGES.items():
            (folder / name).write_text(page.replace('<title>', '<meta charset="utf-8"><title>', 1).replace(
                '<TITLE>', '<META charset=utf-8><TITLE>', 1), encoding='utf-8')
        program = os.environ['MUCLUC']
        subprocess.run([program, 'index', '-q', '-d', database, folder], check=True)
        for name, (_, wanted) in PAGES.items():
            shown = subprocess.run([program, 'show', '-d', database, '--format', 'json', name], check=True,
                                   stdout=subprocess.PIPE).stdout
            document = json.loads(shown)
            for key, value in wanted.items():
                if document.get(key) != value:
                    print(f'{name}: {key} is {document.get(key)!r}, not {value!r}')
                    wrong += 1
            for text in BODY:
                if text not in document['text']:
                    print(f'{name}: without {text!r}')
                    wrong += 1
            for text in AROUND:
                if text in document['text']:
                    print(f'{name}: {text!r} is in its text: {document["text"]!r}')
                    wrong += 1
    sys.exit(bool(wrong))


main()
