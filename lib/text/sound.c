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

/** A form as all that are said alike have it: the first spelling of its initial, ngã for hỏi. */
static struct muc_string write_key(struct muc_string form, char out[KEY_SIZE])
{
    size_t before, size = 0;
    const char *const *initial = find_initial(form, &before);

    if (initial)
        size = (size_t)snprintf(out, KEY_SIZE, "%s", initial[0]);
    for (size_t at = before, n; at < form.size; at += n) {
        struct muc_string rest = str_of(form.bytes + at, form.size - at);
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
    const char *const *initial;
    size_t before;
    uint32_t n = 0;

    if (folded.size > BYTES_MAX)
        return 0;
    initial = find_initial(folded, &before);
    for (; n < SPELLINGS && (initial ? initial : none)[n]; n++)
        snprintf(out[n], FORM_MAX, "%s%.*s", (initial ? initial : none)[n],
                 (int)(folded.size - before), folded.bytes + before);
    return n;
}
