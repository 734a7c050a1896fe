/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int error_set(struct muc_error *err, enum muc_code code, int os, const char *where,
              const char *format, ...)
{
    va_list args;

    if (!err)
        return code;
    err->code = code;
    err->os = os;
    snprintf(err->where, sizeof err->where, "%s", where ? where : "");
    va_start(args, format);
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    return code;
}

int error_memory(struct muc_error *err)
{
    return error_set(err, MUC_ENOMEM, 0, "", "out of memory");
}
