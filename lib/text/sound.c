/* SPDX-License-Identifier: MIT */
#include "text/sound.h"

#include <stdio.h>

enum {
    SPELLINGS = 3,
    BYTES_MAX = 16, /* of a syllable: nghiễng has 11 */
    KEY_SIZE = BYTES_MAX + 8,
};

/* The longer ones first where one begins another. */
static const char *const initials[][SPELLINGS] = {
    { "ngh", "ng" }, { "gi", "d", "r" }, { "gh", "g" }, { "tr", "ch" }, { "s", "x" }, { "l", "n" },
};

static const char *const finals[][SPELLINGS] = { { "ng", "n" }, { "c", "t" } };

/* Vowels with hỏi, and with ngã. */
static const char *const tones[][2] = {
    { "ả", "ã" }, { "ẳ", "ẵ" }, { "ẩ", "ẫ" }, { "ẻ", "ẽ" }, { "ể", "ễ" }, { "ỉ", "ĩ" },
    { "ỏ", "õ" }, { "ổ", "ỗ" }, { "ở", "ỡ" }, { "ủ", "ũ" }, { "ử", "ữ" }, { "ỷ", "ỹ" },
};

/** One of the spellings of a sound, and how long it is; NULL: the form has none of them. */
static const char *const *find_initial(struct muc_string form, size_t *size)
{
    for (size_t i = 0; i < sizeof initials / sizeof *initials; i++)
        for (size_t k = 0; k < SPELLINGS && initials[i][k]; k++) {
            struct muc_string spelling = str_c(initials[i][k]);

            if (spelling.size >= form.size || !str_starts(form, spelling) ||
                (str_equal(spelling, STR("n")) && strchr("gh", form.bytes[1])))
                continue;
            *size = spelling.size;
            return initials[i];
        }
    *size = 0;
    return NULL;
}

static const char *const *find_final(struct muc_string form, size_t *size)
{
    for (size_t i = 0; i < sizeof finals / sizeof *finals; i++)
        for (size_t k = 0; k < SPELLINGS && finals[i][k]; k++) {
            struct muc_string spelling = str_c(finals[i][k]);

            if (spelling.size >= form.size ||
                memcmp(form.bytes + form.size - spelling.size, spelling.bytes, spelling.size) != 0)
                continue;
            *size = spelling.size;
            return finals[i];
        }
    *size = 0;
    return NULL;
}

/** A form between its initial and its final. */
struct parts {
    const char *const *initial, *const *final; /* NULL: none that is mistaken */
    struct muc_string rest;
};

static struct parts take_apart(struct muc_string form)
{
    struct parts parts;
    size_t before, behind;

    parts.initial = find_initial(form, &before);
    parts.rest = str_of(form.bytes + before, form.size - before);
    parts.final = find_final(parts.rest, &behind);
    parts.rest.size -= behind;
    return parts;
}

/** A form as all that are said alike have it: the first spelling of each sound, ngã for hỏi. */
static struct muc_string write_key(struct muc_string form, char out[KEY_SIZE])
{
    const struct parts parts = take_apart(form);
    size_t size = 0;

    if (parts.initial)
        size = (size_t)snprintf(out, KEY_SIZE, "%s", parts.initial[0]);
    for (size_t at = 0, n; at < parts.rest.size; at += n) {
        struct muc_string rest = str_of(parts.rest.bytes + at, parts.rest.size - at);
        size_t tone = 0;

        while (tone < sizeof tones / sizeof *tones && !str_starts(rest, str_c(tones[tone][0])))
            tone++;
        n = 1;
        if (tone < sizeof tones / sizeof *tones) {
            n = strlen(tones[tone][0]);
            size += (size_t)snprintf(out + size, KEY_SIZE - size, "%s", tones[tone][1]);
        } else {
            out[size++] = *rest.bytes;
        }
    }
    if (parts.final)
        size += (size_t)snprintf(out + size, KEY_SIZE - size, "%s", parts.final[0]);
    return str_of(out, size);
}

bool sound_alike(struct muc_string a, struct muc_string b)
{
    char one[KEY_SIZE], two[KEY_SIZE];

    return a.size <= BYTES_MAX && b.size <= BYTES_MAX &&
           str_equal(write_key(a, one), write_key(b, two));
}

uint32_t sound_forms(struct muc_string folded, char out[SOUNDS_MAX][FORM_MAX])
{
    static const char *const none[SPELLINGS] = { "" };
    const struct parts parts = take_apart(folded);
    const char *const *initial = parts.initial ? parts.initial : none;
    const char *const *final = parts.final ? parts.final : none;
    uint32_t n = 0;

    if (folded.size > BYTES_MAX)
        return 0;
    for (size_t i = 0; i < SPELLINGS && initial[i]; i++)
        for (size_t k = 0; k < SPELLINGS && final[k]; k++)
            snprintf(out[n++], FORM_MAX, "%s%.*s%s", initial[i], (int)parts.rest.size,
                     parts.rest.bytes, final[k]);
    return n;
}
