/* SPDX-License-Identifier: MIT */
#include "doc/pdf_text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <xxhash.h>

#include "base/error.h"
#include "doc/plain.h"

enum {
    MARGIN = 12,     /* percent of a page, on top and at its foot */
    REPEATED = 3,    /* on so many pages a line of the margin is none of the text */
    NUMBER_MAX = 24, /* bytes of "Trang 12 / 30" */
    OTHER_SIZE = 15, /* percent by which the heights of lines differ that are not of one text */
    OTHER_GAP = 125, /* percent of the usual distance of lines, between paragraphs */
    INDENT = 100,    /* percent of a line's height, of the first line of a paragraph */
    TOUCH = 10,      /* percent of a line's height, between letters of a word */
    BLANK = 30,      /* percent of a line's height, between words */
};

/** Lines of a block, and what all of them take up. */
struct pdf_block {
    size_t first, end; /* of the lines that are kept */
    int32_t left, right;
    int32_t distance; /* least of a line from the one above it; 0: there is but one */
};

struct text_writer {
    const struct pdf_layout *layout;
    VECTOR(uint32_t) kept; /* numbers of lines */
    struct buffer *out;
};

static struct muc_string text_of(const struct pdf_layout *layout, const struct pdf_line *line)
{
    return str_of((const char *)layout->text.at + line->text, line->size);
}

/* ---- what is none of the text */

static int32_t percent(int32_t of, int n)
{
    return (int32_t)((int64_t)of * n / 100);
}

static bool in_margin(const struct pdf_layout *layout, const struct pdf_line *line)
{
    int32_t height = layout->pages.at[line->page].height;
    int32_t margin = percent(height, MARGIN);

    return line->bottom < margin || line->top > height - margin;
}

/** "- 2 -", "Trang 2/5", "Page 2 of 5". */
static bool is_page_number(struct muc_string text)
{
    static const char *const words[] = { "trang", "page", "of" };
    struct plain plain;
    bool digit = false;

    if (text.size > NUMBER_MAX)
        return false;
    plain_of(text, &plain);
    for (size_t at = 0; at < plain.size;) {
        size_t behind = 0;

        for (size_t i = 0; i < sizeof words / sizeof *words && !behind; i++)
            behind = plain_word(&plain, at, words[i]);
        if (!behind && !ascii_is_digit(plain.at[at]) && !strchr(" -/.|", plain.at[at]))
            return false;
        digit |= ascii_is_digit(plain.at[at]);
        at = behind ? behind : at + 1;
    }
    return digit;
}

struct margin_line {
    uint64_t hash; /* of its text without digits */
    uint32_t line, page;
};

static int by_text(const void *a, const void *b)
{
    const struct margin_line *x = a, *y = b;

    return x->hash != y->hash ? (x->hash > y->hash) - (x->hash < y->hash)
                              : (x->line > y->line) - (x->line < y->line);
}

static uint64_t hash_without_digits(struct muc_string text)
{
    uint64_t hash = 0;

    for (size_t at = 0, end; at < text.size; at = end) {
        for (end = at; end < text.size && !ascii_is_digit(text.bytes[end]); end++)
            ;
        hash = XXH3_64bits_withSeed(text.bytes + at, end - at, hash + 1);
        for (; end < text.size && ascii_is_digit(text.bytes[end]); end++)
            ;
    }
    return hash;
}

/** Mark what repeats itself from its second time on: a mast-head is said once. */
static bool mark_repeated(const struct pdf_layout *layout, uint8_t *left_out)
{
    VECTOR(struct margin_line) margin = { 0 };
    bool done = true;

    for (uint32_t i = 0; i < layout->lines.n && done; i++) {
        const struct pdf_line *line = &layout->lines.at[i];
        struct margin_line *new;

        if (!line->size || !in_margin(layout, line))
            continue;
        if ((done = (new = vector_push(&margin))))
            *new =
                (struct margin_line){ hash_without_digits(text_of(layout, line)), i, line->page };
    }
    if (margin.n)
        qsort(margin.at, margin.n, sizeof *margin.at, by_text);
    for (size_t i = 0, end, pages; i < margin.n; i = end) {
        for (end = i + 1, pages = 1; end < margin.n && margin.at[end].hash == margin.at[i].hash;
             end++)
            pages += margin.at[end].page != margin.at[end - 1].page;
        for (size_t k = i + 1; k < end && pages >= REPEATED; k++)
            left_out[margin.at[k].line] = 1;
    }
    vector_free(&margin);
    return done;
}

static bool choose_lines(struct text_writer *writer)
{
    const struct pdf_layout *layout = writer->layout;
    uint8_t *left_out = calloc(layout->lines.n + 1, 1);
    bool done = left_out && mark_repeated(layout, left_out);

    for (uint32_t i = 0; i < layout->lines.n && done; i++) {
        const struct pdf_line *line = &layout->lines.at[i];
        uint32_t *kept;

        if (left_out[i] || !line->size ||
            (in_margin(layout, line) && is_page_number(text_of(layout, line))))
            continue;
        if ((done = (kept = vector_push(&writer->kept))))
            *kept = i;
    }
    free(left_out);
    return done;
}

/* ---- which lines are one paragraph */

static const struct pdf_line *line_at(const struct text_writer *writer, size_t i)
{
    return &writer->layout->lines.at[writer->kept.at[i]];
}

static int32_t height_of(const struct pdf_line *line)
{
    return line->bottom - line->top;
}

static struct pdf_block block_at(const struct text_writer *writer, size_t first)
{
    const struct pdf_line *line = line_at(writer, first), *before = line;
    struct pdf_block block = { first, first + 1, line->left, line->right, 0 };

    for (; block.end < writer->kept.n; block.end++, before = line) {
        line = line_at(writer, block.end);
        if (line->block != before->block)
            break;
        block.left = line->left < block.left ? line->left : block.left;
        block.right = line->right > block.right ? line->right : block.right;
        if (line->top > before->top &&
            (!block.distance || line->top - before->top < block.distance))
            block.distance = line->top - before->top;
    }
    return block;
}

static bool is_centred(const struct pdf_block *block, const struct pdf_line *line)
{
    int32_t before = line->left - block->left, behind = block->right - line->right;

    return before > height_of(line) / 2 && abs(before - behind) < height_of(line);
}

static bool same_size(const struct pdf_line *a, const struct pdf_line *b)
{
    return abs(height_of(a) - height_of(b)) <= percent(height_of(a), OTHER_SIZE);
}

static bool is_item(struct muc_string text)
{
    static const struct muc_string signs[] = { { "- ", 2 }, { "+ ", 2 }, { "* ", 2 },
                                               { "– ", 4 }, { "— ", 4 }, { "• ", 4 } };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_starts(text, signs[i]))
            return true;
    return false;
}

/** A row that is cut in two, as where a letter is borrowed from another font. */
static bool same_row(const struct pdf_line *line, const struct pdf_line *next)
{
    return line->page == next->page && abs(line->top - next->top) < height_of(line) / 2 &&
           next->left > line->left;
}

/** Whether `next` goes on where `line`, before it in the block, ends. */
static bool goes_on(const struct text_writer *writer, const struct pdf_block *block,
                    const struct pdf_line *line, const struct pdf_line *next)
{
    int32_t height = height_of(line), room = block->right - line->right;

    if (is_centred(block, line))
        room *= 2;
    if (room > next->first_word + percent(height, BLANK) || !same_size(line, next) ||
        is_item(text_of(writer->layout, next)))
        return false;
    if (next->top - line->top > percent(block->distance, OTHER_GAP))
        return false;
    return next->left - block->left <= percent(height, INDENT) || is_centred(block, next) ||
           abs(next->left - line->left) < height / 2;
}

static bool ends_sentence(struct muc_string text)
{
    static const char *const signs[] = { ".", "!", "?", ":", ";", "”", "\"", "…" };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t size = strlen(signs[i]);

        if (text.size >= size && !memcmp(text.bytes + text.size - size, signs[i], size))
            return true;
    }
    return false;
}

static bool begins_small(struct muc_string text)
{
    size_t at = 0;
    UChar32 c;

    U8_NEXT_OR_FFFD(text.bytes, at, text.size, c);
    return u_islower(c);
}

/** The same across blocks, columns and pages: in the midst of a sentence. */
static bool goes_on_elsewhere(const struct text_writer *writer, const struct pdf_line *line,
                              const struct pdf_line *next)
{
    return same_size(line, next) && !ends_sentence(text_of(writer->layout, line)) &&
           begins_small(text_of(writer->layout, next));
}

/* ---- out */

static void write_gap(struct buffer *out, const char *gap, uint32_t pages)
{
    if (!pages || *gap == '\n')
        buffer_string(out, gap);
    while (pages--)
        buffer_byte(out, '\f');
}

/** What stands between a line and the next one. */
static const char *gap_of(const struct text_writer *writer, const struct pdf_block *block,
                          const struct pdf_line *line, const struct pdf_line *next)
{
    bool same = line->block == next->block;

    if (same && same_row(line, next))
        return next->left - line->right <= percent(height_of(line), TOUCH) ? "" : " ";
    if (same ? goes_on(writer, block, line, next) : goes_on_elsewhere(writer, line, next))
        return " ";
    return "\n\n";
}

static void write_blocks(struct text_writer *writer)
{
    const struct pdf_line *before = NULL;
    struct pdf_block block = { 0 };

    for (size_t i = 0; i < writer->kept.n; i++) {
        const struct pdf_line *line = line_at(writer, i);
        struct muc_string text = text_of(writer->layout, line);

        if (before)
            write_gap(writer->out, gap_of(writer, &block, before, line), line->page - before->page);
        else
            write_gap(writer->out, "", line->page);
        if (i == block.end)
            block = block_at(writer, i);
        buffer_append(writer->out, text.bytes, text.size);
        before = line;
    }
}

int pdf_text(const struct pdf_layout *layout, struct buffer *out, struct muc_error *err)
{
    struct text_writer writer = { .layout = layout, .out = out };
    bool done = choose_lines(&writer);

    if (done)
        write_blocks(&writer);
    vector_free(&writer.kept);
    return done && !out->failed ? MUC_OK : error_memory(err);
}
