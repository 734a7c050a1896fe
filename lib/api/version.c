/* SPDX-License-Identifier: MIT */
#include "mucluc/mucluc.h"

#include "base/str.h"

const char *muc_version(void)
{
    return MUCLUC_VERSION;
}

struct muc_string muc_text(const char *text)
{
    return str_c(text);
}
