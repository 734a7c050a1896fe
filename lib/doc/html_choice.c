/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "doc/html_paragraphs.h"
#include "doc/plain.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ*"

enum {
    SENTENCE_BYTES = 40, /* of a paragraph that says something */
    FULL_BYTES = 400,    /* a longer one counts no more */
    LINKS_MAX = 50,      /* per cent of a paragraph's bytes in links; above it is a menu */
    SIBLING_SHARE = 5, /* a neighbour of the best element with this part of its score is text … */
    SIBLING_LINKS = 25,  /* … if not more per cent of its bytes are in links; so is one that is */
    SIBLING_BYTES = 100, /* itself a paragraph of so many bytes */
    BETWEEN_MAX = 8,     /* paragraphs between the title and the text */
    CELL_BYTES = 200,    /* of a table's cell that is one line */
    FURNITURE_BYTES = 60, /* of a line that every page of a site has */
    LEAST_TEXT = 120,     /* bytes; with less, the page is taken whole */
};

/* ---- points */

/** Points of an element, whose _private is its place among them + 1. */
struct score {
    const xmlNode *element;
    double points;
    size_t size, linked; /* bytes below a neighbour of the best element */
};

struct choice {
    const struct html_paragraphs *page;
    const xmlNode *root, *best;
    double least; /* points that make a neighbour text */
    VECTOR(struct score) scores;
    bool *taken; /* of each paragraph */
};

static struct score *score_of(struct choice *choice, xmlNode *element)
{
    struct score *score;

    if (element->_private)
        return &choice->scores.at[(uintptr_t)element->_private - 1];
    if (!(score = vector_push(&choice->scores)))
        return NULL;
    *score = (struct score){ element, 0, 0, 0 };
    element->_private = (void *)(uintptr_t)choice->scores.n;
    return score;
}

static size_t size_of(const struct html_paragraph *paragraph)
{
    return paragraph->end - paragraph->start;
}

static bool is_menu(const struct html_paragraph *paragraph)
{
    return paragraph->linked * 100 > size_of(paragraph) * LINKS_MAX;
}

/** Find the element whose own paragraphs say most; `best` stays NULL where none says anything. */
static bool find_best(struct choice *choice)
{
    const struct score *best = NULL;

    for (size_t i = 0; i < choice->page->list.n; i++) {
        const struct html_paragraph *paragraph = &choice->page->list.at[i];
        size_t size = size_of(paragraph);
        xmlNode *around = paragraph->element;
        double points = (double)(size < FULL_BYTES ? size : FULL_BYTES) / SENTENCE_BYTES;

        if (paragraph->around || size < SENTENCE_BYTES || is_menu(paragraph))
            continue;
        /* half for the second, so that an element with the text beats one around many texts */
        for (int level = 0; level < 2 && around != choice->root; level++, points /= 2) {
            struct score *score = score_of(choice, around = around->parent);

            if (!score)
                return false;
            score->points += points;
        }
    }
    for (size_t i = 0; i < choice->scores.n; i++)
        if (!best || choice->scores.at[i].points > best->points)
            best = &choice->scores.at[i];
    choice->best = best ? best->element : NULL;
    choice->least = best ? best->points / SIBLING_SHARE : 0;
    return true;
}

/* ---- what belongs to the best element */

/** The neighbour of the best element that a paragraph is in, or that element; else NULL. */
static xmlNode *neighbour_of(const struct choice *choice, const struct html_paragraph *paragraph)
{
    xmlNode *at = paragraph->element;

    while (at != choice->root && at->parent != choice->best->parent)
        at = at->parent;
    return at == choice->best || (at != choice->root && at->parent == choice->best->parent) ? at
                                                                                            : NULL;
}

static bool weigh_neighbours(struct choice *choice)
{
    for (size_t i = 0; i < choice->page->list.n; i++) {
        const struct html_paragraph *paragraph = &choice->page->list.at[i];
        xmlNode *neighbour = neighbour_of(choice, paragraph);
        struct score *score = neighbour ? score_of(choice, neighbour) : NULL;

        if (neighbour && !score)
            return false;
        if (score) {
            score->size += size_of(paragraph);
            score->linked += paragraph->linked;
        }
    }
    return true;
}

static bool belongs(struct choice *choice, const struct html_paragraph *paragraph)
{
    xmlNode *neighbour = neighbour_of(choice, paragraph);
    const struct score *score = neighbour ? score_of(choice, neighbour) : NULL;

    if (paragraph->around || is_menu(paragraph) || !score)
        return false;
    if (neighbour == choice->best)
        return true;
    if (choice->best == choice->root || score->linked * 100 > score->size * SIBLING_LINKS)
        return false;
    if (paragraph->element == neighbour)
        return size_of(paragraph) >= SIBLING_BYTES;
    for (const xmlNode *at = paragraph->element;; at = at->parent) {
        if (at->_private && choice->scores.at[(uintptr_t)at->_private - 1].points >= choice->least)
            return true;
        if (at == neighbour)
            return false;
    }
}

static struct muc_string text_of(const struct choice *choice, size_t i)
{
    const struct html_paragraph *paragraph = &choice->page->list.at[i];

    return str_of((const char *)choice->page->text.at + paragraph->start, size_of(paragraph));
}

/** What sites put below and above every text, as a line of its own: the words, and behind them
 *  nothing, a number or a colon. */
static bool is_furniture(struct muc_string text)
{
    static const char *const words[] = {
        "luot xem",
        "da xem",
        "quang cao",
        "nghe bai viet",
        "so luot xem",
        "so lan xem",
        "luot truy cap",
        "dang truy cap",
        "cac tin khac",
        "tin khac",
        "cac tin da dua",
        "tin da dua",
        "cac tin moi hon",
        "cac tin cu hon",
        "tin lien quan",
        "bai lien quan",
        "cac tin lien quan",
        "bai viet lien quan",
        "tin cung chuyen muc",
        "tin tuc khac",
        "bai viet khac",
        "chia se",
        "chia se bai viet",
        "in trang",
        "in bai viet",
        "ban in",
        "ve dau trang",
        "quay lai",
        "tro ve",
        "co chu",
        "mau chu",
        "doc bai viet",
        "nghe doc bai",
        "gui email",
        "gui bai viet",
        "y kien ban doc",
        "y kien cua ban",
        "binh luan",
        "danh gia bai viet",
        "share this",
        "related posts",
        "leave a comment",
        "tags",
        "tu khoa",
        "viewed",
        "views",
    };
    struct plain plain;

    if (text.size > FURNITURE_BYTES)
        return false;
    plain_of(text, &plain);
    if (strspn(plain.at, "Aa+-| ") == plain.size && plain.size > 1) /* sizes of letters */
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t end = plain_word(&plain, 0, words[i]);

        if (end && (plain.at[end] == ':' || !strpbrk(plain.at + end, LETTERS)))
            return true;
    }
    return false;
}

static bool begins_with_line(struct muc_string text, struct muc_string line)
{
    return str_starts(text, line) && (text.size == line.size || text.bytes[line.size] == '\n');
}

/** The day, a summary: what stands between the title and the first paragraph that is taken. */
static void take_between(struct choice *choice, struct muc_string title)
{
    size_t first = 0, at;

    while (first < choice->page->list.n && !choice->taken[first])
        first++;
    if (first == choice->page->list.n || !title.size)
        return;
    for (at = first; at > 0 && first - at < BETWEEN_MAX; at--)
        if (begins_with_line(text_of(choice, at - 1), title))
            break;
    if (!at || first - at == BETWEEN_MAX)
        return;
    if (text_of(choice, at - 1).size > title.size)
        at--; /* the day is in the same block */
    for (; at < first; at++)
        choice->taken[at] =
            !is_menu(&choice->page->list.at[at]) && !is_furniture(text_of(choice, at));
}

/** A heading of links alone goes with them: "Share this:". */
static bool heads_menu(const struct choice *choice, size_t i)
{
    static const char *const headings[] = { "h2", "h3", "h4", "h5", "h6", "dt", NULL };
    const struct html_paragraph *paragraph = &choice->page->list.at[i];

    return html_is_one_of(paragraph->element, headings) && i + 1 < choice->page->list.n &&
           (is_menu(paragraph + 1) || paragraph[1].around);
}

static bool take_best(struct choice *choice, struct muc_string title)
{
    if (!find_best(choice) || (choice->best && !weigh_neighbours(choice)))
        return false;
    for (size_t i = 0; i < choice->page->list.n && choice->best; i++)
        choice->taken[i] = belongs(choice, &choice->page->list.at[i]) && !heads_menu(choice, i) &&
                           !is_furniture(text_of(choice, i));
    take_between(choice, title);
    return true;
}

/* ---- putting it down */

/** The row of a cell that is a short line and nothing more, as in tables of figures; else NULL. */
static const xmlNode *row_of(const struct choice *choice, size_t i)
{
    static const char *const cells[] = { "td", "th", NULL };
    const struct html_paragraph *paragraph = &choice->page->list.at[i];
    struct muc_string text = text_of(choice, i);

    return text.size <= CELL_BYTES && html_is_one_of(paragraph->element, cells) &&
                   !memchr(text.bytes, '\n', text.size)
               ? paragraph->element->parent
               : NULL;
}

static bool begins_number(struct muc_string text)
{
    struct plain plain;

    plain_of(text, &plain);
    return plain_word(&plain, 0, "so") && memchr(text.bytes, ':', text.size);
}

/** Cells of a row stand in a line, rows of a table in lines below each other. */
static const char *gap_between(const struct choice *choice, size_t before, size_t i, bool in_row)
{
    const xmlNode *last = row_of(choice, before), *row = row_of(choice, i);

    if (!row || !last)
        return "\n\n";
    if (row == last) /* the number of a release and its place and day are in one row */
        return begins_number(text_of(choice, before)) ? "\t" : " ";
    return in_row && row->parent == last->parent ? "\n" : "\n\n";
}

static void put_taken(const struct choice *choice, struct buffer *out)
{
    size_t before = SIZE_MAX;
    bool in_row = false;

    for (size_t i = 0; i < choice->page->list.n; i++) {
        const char *gap = out->size ? "\n\n" : "";
        struct muc_string text = text_of(choice, i);

        if (!choice->taken[i])
            continue;
        if (before != SIZE_MAX)
            gap = gap_between(choice, before, i, in_row);
        buffer_string(out, gap);
        buffer_append(out, text.bytes, text.size);
        in_row = *gap == ' ' || *gap == '\t';
        before = i;
    }
}

bool html_choose(const struct html_paragraphs *page, const xmlNode *root, struct muc_string title,
                 bool all, struct buffer *out)
{
    struct choice choice = { .page = page, .root = root };
    size_t start = out->size;
    bool done = (choice.taken = calloc(page->list.n + 1, sizeof *choice.taken)) &&
                (all || take_best(&choice, title));

    if (done)
        put_taken(&choice, out);
    if (done && (all || out->size - start < LEAST_TEXT)) {
        out->size = start;
        for (size_t i = 0; i < page->list.n; i++)
            choice.taken[i] = all || (!page->list.at[i].around && !is_menu(&page->list.at[i]));
        put_taken(&choice, out);
    }
    vector_free(&choice.scores);
    free(choice.taken);
    return done && !out->failed;
}
