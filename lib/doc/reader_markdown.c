/* SPDX-License-Identifier: MIT */
/* reader_markdown.c - Markdown, with what YAML says above it: one document. */
#include <strings.h>

#include "base/error.h"
#include "doc/front_matter.h"
#include "doc/markdown.h"
#include "doc/recode.h"
#include "doc/repair.h"
#include "doc/source.h"
#include "text/decode.h"

enum { FILE_MAX = MUC_TEXT_MAX };

struct page {
    const struct doc_input *input;
    struct arena arena;
    struct buffer decoded, clean, text;
    struct decoding decoding;
    uint32_t n_replaced;
};

static int read_bytes(struct page *page, struct source *source, struct muc_string *markdown,
                      struct muc_error *err)
{
    struct buffer bytes = { 0 };
    int rc = source_read_all(source, FILE_MAX, &bytes, err);

    if (!rc)
        rc = decode(bytes.at, bytes.size, page->input->encoding, &page->decoded, &page->decoding,
                    err);
    buffer_free(&bytes);
    *markdown =
        page->decoded.size ? str_of((const char *)page->decoded.at, page->decoded.size) : STR("");
    if (!rc && !repair_is_clean(*markdown)) {
        page->n_replaced = repair(*markdown, &page->clean);
        *markdown = str_of((const char *)page->clean.at, page->clean.size);
    }
    page->n_replaced += rc ? 0 : page->decoding.n_replaced;
    return rc ? rc : page->clean.failed ? error_memory(err) : MUC_OK;
}

/* Its title is what the front matter says, else its first heading, else what it looks like. */
static int describe(struct page *page, const struct muc_document *facts, size_t heading,
                    struct muc_document *document, struct muc_error *err)
{
    struct muc_string text = str_of((const char *)page->text.at, page->text.size);
    struct muc_string title = facts->title, own = str_of(text.bytes, heading);
    int rc;

    if (heading && (!title.size || str_equal(title, own))) {
        title = own;
        text = str_of(text.bytes + heading, text.size - heading);
        while (text.size && *text.bytes == '\n')
            text = str_of(text.bytes + 1, text.size - 1);
    }
    if (!title.size && !text.size)
        return error_set(err, MUC_EINPUT, 0, page->input->path, "empty");
    if ((rc = doc_from_titled(title, text, page->input->path, page->input->mtime, &page->arena,
                              document, err)))
        return rc;
    doc_prefer(facts, document);
    return recode_document(&page->arena, document, err);
}

static int take(struct page *page, const struct doc_sink *sink, struct muc_string markdown,
                struct muc_error *err)
{
    struct muc_document facts = { 0 }, document = { 0 };
    struct metadata metadata = { 0 };
    char warning[REPAIR_WARNING_MAX];
    struct front_matter above;
    size_t heading;
    int rc;

    if ((rc = front_matter_read(markdown, &page->arena, &facts, &metadata, &above, err)) ||
        (rc = markdown_text(str_of(markdown.bytes + above.size, markdown.size - above.size),
                            &page->text, &heading, err)) ||
        (rc = describe(page, &facts, heading, &document, err)))
        return rc;
    source_describe(page->input, doc_reader_markdown.name, &document);
    document.id = page->input->id;
    document.metadata = metadata.at;
    document.n_metadata = metadata.n;
    document.n_replaced = page->n_replaced;
    if (!document.encoding.size && strcasecmp(page->decoding.encoding, "UTF-8") != 0)
        document.encoding = str_c(page->decoding.encoding);
    if ((rc = sink->emit(sink->context, &document, err)))
        return rc;
    if (page->n_replaced) {
        repair_warning(warning, page->decoding.encoding, page->n_replaced);
        sink->warn(sink->context, 0, warning);
    }
    if (above.bad_date)
        sink->warn(sink->context, 0, "its date is not a day of the calendar; taken without it");
    if (above.bad_line) {
        snprintf(warning, sizeof warning, "no YAML from line %zu on; what is above it was taken",
                 above.bad_line);
        sink->warn(sink->context, 0, warning);
    }
    return MUC_OK;
}

static int markdown_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                         struct muc_error *err)
{
    struct page page = { .input = input };
    struct muc_string markdown;
    struct source source;
    int rc = source_open(&source, input, err);

    if (rc)
        return rc;
    rc = read_bytes(&page, &source, &markdown, err);
    if (!rc)
        rc = take(&page, sink, markdown, err);
    if (!rc)
        *hash = source_hash(&source);
    source_close(&source);
    arena_free(&page.arena);
    buffer_free(&page.decoded);
    buffer_free(&page.clean);
    buffer_free(&page.text);
    return rc;
}

static const char *const endings[] = { "md", "markdown", NULL };

const struct doc_reader doc_reader_markdown = { "markdown", false, endings, NULL, markdown_read };
