/* SPDX-License-Identifier: MIT */
#include "explanation.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "display.h"
#include "emit.h"

enum { SCORE_COLUMNS = 10, SENTENCE_SIZE = 2048 };

/** What a part is told in. */
struct wording {
    const char *origins[MUC_ORIGIN_DEFINITION + 1], *tiers[MUC_TIER_MARKS_OTHER + 1];
    const char *pair, *phrase, *near, *title, *byline, *head, *recency, *standing, *times, *once,
        *sum; /* standing, times: behind a number */
};

static const struct wording english = {
    .origins = { "", "marks put back", "typing repaired", "other spelling", "other form",
                 "date written otherwise", "words parted", "same stem", "in a definition" },
    .tiers = { "as written", "", "without marks", "with other marks" },
    .pair = "side by side",
    .phrase = "in this order",
    .near = "near each other",
    .title = "in the title",
    .byline = "in the by-line",
    .head = "in the first lines",
    .recency = "the document is new",
    .standing = " of it in lines that its source repeats: does not count",
    .times = " times",
    .once = "once",
    .sum = "score",
};

static const struct wording vietnamese = {
    .origins = { "", "phục hồi dấu", "sửa lỗi gõ", "cách viết khác", "dạng khác",
                 "cách ghi ngày khác", "tách chữ dính liền", "cùng gốc từ",
                 "trong lời định nghĩa" },
    .tiers = { "đúng như đã viết", "", "không dấu", "khác dấu" },
    .pair = "đứng cạnh nhau",
    .phrase = "đúng thứ tự",
    .near = "gần nhau",
    .title = "trong nhan đề",
    .byline = "trong dòng tác giả",
    .head = "trong đoạn đầu",
    .recency = "văn bản mới",
    .standing = " ở dòng mà nguồn này lặp lại: không tính điểm",
    .times = " lần",
    .once = "1 lần",
    .sum = "điểm",
};

static const struct wording *wording(void)
{
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *locale = getenv(names[i]);

        if (locale && *locale)
            return strncmp(locale, "vi", 2) == 0 && strchr("_.@", locale[2]) ? &vietnamese
                                                                             : &english;
    }
    return &english;
}

/* ---- a sentence */

struct sentence {
    char bytes[SENTENCE_SIZE];
    size_t size;
};

/** What does not fit is left out whole: characters stay as they are. */
static void add(struct sentence *sentence, struct muc_string text)
{
    if (text.size > sizeof sentence->bytes - sentence->size)
        return;
    memcpy(sentence->bytes + sentence->size, text.bytes, text.size);
    sentence->size += text.size;
}

static void add_words(struct sentence *sentence, const char *words)
{
    add(sentence, muc_text(words));
}

static void add_count(struct sentence *sentence, const struct wording *words, uint32_t n)
{
    char room[40];

    snprintf(room, sizeof room, "%" PRIu32 "%s", n, words->times);
    add_words(sentence, n == 1 ? words->once : room);
}

/** "môi": 2 times, "mồi": once. */
static void add_forms(struct sentence *sentence, const struct wording *words,
                      const struct muc_part *part)
{
    for (size_t i = 0; i < part->n_forms; i++) {
        add_words(sentence, i ? ", “" : ": “");
        add(sentence, part->forms[i].text);
        add_words(sentence, "” ");
        add_count(sentence, words, part->forms[i].count);
    }
    if (!part->n_forms) {
        add_words(sentence, ": ");
        add_count(sentence, words, part->count);
    }
}

/** NULL: title and text. */
static const char *field_words(const struct wording *words, const char *field)
{
    return !strcmp(field, "title")    ? words->title
           : !strcmp(field, "byline") ? words->byline
           : !strcmp(field, "head")   ? words->head
                                      : NULL;
}

static void tell(struct sentence *sentence, const struct wording *words,
                 const struct muc_part *part)
{
    const char *field = field_words(words, part->field);
    const char *kinds[] = { NULL, words->pair, words->phrase, words->near };
    const char *kind =
        (unsigned)part->kind < sizeof kinds / sizeof *kinds ? kinds[part->kind] : NULL;

    if (part->kind == MUC_PART_RECENCY) {
        add_words(sentence, words->recency);
        return;
    }
    add(sentence, part->asked);
    if (part->origin != MUC_ORIGIN_TYPED) {
        add_words(sentence, " → ");
        add(sentence, part->sought);
        add_words(sentence, " (");
        add_words(sentence, words->origins[part->origin]);
        add_words(sentence, ")");
    }
    if (kind) {
        add_words(sentence, ", ");
        add_words(sentence, kind);
    }
    if (part->tier == MUC_TIER_MARKS_LOST || part->tier == MUC_TIER_MARKS_OTHER ||
        (part->tier == MUC_TIER_EXACT && part->origin == MUC_ORIGIN_TYPED)) {
        add_words(sentence, ", ");
        add_words(sentence, words->tiers[part->tier]);
    }
    if (field) {
        add_words(sentence, ", ");
        add_words(sentence, field);
    }
    add_forms(sentence, words, part);
    if (part->standing) {
        add_words(sentence, ", ");
        add_count(sentence, words, part->standing);
        add_words(sentence, words->standing);
    }
}

static void write_line(struct output *out, unsigned indent, double score, struct muc_string text)
{
    fprintf(out->file, "%*s%*.4f  ", (int)indent, "", SCORE_COLUMNS, score);
    display_wrapped(out, indent + SCORE_COLUMNS + 2,
                    &(struct styled){ .text = text, .style = "", .around = STYLE_FAINT });
    fputc('\n', out->file);
}

void explanation_write(struct output *out, unsigned indent, const struct muc_hit *hit)
{
    const struct wording *words = wording();

    for (size_t i = 0; i < hit->n_parts; i++) {
        struct sentence sentence = { .size = 0 };

        tell(&sentence, words, &hit->parts[i]);
        write_line(out, indent, hit->parts[i].score,
                   (struct muc_string){ sentence.bytes, sentence.size });
    }
    if (hit->n_parts > 1)
        write_line(out, indent, hit->score, muc_text(words->sum));
}

/* ---- for programs */

static void put_part(struct emit *json, const struct muc_part *part)
{
    emit_open(json, '{');
    emit_name(json, "part");
    emit_string(json, muc_text(muc_part_name(part->kind)));
    emit_name(json, "asked");
    emit_string(json, part->asked);
    emit_name(json, "sought");
    emit_string(json, part->sought);
    emit_name(json, "origin");
    emit_string(json, muc_text(muc_origin_name(part->origin)));
    emit_name(json, "tier");
    emit_string(json, muc_text(muc_tier_name(part->tier)));
    emit_name(json, "field");
    emit_string(json, muc_text(part->field));
    emit_count(json, "count", part->count);
    emit_count(json, "standing", part->standing);
    emit_name(json, "forms");
    emit_open(json, '[');
    for (size_t i = 0; i < part->n_forms; i++) {
        emit_open(json, '{');
        emit_name(json, "form");
        emit_string(json, part->forms[i].text);
        emit_count(json, "count", part->forms[i].count);
        emit_close(json, '}');
    }
    emit_close(json, ']');
    emit_name(json, "score");
    emit_number(json, part->score);
    emit_close(json, '}');
}

void explanation_json(struct emit *json, const struct muc_hit *hit)
{
    emit_open(json, '[');
    for (size_t i = 0; i < hit->n_parts; i++)
        put_part(json, &hit->parts[i]);
    emit_close(json, ']');
}
