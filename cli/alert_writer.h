/* SPDX-License-Identifier: MIT */
/* alert_writer.h - what alerts found, in one of the formats. */
#pragma once

#include "mucluc/mucluc.h"
#include "output.h"

struct alert_writer {
    void (*begin)(struct output *out); /* NULL: nothing is before the first match … */
    void (*match)(struct output *out, const struct muc_alert *alert,
                  const struct muc_document *document);
    void (*end)(struct output *out); /* … or behind the last */
};

extern const struct alert_writer alert_writer_text, alert_writer_jsonl, alert_writer_atom;
