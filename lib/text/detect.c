/* SPDX-License-Identifier: MIT */
#include "text/detect.h"

#include "base/error.h"

enum {
    SAMPLE = 256 << 10,
    SHORT = 20,       /* words with marks; of fewer … */
    SHORT_OK = 8,     /* … one in so many may be left unexplained */
    MARKED_OK = 90,   /* in a hundred of these words, at least */
    WORDS_OK = 50,    /* in a hundred of all words */
    MARGIN = 2,       /* likelier than the text as it stands, as a logarithm */
    LATIN_LEAST = 4,  /* words with marks in a text of bytes that is windows-1252 */
    LATIN_WEIGHT = 6, /* of such a word, at most */
};

static bool explains(const struct likeness *likeness)
{
    uint32_t bad = likeness->n_marked - likeness->n_marked_ok;

    if (likeness->n_marked < 2 || likeness->n_words_ok * 100ULL < likeness->n_words * WORDS_OK)
        return false;
    if (likeness->n_marked < SHORT)
        return bad + likeness->n_odd <= likeness->n_marked / SHORT_OK;
    return likeness->n_marked_ok * 100ULL >= likeness->n_marked * MARKED_OK &&
           likeness->n_odd * 100ULL <= likeness->n_marked * (100 - MARKED_OK);
}

/** Whether the text as it stands is Vietnamese in every word with marks: "chú ý" is not "chú ư" in
 *  windows-1258, though ư is more often met than ý. */
static bool is_vietnamese(const struct likeness *likeness)
{
    return likeness->n_marked && likeness->n_marked_ok == likeness->n_marked && !likeness->n_odd;
}

static int read_as(const struct encoding *encoding, struct muc_string text, enum encoding_form form,
                   struct reading *reading, struct muc_error *err)
{
    struct buffer converted = { 0 };
    bool failed;

    if (!encoding && form == AS_CHARACTERS) {
        likeness_of(text, &reading->likeness);
    } else {
        encoding_convert(encoding ? encoding : encoding_latin(), text, form, &converted);
        likeness_of(str_of((const char *)converted.at, converted.size), &reading->likeness);
    }
    reading->encoding = encoding;
    reading->weight = encoding ? reading->likeness.vietnamese : reading->likeness.any;
    reading->explains = !encoding || explains(&reading->likeness);
    failed = converted.failed;
    buffer_free(&converted);
    return failed ? error_memory(err) : MUC_OK;
}

static void sort(struct reading *readings, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t at = i; at && readings[at].weight > readings[at - 1].weight; at--) {
            struct reading other = readings[at];

            readings[at] = readings[at - 1];
            readings[at - 1] = other;
        }
}

int detect_readings(struct muc_string text, enum encoding_form form,
                    struct reading readings[READINGS_MAX], size_t *n, struct muc_error *err)
{
    const struct encoding *encoding;
    size_t found = 0;
    int rc;

    if (text.size > SAMPLE)
        text.size = SAMPLE;
    rc = read_as(NULL, text, form, &readings[found++], err);
    for (size_t i = 0; !rc && (encoding = encoding_at(i)) && found < READINGS_MAX; i++)
        if (encoding_has_form(encoding, form))
            rc = read_as(encoding, text, form, &readings[found++], err);
    if (rc)
        return rc;
    sort(readings, found);
    *n = found;
    return MUC_OK;
}

const struct encoding *detect_choose(const struct reading *readings, size_t n,
                                     enum encoding_form form)
{
    const struct reading *best = NULL, *plain = NULL;

    for (size_t i = 0; i < n; i++) {
        if (!readings[i].encoding)
            plain = &readings[i];
        else if (!best && readings[i].explains)
            best = &readings[i];
    }
    if (plain && form == AS_CHARACTERS && is_vietnamese(&plain->likeness))
        return NULL;
    return best && plain && best->weight > plain->weight + MARGIN ? best->encoding : NULL;
}

/** Whether the text as it stands has foreign words with marks in them, and nothing strange. */
static bool is_latin(const struct reading *readings, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct likeness *likeness = &readings[i].likeness;

        if (!readings[i].encoding)
            return likeness->n_marked >= LATIN_LEAST && !likeness->n_odd &&
                   likeness->any > -LATIN_WEIGHT * (double)likeness->n_marked;
    }
    return false;
}

static bool is_ascii(struct muc_string text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((uint8_t)text.bytes[i] >= 0x80)
            return false;
    return true;
}

int detect(struct muc_string text, enum encoding_form form, const struct encoding **encoding,
           struct muc_error *err)
{
    struct reading readings[READINGS_MAX];
    size_t n;
    int rc;

    if (is_ascii(text) || (form == AS_CHARACTERS && likeness_is_plain(text))) {
        *encoding = NULL;
        return MUC_OK;
    }
    rc = detect_readings(text, form, readings, &n, err);
    if (rc)
        return rc;
    *encoding = detect_choose(readings, n, form);
    if (!*encoding && form == AS_BYTES && is_latin(readings, n))
        *encoding = encoding_latin();
    return MUC_OK;
}
