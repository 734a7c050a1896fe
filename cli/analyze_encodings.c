/* SPDX-License-Identifier: MIT */
#include "analyze_encodings.h"

#include "command.h"
#include "emit.h"
#include "report.h"
#include "words.h"

static void put_json(struct output *out, const struct muc_reading *readings, size_t n)
{
    struct emit json = { .file = out->file };

    emit_open(&json, '[');
    for (size_t i = 0; i < n; i++) {
        const struct muc_reading *reading = &readings[i];

        emit_open(&json, '{');
        emit_text(&json, "encoding", muc_text(reading->encoding));
        emit_name(&json, "weight");
        emit_number(&json, reading->weight);
        emit_count(&json, "marked", reading->n_marked);
        emit_count(&json, "marked_vietnamese", reading->n_marked_ok);
        emit_count(&json, "words", reading->n_words);
        emit_count(&json, "words_vietnamese", reading->n_words_ok);
        emit_name(&json, "explains");
        emit_bool(&json, reading->explains);
        emit_name(&json, "chosen");
        emit_bool(&json, reading->chosen);
        emit_close(&json, '}');
    }
    emit_close(&json, ']');
    emit_line(&json);
}

static void put_table(struct output *out, const struct muc_reading *readings, size_t n)
{
    fprintf(out->file, "  %-28s %10s %15s %15s\n", "encoding", "weight", "marked words",
            "all words");
    for (size_t i = 0; i < n; i++) {
        const struct muc_reading *reading = &readings[i];

        fprintf(out->file, "%c %-28s %10.1f %7u/%-7u %7u/%u%s\n", reading->chosen ? '*' : ' ',
                *reading->encoding ? reading->encoding : "(as it stands)", reading->weight,
                (unsigned)reading->n_marked_ok, (unsigned)reading->n_marked,
                (unsigned)reading->n_words_ok, (unsigned)reading->n_words,
                reading->explains ? "" : "  explains too little");
    }
}

int analyze_encodings(struct output *out, struct muc_string text, bool json)
{
    struct muc_reading readings[MUC_READINGS_MAX];
    struct muc_error err;
    size_t n;
    int rc = muc_text_readings(text, readings, &n, &err);

    if (rc) {
        complain_error(&err);
        return status_of(rc);
    }
    (json ? put_json : put_table)(out, readings, n);
    return STATUS_DONE;
}
