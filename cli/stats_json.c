/* SPDX-License-Identifier: MIT */
#include "stats_json.h"

void stats_json(struct emit *json, const char *database, const struct muc_stats *s)
{
    emit_open(json, '{');
    if (database)
        emit_text(json, "database", muc_text(database));
    emit_text(json, "rules", muc_text(s->rules));
    emit_count(json, "snapshot", s->snapshot);
    emit_count(json, "documents", s->documents);
    emit_count(json, "deleted", s->deleted);
    emit_count(json, "tokens", s->tokens);
    emit_count(json, "terms", s->terms);
    emit_count(json, "postings", s->postings);
    emit_count(json, "segments", s->segments);
    emit_date(json, "oldest", s->oldest);
    emit_date(json, "newest", s->newest);
    emit_count(json, "text_bytes", s->text_bytes);
    emit_count(json, "stored_bytes", s->stored_bytes);
    emit_count(json, "postings_bytes", s->postings_bytes);
    emit_count(json, "positions_bytes", s->positions_bytes);
    emit_count(json, "dictionary_bytes", s->dictionary_bytes);
    emit_count(json, "column_bytes", s->column_bytes);
    emit_count(json, "file_bytes", s->file_bytes);
    emit_count(json, "free_bytes", s->free_bytes);
    emit_close(json, '}');
}
