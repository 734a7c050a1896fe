/* SPDX-License-Identifier: MIT */
/* writer_trec.c - a line a hit for programs: ids alone, or a run for trec_eval. */
#include <inttypes.h>

#include "writer.h"

void write_id_line(FILE *file, struct muc_string id, bool blanks)
{
    for (size_t i = 0; i < id.size; i++) {
        unsigned char c = (unsigned char)id.bytes[i];

        if (c < ' ' || c == 0x7F || (blanks && c == ' '))
            fprintf(file, "%%%02X", (unsigned)c);
        else
            fputc(c, file);
    }
}

static void begin_nothing(struct output *out, bool batch)
{
    (void)out;
    (void)batch;
}

static void answer_ids(struct output *out, const struct answer *answer)
{
    for (size_t i = 0; i < muc_results_count(answer->results); i++) {
        if (answer->label) {
            write_id_line(out->file, muc_text(answer->label), false);
            fputc('\t', out->file);
        }
        write_id_line(out->file, muc_results_hit(answer->results, i)->id, false);
        fputc('\n', out->file);
    }
}

static void answer_trec(struct output *out, const struct answer *answer)
{
    struct muc_string label = muc_text(answer->label ? answer->label : "1");

    for (size_t i = 0; i < muc_results_count(answer->results); i++) {
        const struct muc_hit *hit = muc_results_hit(answer->results, i);

        write_id_line(out->file, label, true);
        fputs(" Q0 ", out->file);
        write_id_line(out->file, hit->id, true);
        fprintf(out->file, " %" PRIu64 " %.9g mucluc\n", hit->rank, hit->score);
    }
}

const struct writer writer_ids = { .begin = begin_nothing, .answer = answer_ids };
const struct writer writer_trec = { .begin = begin_nothing, .answer = answer_trec };
