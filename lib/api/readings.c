/* SPDX-License-Identifier: MIT */
#include "base/error.h"
#include "text/decode.h"
#include "text/detect.h"
#include "text/utf8.h"

static struct muc_reading public_of(const struct reading *reading, const char *chosen)
{
    const struct likeness *likeness = &reading->likeness;
    const char *name = reading->encoding ? encoding_name(reading->encoding) : "";

    return (struct muc_reading){
        .encoding = name,
        .weight = reading->weight,
        .n_marked = likeness->n_marked,
        .n_marked_ok = likeness->n_marked_ok,
        .n_words = likeness->n_words,
        .n_words_ok = likeness->n_words_ok,
        .explains = reading->explains,
        .chosen = !strcmp(name, chosen) ||
                  (!*name && (!strcmp(chosen, "UTF-8") || !strcmp(chosen, "windows-1252"))),
    };
}

int muc_text_readings(struct muc_string text, struct muc_reading readings[MUC_READINGS_MAX],
                      size_t *n, struct muc_error *err)
{
    struct reading found[READINGS_MAX];
    struct decoding decoding;
    struct buffer out = { 0 };
    size_t n_found;
    int rc = decode(text.bytes, text.size, NULL, &out, &decoding, err);

    buffer_free(&out);
    if (rc)
        return rc;
    if (!strncmp(decoding.encoding, "UTF-16", 6) || !strncmp(decoding.encoding, "UTF-32", 6)) {
        readings[0] =
            (struct muc_reading){ .encoding = decoding.encoding, .explains = true, .chosen = true };
        *n = 1;
        return MUC_OK;
    }
    rc =
        detect_readings(text, utf8_is_valid(text) ? AS_CHARACTERS : AS_BYTES, found, &n_found, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < n_found; i++)
        readings[i] = public_of(&found[i], decoding.encoding);
    *n = n_found;
    return MUC_OK;
}
