/* SPDX-License-Identifier: MIT */
/* reader_pdf.c - PDF with a text layer.
 *
 * pdftotext of poppler reads it, as a child (doc/child.h); its pages are made a text of paragraphs
 * (doc/pdf_text.h), in which what a press release has is looked for. */
#include <string.h>

#include "base/error.h"
#include "base/str.h"
#include "doc/child.h"
#include "doc/extracted.h"
#include "doc/pdf_text.h"
#include "doc/repair.h"
#include "doc/source.h"

enum {
    FILE_MAX = 1 << 30,
    HEAD_BYTES = 1024,     /* in which Acrobat looks for the mark of a PDF */
    MACINTOSH_BYTES = 128, /* of MacBinary's header */
};

static int run_pdftotext(const struct doc_input *input, int fd, struct buffer *written,
                         struct muc_error *err)
{
    static const char *const program[] = { "pdftotext", "-bbox-layout", "-", "-", NULL };
    struct muc_error why = { 0 };
    int rc = child_run(program, &child_limits, fd, input->path, "poppler-utils", input->watch,
                       written, &why);

    if (rc == MUC_EINPUT && strstr(why.message, "Incorrect password"))
        return error_set(err, MUC_EINPUT, 0, input->path, "encrypted: it needs a password");
    if (rc && err)
        *err = why;
    return rc;
}

static int read_layout(const struct doc_input *input, int fd, struct pdf_layout *layout,
                       struct muc_error *err)
{
    struct buffer written = { 0 }, clean = { 0 };
    struct muc_string xhtml;
    int rc = run_pdftotext(input, fd, &written, err);

    if (!rc) {
        xhtml = str_of((const char *)written.at, written.size);
        if (!repair_is_clean(xhtml)) {
            repair(xhtml, &clean);
            xhtml = str_of((const char *)clean.at, clean.size);
        }
        rc = clean.failed ? error_memory(err) : pdf_layout_read(xhtml, input->path, layout, err);
    }
    buffer_free(&written);
    buffer_free(&clean);
    return rc;
}

static int take(const struct doc_input *input, const struct doc_sink *sink,
                struct pdf_layout *layout, struct muc_string text, struct muc_error *err)
{
    const struct properties properties = { layout->title, layout->author, layout->created, NULL };

    if (!layout->pages.n)
        return error_set(err, MUC_EINPUT, 0, input->path, "it has no pages; it may be damaged");
    if (!text.size)
        return error_set(err, MUC_EINPUT, 0, input->path,
                         "no text in its %zu %s: pictures of pages need to go through text "
                         "recognition first",
                         layout->pages.n, layout->pages.n == 1 ? "page" : "pages");
    return extracted_emit(input, sink, &doc_reader_pdf, text, &properties, &layout->arena, err);
}

static int pdf_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                    struct muc_error *err)
{
    struct pdf_layout layout = { 0 };
    struct buffer text = { 0 };
    struct source_file file;
    int rc = source_file_open(&file, input, FILE_MAX, err);

    if (rc)
        return rc;
    rc = read_layout(input, file.fd, &layout, err);
    if (!rc)
        rc = pdf_text(&layout, &text, err);
    if (!rc)
        rc = take(input, sink, &layout, str_of((const char *)text.at, text.size), err);
    source_file_close(&file, rc ? NULL : hash);
    pdf_layout_free(&layout);
    buffer_free(&text);
    return rc;
}

static size_t skip_digits(struct muc_string text, size_t at)
{
    while (at < text.size && ascii_is_digit(text.bytes[at]))
        at++;
    return at;
}

static size_t skip_white(struct muc_string text, size_t at)
{
    while (at < text.size && (text.bytes[at] == ' ' || strchr("\t\r\n\f", text.bytes[at])))
        at++; /* NUL is white, too */
    return at;
}

/** Whether only white space and a byte order mark are before it. */
static bool is_first(struct muc_string head, size_t at)
{
    size_t start = str_starts(head, STR("\xef\xbb\xbf")) ? 3 : 0;

    return skip_white(head, start) >= at;
}

/** Whether a PDF goes on behind the version: a comment, or "1 0 obj". What only speaks of PDF, or
 *  holds one in a string, does not. */
static bool goes_on(struct muc_string head, size_t at)
{
    size_t number, generation;

    while (at < head.size && (ascii_is_digit(head.bytes[at]) || head.bytes[at] == '.'))
        at++;
    number = skip_white(head, at);
    if (number == at || number == head.size)
        return false;
    if (head.bytes[number] == '%')
        return true;
    at = skip_digits(head, number);
    generation = skip_white(head, at);
    if (at == number || generation == at)
        return false;
    at = skip_white(head, skip_digits(head, generation));
    return str_starts(str_of(head.bytes + at, head.size - at), STR("obj"));
}

/** Whether the mark there begins a PDF. Before it may be a header of HTTP or of a printer, which
 *  are lines, or of a Macintosh, which ends in zeros. A tar's is longer. */
static bool is_mark(struct muc_string head, size_t at)
{
    char before;

    if (!str_starts(str_of(head.bytes + at, head.size - at), STR("%PDF-")) ||
        skip_digits(head, at + 5) == at + 5)
        return false;
    if (is_first(head, at))
        return true;
    before = head.bytes[at - 1];
    return (before == '\n' || before == '\r' || (before == 0 && at <= MACINTOSH_BYTES)) &&
           goes_on(head, at + 5);
}

static bool is_pdf(const uint8_t *head, size_t size)
{
    for (size_t at = 0; at + 5 <= size && at < HEAD_BYTES; at++)
        if (is_mark(str_of((const char *)head, size), at))
            return true;
    return false;
}

static const char *const endings[] = { "pdf", NULL };

const struct doc_reader doc_reader_pdf = { "pdf", false, endings, is_pdf, pdf_read };
