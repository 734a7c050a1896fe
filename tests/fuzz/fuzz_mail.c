/* SPDX-License-Identifier: MIT */
/* Any bytes as a mail, or as a mailbox or a saved page if they begin like one. */
#include "doc/mail_scan.h"
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (mail_begins_box(data, size))
        reader_fuzz(&doc_reader_mbox, "a.mbox", data, size);
    else if (mail_begins_page(data, size))
        reader_fuzz(&doc_reader_mht, "a.mht", data, size);
    else
        reader_fuzz(&doc_reader_eml, "a.eml", data, size);
    return 0;
}
