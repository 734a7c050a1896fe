/* SPDX-License-Identifier: MIT */
/* Feeds: RSS 2.0, RSS 1.0, Atom, as they should be and as they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "reading.h"

#define RSS(items)                                                                                 \
    "<?xml version='1.0'?><rss version='2.0'><channel><title>Cổng</title>" items "</channel></"    \
    "rss>"
#define ATOM(items) "<feed xmlns='http://www.w3.org/2005/Atom'><title>Cổng</title>" items "</feed>"

static const struct reading_case cases[] = {
    { "RSS 2.0",
      RSS("<item><title>Một</title><link> http://a </link><guid>x</guid>"
          "<pubDate>Wed, 05 Jun 2019 23:30:00 GMT</pubDate><description>hai</description></item>"),
      MUC_OK, "x|Một|2019-06-05|hai\n" },
    { "named by address, by number",
      RSS("<item><title>Một</title><link>http://a</link></item><item><title>Hai</title></item>"),
      MUC_OK, "http://a|Một||\nf.rss#2|Hai||\n" },
    { "pages in it: escaped, as they are, and the long one is taken",
      RSS("<item><title>Một &amp;amp; &amp;quot;hai&amp;quot;</title>"
          "<description>&lt;b&gt;ba&lt;/b&gt;</description>"
          "<c:encoded xmlns:c='http://purl.org/rss/1.0/modules/content/'><![CDATA[<p>ba</p>"
          "<p>bốn &amp; <i>năm</i></p>]]></c:encoded></item>"),
      MUC_OK, "f.rss#1|Một & \"hai\"||ba\n\nbốn & năm\n" },
    { "elements of other vocabularies are not its own",
      RSS("<item xmlns:m='http://search.yahoo.com/mrss/'><title>Một</title><m:title>x</m:title>"
          "<m:content>y</m:content><image><title>z</title></image></item>"),
      MUC_OK, "f.rss#1|Một||\n" },
    { "entities of HTML that nobody declared",
      RSS("<item><title>M&ocirc;̣t&nbsp;hai</title></item>"), MUC_OK, "f.rss#1|Một\xc2\xa0hai||\n" },
    { "an & that begins nothing, a character that is none",
      RSS("<item><title>Một & hai &#1;</title><description><![CDATA[a &nbsp;&lt;]]></description>"
          "</item>"),
      MUC_OK, "f.rss#1|Một & hai||a \xc2\xa0<\n" },
    { "RSS 1.0: the entries are beside the channel",
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
      "xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
      "<channel><title>Cổng</title></channel><item rdf:about='http://a/1'><title>Một</title>"
      "<dc:date>2020-12-22T01:00:00Z</dc:date></item></rdf:RDF>",
      MUC_OK, "http://a/1|Một|2020-12-22|\n" },
    { "Atom: XHTML, links by what they are, the day it was published",
      ATOM("<entry><id>x</id><title type='html'>Một &lt;i&gt;hai&lt;/i&gt;</title>"
           "<link rel='self' href='http://b'/><link rel='alternate' href='http://a'/>"
           "<updated>2020-12-23T00:00:00Z</updated><published>2020-12-22T00:00:00Z</published>"
           "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>ba &lt; bốn</p>"
           "<p>năm<br/>sáu</p></div></content></entry>"),
      MUC_OK, "x|Một hai|2020-12-22|ba < bốn\n\nnăm\nsáu\n" },
    { "an entry without anything",
      RSS("<item><link>http://a</link></item><item><title>Một</title></item>"), MUC_OK,
      "refused: neither a title nor a text in it\nf.rss#2|Một||\n" },
    { "it breaks off in an entry", "<rss><channel><item><title>Một</title></item><item><title>Hai",
      MUC_OK,
      "f.rss#1|Một||\nf.rss#2|Hai||\n"
      "warned: it breaks off or is no XML in places; what was understood was taken\n" },
    { "tags that do not match, characters that XML has not",
      RSS("<item><title>M\x01ột</b></title></item><item><title>Hai</title></item>"), MUC_OK,
      "f.rss#1|M ột||\nf.rss#2|Hai||\n"
      "warned: it breaks off or is no XML in places; what was understood was taken\n" },
    { "a billion laughs",
      "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
      "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>"
      "<!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'>]>"
      "<rss><channel><item><title>Một</title><description>hai &f;</description></item></channel>"
      "</rss>",
      MUC_OK, "f.rss#1|Một||hai &f;\n" },
    { "a file of ours in it",
      "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss><channel><item>"
      "<title>Một &a;</title></item></channel></rss>",
      MUC_OK, "f.rss#1|Một &a;||\n" },
    { "no entry", RSS(""), MUC_EINPUT, "no entry in it" },
    { "no feed", "Một hai", MUC_EINPUT, "no XML" },
    { "nothing", "", MUC_EINPUT, "no feed" },
    { "TCVN3 in what says it is Latin-1",
      "<?xml version='1.0' encoding='ISO-8859-1'?><rss><channel><item><title>C\xe9ng h\xdf"
      "a</title><description>C\xe9ng h\xdf"
      "a X\xb7 h\xe9i ch\xf1 ngh\xdc"
      "a Vi\xd6t Nam"
      "</description></item></channel></rss>",
      MUC_OK, "f.rss#1|Cộng hòa||Cộng hòa Xã hội chủ nghĩa Việt Nam\n" },
};

static void test_feeds(void **state)
{
    (void)state;
    reading_check_all(&doc_reader_feed, "f.rss", cases, sizeof cases / sizeof *cases);
}

/* Depth and length without end: an end all the same. */
static void test_bombs(void **state)
{
    static const struct {
        const char *before, *again;
        unsigned n;
    } bombs[] = {
        { "<rss><channel><item><title>Một</title><description>", "<b>", 200000 },
        { "<rss>", "<channel>", 200000 },
        { "<rss><channel>", "<item>", 200000 },
        { "<rss><channel><item><title>Một</title></item><item ", "a='b' ", 50000 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof bombs / sizeof bombs[0]; i++) {
        struct buffer feed = { 0 }, log = { 0 };
        struct muc_error err = { 0 };
        int rc;

        buffer_string(&feed, bombs[i].before);
        for (unsigned n = 0; n < bombs[i].n; n++)
            buffer_string(&feed, bombs[i].again);
        rc = reading_log(&doc_reader_feed, "f.rss", feed.at, feed.size, &log, &err);
        if (rc ? rc != MUC_EINPUT : !strstr((const char *)log.at, "f.rss#1|Một"))
            fail_msg("%s: %d %s", bombs[i].again, rc, err.message);
        buffer_free(&feed);
        buffer_free(&log);
    }
}

static void test_kinds(void **state)
{
    static const struct reading_kind kinds[] = {
        { "a.xml", "<?xml version='1.0'?>\n<!-- x --><rss version='2.0'>", &doc_reader_feed },
        { "a", "<feed xmlns='http://www.w3.org/2005/Atom'>", &doc_reader_feed },
        { "a", "<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", &doc_reader_feed },
        { "a.xml", "<rdf:RDF xmlns='http://example.org/'>", NULL },
        { "a.rss", "<html><body>", &doc_reader_html },
        { "a.atom", "x", &doc_reader_feed },
    };

    (void)state;
    reading_check_kinds(kinds, sizeof kinds / sizeof *kinds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_feeds),
        cmocka_unit_test(test_bombs),
        cmocka_unit_test(test_kinds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
