"""What people get, without a script: every page, its words, its links; nothing in a document, a query, an
id or a facet is ever more than text."""
import csv
import io
import json
import re
import urllib.parse
import xml.etree.ElementTree
from html.parser import HTMLParser

from serving import HOSTILE, Serving

s = Serving()


class Page(HTMLParser):
    """Tags, attributes and text; what would run or reach elsewhere is noted."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.links, self.texts, self.ids, self.bad = [], [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        for name, value in attributes:
            if name.startswith("on") or name == "style":
                self.bad.append((tag, name, value))
            if name in ("href", "src", "action"):
                self.links.append(value)
                if not (value.startswith(("/", "./", "#")) or (tag == "a" and value.startswith("https://example.org/"))):
                    self.bad.append((tag, name, value))
            if name == "id":
                self.ids.append(value)
        if tag == "script" and dict(attributes).get("src", "").split("?")[0] != "/assets/app.js":
            self.bad.append((tag, attributes))

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return " ".join("".join(self.texts).split())


def page(target, status=200, **headers):
    answer = s.get(target, headers)
    s.same(f"status of {target[:80]}", answer.status, status)
    s.same(f"type of {target[:80]}", answer.headers["content-type"], "text/html; charset=utf-8")
    shown = Page(answer.text)
    s.same(f"nothing active in {target[:80]}", shown.bad, [])
    s.check(f"ids of {target[:80]} are unique", len(set(shown.ids)) == len(shown.ids), shown.ids)
    return shown


def quote(text):
    return urllib.parse.quote(text, safe="")


# the first visit
home = page("/")
for words in ["Kho có 5 văn bản, từ 5/6/2019 đến 1/1/2021.", "Mới nhất", "Sở TNMT", "Cách tìm"]:
    s.check(words, words in home.text, home.text)
english = page("/", **{"Accept-Language": "en-US,en;q=0.9,vi;q=0.1"})
s.check("English if preferred", "The archive holds 5 documents" in english.text, english.text)
s.check("by switch", "The archive holds" in page("/?hl=en").text)
s.check("the language of what is not the page's", '<h3 lang="vi"><a href="/documents/so-tnmt/mot' in s.get("/?hl=en").text)
s.check("switched back", "Kho có" in page("/?hl=vi", **{"Accept-Language": "en"}).text)

# results
found = page("/?q=" + quote("bao ve moi truong"))
for words in ["2 văn bản", "Đã tìm: bảo vệ môi trường", "Tìm đúng chữ “bao ve moi truong”", "22/12/2020", "Sở TNMT"]:
    s.check(words, words in found.text, found.text)
s.check("marks", "mark" in found.tags)
lost = page("/?q=" + quote("môi trường"))
s.check("the tier in a word", "không dấu" in lost.text, lost.text)
s.check("nothing found", "Không tìm thấy văn bản nào" in page("/?q=qwrtz").text)
shown = page("/?q=moi+truong&from=2015&to=2016")
s.check("what there is without filters", "Bỏ mọi bộ lọc (5 văn bản)" in shown.text, shown.text)
s.check("dates can be changed where nothing is found", "input" in shown.tags and "Từ ngày" in shown.text, shown.text)
s.check("nothing outside of the filters", "Bỏ mọi bộ lọc" not in page("/?q=qwrtz&from=2015").text)
for dates, said in [("from=2018", "từ 2018"), ("to=12/2020", "đến 12/2020"), ("from=2018&to=2020", "2018 – 2020"),
                    ("from=2/9/2020&to=2/9/2020", "2/9/2020"), ("from=th%C3%A1ng+9/2020", "từ 9/2020")]:
    s.check(f"what limits the dates: {dates}", f"{said} – Bỏ lọc" in page(f"/?q=moi&{dates}").text,
            page(f"/?q=moi&{dates}").text)
s.check("why a page cannot be shown", "câu tìm dài quá 1.000 ký tự" in page("/?q=" + "x" * 5000, 400).text)
s.check("a date not understood", "Không hiểu ngày này" in page("/?q=moi&from=hom+qua").text)
for offset in ["10001", "-1", "hai", "99999999999999999999"]:
    shown = page(f"/?q=moi&offset={offset}").text
    s.check(f"an offset left out: {offset}", f"đây là trang đầu: “{offset}”" in shown, shown)
for offset in ["", "0", "00", "5"]:
    shown = page(f"/?q=moi&offset={offset}").text
    s.check(f"an offset taken: {offset}", "đây là trang đầu" not in shown, shown)
past = page("/?q=moi&offset=990")
s.check("past the end", "Hết kết quả" in past.text and "đây là trang đầu" not in past.text, past.text)
s.check("from there to the first page", "Trang đầu" in past.text and not any("offset=" in link for link in past.links),
        past.links)
s.check("a stranger's parameter does no harm", "5 văn bản" in page("/?q=moi+truong&utm_source=x").text)
for query, said in [('"môi trường', "ngoặc kép chưa đóng"), ("(môi", "mở ngoặc chưa đóng"), ("môi)", "đóng ngoặc thừa"),
                    ("OR môi", "cần có từ ở cả hai bên"), ("-môi", "chỉ có từ bị loại trừ"),
                    ("mau:xanh", "không có trường nào"), ("date:31/2/2020", "không phải ngày"),
                    ("môi^1000", "trọng số"), ("môi NOT", "sau NOT"), ("title: môi", "sau dấu hai chấm")]:
    shown = page("/?q=" + quote(query)).text
    s.check(f"a warning about {query}", "Lưu ý về câu tìm: " in shown and said in shown, shown)
    s.check(f"the same in English about {query}", "About your query: " in page("/?hl=en&q=" + quote(query)).text)

# counts of facets are those of the lists behind them
links = [link for link in found.links if re.match(r"/\?.*(source|kind|lang|tag|from)=", link)]
s.check("there are facets and years", len(links) >= 5, found.links)
facets = s.get("/api/v1/search?q=bao+ve+moi+truong&facet=source,kind,lang,tag,year").json()["facets"]
for name, facet in facets.items():
    for value in facet["values"]:
        v = quote(value["value"])
        one = f"from={v}&to={v}" if name == "year" else f"{name}={v}"
        total = s.get(f"/api/v1/search?q=bao+ve+moi+truong&{one}").json()["total"]
        s.same(f"count of {name}: {value['value']}", total, value["count"])

# documents
document = page("/documents/so-tnmt/mot?q=moi+truong")
for words in ["Bảo vệ môi trường biển", "22/12/2020", "Về kết quả", "3 chỗ khớp", "Trích dẫn"]:
    s.check(words, words in document.text, document.text)
s.same("places are numbered", [i for i in document.ids if re.match(r"m\d", i)], ["m1", "m2", "m3"])
page("/documents/" + quote("bốn năm?#&"))

# the heading of a text without a title stands above it, and is counted once
s.index([{"id": "năm", "text": "Trồng rừng ngập mặn\n\nBa xã ven biển trồng thêm mười hai héc-ta rừng ngập mặn."}])
s.wait_for("the new document is there", lambda: s.get("/documents/" + quote("năm")).status == 200)
headed = page("/documents/" + quote("năm") + "?q=" + quote("rừng ngập mặn"))
s.same("the heading stands there once", headed.text.count("Trồng rừng ngập mặn"), 3)  # and in the citation and the title bar
s.check("places below the heading and in it", "2 chỗ khớp" in headed.text, headed.text)
s.index([{"id": "biểu ngữ", "text": "CHUNG TAY PHÒNG DỊCH!\n\nTrồng cây phi lao chắn sóng\n\nSáng 22-12, ba xã ven biển trồng thêm mười hai héc-ta phi lao chắn sóng."}])
s.wait_for("the one with a banner is there", lambda: s.get("/documents/" + quote("biểu ngữ")).status == 200)
headed = page("/documents/" + quote("biểu ngữ") + "?q=" + quote("phi lao"))
s.same("so it does below a banner", headed.text.count("Trồng cây phi lao"), 3)
s.check("the banner stands", "CHUNG TAY" in headed.text and "2 chỗ khớp" in headed.text, headed.text)
one = page("/documents/" + quote("năm") + "?hl=en&q=" + quote("biển"))
s.check("one place in English", "1 place" in one.text and "1 places" not in one.text, one.text)
evil = page("/documents/" + quote(HOSTILE) + "?q=" + quote(HOSTILE))
s.check("hostile text is shown as text", "<script>alert(1)</script>" in evil.text, evil.text)
s.check("no link to javascript:", not any("javascript" in link for link in evil.links), evil.links)
s.check("not found", "Không có trang này" in page("/documents/none", 404).text)
page("/nothing/here", 404)
page("/help")

# markup wherever something can be said
for name in ["q", "source", "kind", "lang", "tag", "from", "to", "sort", "hl", "offset", HOSTILE]:
    page(f"/?q=moi&{quote(name)}={quote(HOSTILE)}")
for target in ["/" + quote(HOSTILE), "/documents/" + quote(HOSTILE * 3)]:
    page(target, 404)
page("/?q=%ff%00", 400)

# everything a page links to on this server is there
seen = set()
for shown in [home, found, document, page("/help")]:
    for link in shown.links:
        if link.startswith(("/", "./?")) and link not in seen:
            seen.add(link)
            answer = s.get(link[1:] if link.startswith("./") else link)
            s.check(f"link {link}", answer.status == 200, answer.status)

# the first view is small
size = sum(len(s.get(target, {"Accept-Encoding": "gzip"}).body) for target in
           ["/?q=moi+truong", "/assets/app.js", "/assets/style.css", "/assets/icon.svg"])
s.check("a first view of at most 100 kB", size <= 100_000, size)
asset = next(link for link in home.links if "app.js" in link)
s.check("files that never change are kept", "immutable" in s.get(asset).headers["cache-control"])
s.same("but not by their bare name", s.get("/assets/app.js").headers["cache-control"], "no-cache")
s.same("no other files", s.get("/assets/../serving.py").status, 404)

# exports are the list, whole and in its order
ids = [hit["id"] for hit in s.get("/api/v1/search?q=moi+truong").json()["hits"]]
table = s.get("/export.csv?q=moi+truong")
s.check("a spreadsheet knows it is UTF-8", table.body.startswith(b"\xef\xbb\xbf"))
rows = list(csv.DictReader(io.StringIO(table.body.decode("utf-8-sig"), newline="")))
s.same("ids of the table", [r["id"] for r in rows], [i.replace("\u202e", " ").replace("\x07", " ") for i in ids])
s.check("no formula", all(not c or c[0] not in "=+-@" for r in rows for c in r.values()), rows)
lines = [json.loads(line) for line in s.get("/export.jsonl?q=moi+truong").text.splitlines()]
s.same("ids of the lines", [line["id"] for line in lines], ids)
s.same("entries of RIS", s.get("/export.ris?q=moi+truong").text.count("\r\nER  - \r\n"), len(ids))
s.same("entries of BibTeX", s.get("/export.bib?q=moi+truong").text.count("@misc{"), len(ids))
s.same("an unknown parameter", s.get("/export.csv?q=a&limit=5").status, 400)
s.check("to be saved", "muc-luc.csv" in table.headers["content-disposition"])

for target in ["q=moi&sort=-date", "q=moi&source=" + quote("Sở TNMT"), "q=moi&from=2019&to=2020&sort=date", "from=2020",
               "q=bao+ve+moi+truong&accents=exact", "q=moi+rung&match=any", "q=qwrtz"]:
    ids = [hit["id"] for hit in s.get(f"/api/v1/search?limit=200&no-collapse=1&{target}").json()["hits"]]
    lines = s.get(f"/export.jsonl?{target}").text.splitlines()
    s.same(f"the list of {target}", [json.loads(line)["id"] for line in lines], ids)

# feed and OpenSearch are XML, newest first
feed = xml.etree.ElementTree.fromstring(s.get("/feed.atom?q=moi+truong").body)
atom = "{http://www.w3.org/2005/Atom}"
dates = [e.find(atom + "updated").text for e in feed.iter(atom + "entry")]
s.same("newest first", dates, sorted(dates, reverse=True))
s.same("the dated ones", len(dates), 4)
xml.etree.ElementTree.fromstring(s.get("/opensearch.xml").body)

# ids that browsers and proxies would change in a path lead there from a feed, too
web = Serving([{"id": name, "text": "Thông báo.", "date": "2020"} for name in ["https://example.org/tin/", "a/../b", "c/d"]])
links = [e.find(atom + "link").get("href") for e in xml.etree.ElementTree.fromstring(web.get("/feed.atom").body).iter(atom + "entry")]
paths = [link[link.index("/documents/"):] for link in links]
web.same("nothing to fold", [path for path in paths if "//" in path or ".." in path.split("/") or path.endswith("/")], [])
web.same("all are there", [web.get(path).status for path in paths], [200] * 3)
web.stop()
s.wrong += web.wrong

# what was meant by a slip, with what it finds, in the list so far
slips = Serving([{"id": str(i), "text": "Bảo vệ môi trường là việc của mọi người.", "date": "2020"} for i in range(40)])
answer = slips.get("/?sort=date&q=" + quote("bảo vệ môi trườmg"))
found = Page(answer.text)
s.check("what was meant", "Có phải bạn muốn tìm: bảo vệ môi trường (40 văn bản)" in found.text, found.text)
link = next(link for link in found.links if "q=b%E1%BA%A3o%20v%E1%BB%87%20m%C3%B4i%20tr%C6%B0%E1%BB%9Dng" in link)
s.check("sorted as before", "sort=date" in link, link)
s.check("one more click finds them", "40 văn bản" in Page(slips.get(link).text).text)
found = Page(slips.get("/?q=" + quote("bảo vệ môi trương")).text).text
s.check("what is found already is not promised again", "(40 văn bản)" not in found and "40 văn bản" in found, found)
s.check("no offer for a good query", "Có phải" not in slips.get(link).text)
s.same("the JSON has it", slips.get("/api/v1/search?q=" + quote("bảo vệ môi trườmg")).json()["did_you_mean"]["total"], 40)
slips.stop()
s.wrong += slips.wrong

# near copies: one row on the page, as many in an export as were counted
text = "Sở Tài nguyên và Môi trường phát động phong trào bảo vệ môi trường biển trong cả mùa hè này. " * 5
copies = Serving([{"id": f"bản-{i}", "text": text, "date": f"2020-01-{i + 1:02}"} for i in range(7)])
answer = copies.get("/api/v1/search?q=phong+trao").json()
s.same("a row and all", (answer["total"], len(answer["hits"]), answer["hits"][0]["copies"]), (7, 1, 6))
s.same("rows of the export", len(copies.get("/export.jsonl?q=phong+trao").text.splitlines()), 7)
copies.stop()
s.wrong += copies.wrong

# an archive without anything
empty = Serving([{"id": "x", "text": "x"}])
s.check("no dates, no sources", "Kho có 1 văn bản." in Page(empty.get("/").text).text)
empty.stop()
s.wrong += empty.wrong
s.finish()
