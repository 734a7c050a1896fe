/* SPDX-License-Identifier: MIT */
/* reader_feed.c - a file of news: one document an entry (doc/feed.h).
 *
 * Titles and texts of feeds are HTML, escaped once or not at all; entries without a source have the
 * feed's title. */
#include <strings.h>

#include "base/error.h"
#include "doc/feed.h"
#include "doc/field_names.h"
#include "doc/html_page.h"
#include "doc/items.h"
#include "doc/recode.h"
#include "doc/source.h"
#include "text/decode.h"

enum {
    FILE_MAX = HTML_PAGE_MAX, /* bytes; its tree takes some ten times as much */
    TAGS_MAX = 64,
};

struct reading {
    struct items items;
    struct feed feed;
    struct arena arena; /* of the entry at hand */
    struct buffer text;
    struct decoding decoding;
    char declared[HTML_DECLARED_MAX];
};

/* ---- values of an entry */

/* What stands there as HTML, as text; blanks at the ends are gone. Of one line if `line`. */
static int put_value(struct reading *reading, struct muc_string html, bool line,
                     struct muc_string *out, struct muc_error *err)
{
    struct buffer *text = &reading->text;
    bool plain = !memchr(html.bytes ? html.bytes : "", '<', html.size) &&
                 !memchr(html.bytes ? html.bytes : "", '&', html.size);
    struct muc_string trimmed;
    int rc = MUC_OK;

    buffer_clear(text);
    if (plain)
        buffer_append(text, html.bytes, html.size);
    else
        rc = html_page_text(html, reading->items.input->path, text, err);
    if (rc == MUC_EINPUT) /* nothing that can be read in it */
        rc = MUC_OK;
    if (rc || text->failed)
        return rc ? rc : error_memory(err);
    for (size_t i = 0; line && i < text->size; i++)
        if (text->at[i] < ' ')
            text->at[i] = ' ';
    trimmed = str_trim(str_of((const char *)text->at, text->size));
    *out = trimmed.size ? arena_copy(&reading->arena, trimmed) : STR("");
    return out->bytes ? MUC_OK : error_memory(err);
}

static int put_tags(struct reading *reading, struct muc_document *document, struct muc_error *err)
{
    struct muc_string left = feed_string(&reading->feed.entry[FEED_TAG]);
    struct muc_string *tags = arena_zero(&reading->arena, TAGS_MAX, sizeof *tags);
    int rc = tags ? MUC_OK : error_memory(err);
    size_t n = 0;

    while (!rc && left.size && n < TAGS_MAX) {
        rc = put_value(reading, str_cut(&left, '\n'), true, &tags[n], err);
        n += !rc && tags[n].size;
    }
    document->tags = tags;
    document->n_tags = n;
    return rc;
}

/* mai@example.org (Trần Thị Mai) */
static struct muc_string name_of(struct muc_string author)
{
    const char *open = author.size ? memchr(author.bytes, '(', author.size) : NULL;
    size_t before = open ? (size_t)(open - author.bytes) : 0;

    if (open && memchr(author.bytes, '@', before) && author.bytes[author.size - 1] == ')' &&
        author.size > before + 2)
        return str_of(open + 1, author.size - before - 2);
    return author;
}

static int describe(struct reading *reading, struct muc_document *document, struct muc_error *err)
{
    const struct feed *feed = &reading->feed;
    const struct feed_value *entry = feed->entry;
    const struct doc_input *input = reading->items.input;
    struct muc_string title, text, id, author, source, url, date;
    int rc;

    if ((rc = put_value(reading, feed_string(&entry[FEED_TITLE]), true, &title, err)) ||
        (rc = put_value(reading, feed_string(&entry[FEED_TEXT]), false, &text, err)) ||
        (rc = put_value(reading, feed_string(&entry[FEED_AUTHOR]), true, &author, err)) ||
        (rc = put_value(reading, feed_string(&feed->all[FEED_TITLE]), true, &source, err)) ||
        (rc = put_value(reading, feed_string(&entry[FEED_LINK]), true, &url, err)) ||
        (rc = put_value(reading, feed_string(&entry[FEED_ID]), true, &id, err)) ||
        (rc = put_value(reading, feed_string(&entry[FEED_DATE]), true, &date, err)))
        return rc;
    if (!title.size && !text.size)
        return error_set(err, MUC_EINPUT, 0, input->path, "neither a title nor a text in it");
    if ((rc = doc_from_titled(title, text, input->path, input->mtime, &reading->arena, document,
                              err)) ||
        (rc = put_tags(reading, document, err)))
        return rc;
    if (doc_date_parse_time(date, &document->date))
        document->date_origin = MUC_DATE_GIVEN;
    if (author.size)
        document->byline = name_of(author);
    document->id = id;
    document->url = url.size || !field_is_address(id) ? url : id; /* <guid> without a <link> */
    document->source = source;
    document->lang = field_language(feed_string(&feed->all[FEED_LANGUAGE]));
    if (strcasecmp(reading->decoding.encoding, "UTF-8") != 0)
        document->encoding = str_c(reading->decoding.encoding);
    return recode_document(&reading->arena, document, err);
}

static int take_entry(struct reading *reading, struct muc_error *err)
{
    struct muc_document document = { 0 };
    struct muc_error why = { 0 };
    int rc;

    arena_reset(&reading->arena);
    rc = describe(reading, &document, &why);
    if (!rc)
        return items_take(&reading->items, &document, err);
    if (rc == MUC_EINPUT)
        return items_refuse(&reading->items, why.message, err);
    if (err)
        *err = why;
    return rc;
}

static int read_entries(struct reading *reading, struct muc_error *err)
{
    struct items *items = &reading->items;
    bool more;
    int rc;

    while (!(rc = feed_next(&reading->feed, &more, err)) && more) {
        items->number++;
        if ((rc = take_entry(reading, err)))
            return rc;
    }
    if (!rc && !items->number)
        return error_set(err, MUC_EINPUT, 0, items->input->path, "no feed: no entry in it");
    items->number = 0;
    if (!rc && !reading->feed.sound)
        items_warn(items, "it breaks off or is no XML in places; what was understood was taken");
    return rc ? rc : items_end(items, err);
}

/* ---- the file */

/* What the XML declaration says it is in. */
static void declared_encoding(const struct buffer *bytes, char declared[HTML_DECLARED_MAX])
{
    static const char word[] = "encoding=";
    size_t size = bytes->size < DOC_HEAD ? bytes->size : DOC_HEAD, n = 0, at = 0;

    while (at + sizeof word - 1 < size && bytes->at[at] != '>' &&
           memcmp(bytes->at + at, word, sizeof word - 1) != 0)
        at++;
    at += sizeof word;
    if (at >= size || (bytes->at[at - 1] != '"' && bytes->at[at - 1] != '\''))
        return;
    for (; at < size && n + 1 < HTML_DECLARED_MAX && bytes->at[at] > ' ' &&
           !strchr("\"'?>", bytes->at[at]);
         at++)
        declared[n++] = (char)bytes->at[at];
    declared[n] = '\0';
}

static int read_text(struct reading *reading, struct source *source, struct buffer *text,
                     struct muc_error *err)
{
    const char *forced = reading->items.input->encoding;
    struct buffer bytes = { 0 };
    int rc = source_read_all(source, FILE_MAX, &bytes, err);

    declared_encoding(&bytes, reading->declared);
    if (!rc && forced)
        rc = decode(bytes.at, bytes.size, forced, text, &reading->decoding, err);
    else if (!rc)
        rc = decode_declared(bytes.at, bytes.size, *reading->declared ? reading->declared : NULL,
                             text, &reading->decoding, err);
    buffer_free(&bytes);
    return rc ? rc : feed_clean(text, err);
}

static int feed_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                     struct muc_error *err)
{
    struct reading reading = { .items = { .input = input,
                                          .sink = sink,
                                          .reader = &doc_reader_feed,
                                          .format = "a feed",
                                          .unit = "entries" } };
    struct buffer text = { 0 };
    struct source source;
    int rc = source_open(&source, input, err);

    if (rc)
        return rc;
    rc = read_text(&reading, &source, &text, err);
    if (!rc && !(rc = feed_open(&reading.feed, str_of((const char *)text.at, text.size),
                                input->path, err)))
        rc = read_entries(&reading, err);
    if (!rc)
        *hash = source_hash(&source);
    feed_close(&reading.feed);
    source_close(&source);
    items_free(&reading.items);
    arena_free(&reading.arena);
    buffer_free(&reading.text);
    buffer_free(&text);
    return rc;
}

static bool is_feed(const uint8_t *head, size_t size)
{
    static const char *const words[] = { "<rss", "<feed", "<!doctype rss", NULL };
    static const char *const rdf[] = { "<rdf:rdf", NULL };
    static const char rss[] = "purl.org/rss/1.0/";

    if (html_page_begins(head, size, words))
        return true;
    for (size_t at = 0; html_page_begins(head, size, rdf) && at + sizeof rss <= size; at++)
        if (!memcmp(head + at, rss, sizeof rss - 1))
            return true;
    return false;
}

static const char *const endings[] = { "rss", "atom", NULL };

const struct doc_reader doc_reader_feed = { "feed", true, endings, is_feed, feed_read };
