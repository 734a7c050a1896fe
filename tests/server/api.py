"""What programs get: the JSON of the command line, problems, headers, conditional requests, gzip."""
import json
import subprocess
import urllib.parse

from serving import HOSTILE, PROGRAM, Serving

s = Serving()


def quote(text):
    return urllib.parse.quote(text, safe="")


def without_time(text):
    answer = json.loads(text)
    answer["took_us"] = 0
    return answer


# the same as on the command line
for target, arguments in [
    ("q=moi+truong", ["moi truong"]),
    ("q=m%C3%B4i+tr%C6%B0%E1%BB%9Dng&limit=2&offset=1", ["-n2", "--offset", "1", "môi trường"]),
    ("q=moi&facet=source,year,lang&sort=-date", ["--facet", "source,year,lang", "--sort", "-date", "moi"]),
    ("from=2020&to=12/2020", ["--from", "2020", "--to", "12/2020"]),
    ("q=moi&source=" + quote("Sở TNMT"), ["--source", "Sở TNMT", "moi"]),
    ("q=moi&accents=exact&match=any&rank=bm25", ["--accents", "exact", "--match", "any", "--rank", "bm25", "moi"]),
    ("q=moi&explain=1", ["--explain", "moi"]),
    ("q=moi&count=1", ["--count", "moi"]),
    ("q=%22m%C3%B4i", ['"môi']),
]:
    if "--count" not in arguments:
        line = subprocess.run([PROGRAM, "search", "-d", s.database, "-f", "json", *arguments],
                              capture_output=True).stdout
        s.same(target, without_time(s.get("/api/v1/search?" + target).text), without_time(line))
    else:
        s.same(target, s.get("/api/v1/search?" + target).json()["hits"], [])

s.same("nothing asked for is everything", s.get("/api/v1/search").json()["total"], 5)
s.same("an empty query is none", s.get("/api/v1/search?q=").json()["total"], 0)

# documents
for name in ["so-tnmt/mot", "so-tnmt%2Fmot", "hai", quote("bốn năm?#&"), quote(HOSTILE)]:
    answer = s.get("/api/v1/documents/" + name)
    s.same(f"document {name}", (answer.status, answer.json().get("id")), (200, urllib.parse.unquote(name)))
s.same("stats", s.get("/api/v1/stats").json()["documents"], 5)
s.check("stats tell no path", "database" not in s.get("/api/v1/stats").json())

# suggestions
words = s.get("/api/v1/suggest?q=" + quote("bao ve m"))
s.check("a completion", "bảo vệ môi" in [x["text"] for x in words.json()["suggestions"]], words.text)

# more like one
for target, ids, total in [("id=so-tnmt/mot", ["ba"], None), ("id=so-tnmt/mot&copies=1", [], 0)]:
    answer = s.get("/api/v1/similar?" + target).json()
    s.check(target, set(ids) <= {hit["id"] for hit in answer["hits"]} and "so-tnmt/mot" not in
            [hit["id"] for hit in answer["hits"]] and total in (None, answer["total"]), answer)
line = subprocess.run([PROGRAM, "similar", "-d", s.database, "-f", "json", "so-tnmt/mot"], capture_output=True).stdout
s.same("as on the command line", without_time(s.get("/api/v1/similar?id=so-tnmt/mot").text), without_time(line))

# the description names the parameters that the server takes
description = s.get("/openapi.json").json()
for path, item in description["paths"].items():
    named = [description["components"]["parameters"][p["$ref"].rpartition("/")[2]] if "$ref" in p else p
             for p in item["get"].get("parameters", [])]
    refusal = s.get(path.replace("{id}", "hai") + "?nothing=1")
    if refusal.status == 400:
        taken = refusal.json()["detail"].partition("there are: ")[2].split(", ")
        s.same(f"parameters of {path}", {p["name"] for p in named if p["in"] == "query"} or {"none"}, set(taken))

# … and the members of its answers
schemas = description["components"]["schemas"]


def named(what, value, schema):
    """Each member is described, and each that is required is there; metadata of documents may be anything."""
    schema = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if isinstance(value, list):
        for item in value:
            named(what, item, schema.get("items", {}))
    elif isinstance(value, dict) and "properties" in schema:
        s.same(f"described of {what}", sorted(value.keys() - schema["properties"].keys()), [])
        s.same(f"required of {what}", sorted(set(schema.get("required", [])) - value.keys()), [])
        for name, member in value.items():
            named(f"{what}, {name}", member, schema["properties"].get(name, {}))


for target, schema in [("/api/v1/search?q=moi+truong&explain=1&facet=source&recency=9", "Answer"),
                       ("/api/v1/similar?id=so-tnmt/mot", "Answer"), ("/api/v1/documents/so-tnmt/mot", "Document"),
                       ("/api/v1/suggest?q=moi", "Suggestions"), ("/api/v1/stats", "Stats"),
                       ("/api/v1/documents/none", "Problem")]:
    named(target, s.get(target).json(), schemas[schema])

# refusals, by name
for target, status, said in [
    ("/api/v1/search?q=a&colour=red", 400, '"colour"'),
    ("/api/v1/search?q=a&q=b", 400, "q is given twice"),
    ("/api/v1/search?q=a&limit=0", 400, "limit takes"),
    ("/api/v1/search?q=a&limit=201", 400, "limit takes"),
    ("/api/v1/search?q=a&offset=1000000", 400, "offset takes"),
    ("/api/v1/search?q=a&from=31/2/2020", 400, "from takes a date"),
    ("/api/v1/search?q=a&match=some", 400, "match knows no"),
    ("/api/v1/search?q=a&facet=colour", 400, "colour"),
    ("/api/v1/search?q=a&explain=maybe", 400, "explain is 1 or 0"),
    ("/api/v1/search?q=" + "x" * 5000, 400, "q has more than"),
    ("/api/v1/search?q=%ff", 400, "q is not UTF-8"),
    ("/api/v1/search?q=a%00b", 400, "q is not UTF-8"),
    ("/api/v1/search?" + "&".join(f"p{i}=1" for i in range(100)), 400, "64 parameters"),
    ("/api/v1/suggest", 400, "q is missing"),
    ("/api/v1/similar", 400, "id is missing"),
    ("/api/v1/similar?id=none", 404, "none"),
    ("/api/v1/similar?id=hai&q=a", 400, '"q"'),
    ("/api/v1/suggest?q=a&limit=51", 400, "limit takes"),
    ("/api/v1/suggest?q=" + "x" * 5000, 400, "1000 characters"),
    ("/api/v1/documents/none", 404, "none"),
    ("/api/v1/documents/hai?x=1", 400, '"x"'),
    ("/api/v1/nothing", 404, "nothing at this address"),
]:
    answer = s.get(target)
    s.same(target[:60], answer.status, status)
    s.same("type of " + target[:60], answer.headers["content-type"], "application/problem+json")
    problem = answer.json()
    s.check(target[:60], said in problem["detail"] and problem["status"] == status, answer.text)
    s.same("id of a problem", problem["request_id"], answer.headers["x-request-id"])
for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"]:
    answer = s.get("/api/v1/stats", method=method)
    s.same(method, (answer.status, answer.headers.get("allow")), (405, "GET, HEAD"))
s.same("a body", s.get("/api/v1/stats", body=b"x" * 10).status, 413)
s.same("HEAD", s.get("/api/v1/stats", method="HEAD").status, 200)

# headers
answer = s.get("/api/v1/search?q=moi")
for name, value in [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"),
                    ("content-type", "application/json"), ("cache-control", "no-cache")]:
    s.same(name, answer.headers.get(name), value)
policy = answer.headers["content-security-policy"]
s.check("a strict policy", "default-src 'none'" in policy and "unsafe" not in policy, policy)
s.same("a request id comes back", s.get("/healthz", {"X-Request-Id": "a-1"}).headers["x-request-id"], "a-1")
s.check("but not any", s.get("/healthz", {"X-Request-Id": "a b"}).headers["x-request-id"] != "a b")

# conditional requests, gzip
tag = answer.headers["etag"]
again = s.get("/api/v1/search?q=moi", {"If-None-Match": tag})
s.same("known already", (again.status, again.body), (304, b""))
s.same("another query", s.get("/api/v1/search?q=truong", {"If-None-Match": tag}).status, 200)
zipped = s.get("/api/v1/search?q=moi", {"Accept-Encoding": "br, gzip"})
s.same("gzip", zipped.headers.get("content-encoding"), "gzip")
s.same("gzip holds the same", without_time(zipped.text), without_time(answer.text))
for accepted, wanted in [("gzip;q=0", None), ("gzip; q=0.000", None), ("gzip ; Q=0., br", None), ("br", None),
                         ("gzip;q=0.5", "gzip"), ("br;q=0, gzip ;q=1", "gzip")]:
    s.same(accepted, s.get("/api/v1/search?q=moi", {"Accept-Encoding": accepted}).headers.get("content-encoding"), wanted)

# a commit is seen within a second, and the old answer is no longer good
s.index([{"id": "sáu", "title": "Mới đến", "text": "môi trường"}])
s.wait_for("a commit is seen", lambda: s.get("/api/v1/stats").json()["documents"] == 6, 5)
s.same("known no more", s.get("/api/v1/search?q=moi", {"If-None-Match": tag}).status, 200)

# metrics
metrics = s.get("/metrics").text
for line in ['mucluc_requests_total{endpoint="search",status="2xx"}', "mucluc_documents 6\n",
             'mucluc_request_duration_seconds_bucket{endpoint="search",le="+Inf"}', "mucluc_index_bytes "]:
    s.check(line, line in metrics, metrics)
s.same("health", s.get("/healthz").text, "ok\n")

# the log: one line of JSON for each request, written when its answer is out
line = s.logged("/healthz")
s.same("the line of the log", (line["target"], line["status"], line["endpoint"]), ("/healthz", 200, "healthz"))
s.finish()
