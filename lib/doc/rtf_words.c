/* SPDX-License-Identifier: MIT */
#include "doc/rtf_words.h"

#include <string.h>

static const struct rtf_rule rules[] = {
    { "par", RTF_GAP, 0, "\n\n" },
    { "sect", RTF_GAP, 0, "\n\n" },
    { "page", RTF_GAP, 0, "\n\n" },
    { "row", RTF_GAP, 0, "\n" },
    { "nestrow", RTF_GAP, 0, "\n" },
    { "line", RTF_GAP, 0, "\n" },
    { "\n", RTF_GAP, 0, "\n\n" },
    { "tab", RTF_GAP, 0, "\t" },
    { "cell", RTF_GAP, 0, "\t" },
    { "nestcell", RTF_GAP, 0, "\t" },
    { "emdash", RTF_CHARACTER, 0x2014, NULL },
    { "endash", RTF_CHARACTER, 0x2013, NULL },
    { "bullet", RTF_CHARACTER, 0x2022, NULL },
    { "lquote", RTF_CHARACTER, 0x2018, NULL },
    { "rquote", RTF_CHARACTER, 0x2019, NULL },
    { "ldblquote", RTF_CHARACTER, 0x201c, NULL },
    { "rdblquote", RTF_CHARACTER, 0x201d, NULL },
    { "emspace", RTF_CHARACTER, ' ', NULL },
    { "enspace", RTF_CHARACTER, ' ', NULL },
    { "~", RTF_CHARACTER, 0xa0, NULL },
    { "_", RTF_CHARACTER, '-', NULL },
    { "footnote", RTF_PLACE, RTF_TO_NOTE, NULL },
    { "title", RTF_PLACE, RTF_TO_TITLE, NULL },
    { "author", RTF_PLACE, RTF_TO_AUTHOR, NULL },
    { "creatim", RTF_PLACE, RTF_TO_CREATED, NULL },
    { "fonttbl", RTF_PLACE, RTF_TO_FONT, NULL },
    { "colortbl", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "stylesheet", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "info", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "pict", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "objdata", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "fldinst", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "header", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "headerl", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "headerr", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "headerf", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "footer", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "footerl", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "footerr", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "footerf", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "xe", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "tc", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "annotation", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "nonshppict", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "falt", RTF_PLACE, RTF_TO_NOWHERE, NULL },
    { "v", RTF_HIDE, 0, NULL },
    { "deleted", RTF_HIDE, 0, NULL },
    { "f", RTF_FONT, 0, NULL },
    { "plain", RTF_PLAIN, 0, NULL },
    { "fcharset", RTF_CHARSET, 0, NULL },
    { "u", RTF_UNICODE, 0, NULL },
    { "uc", RTF_FALLBACKS, 0, NULL },
    { "ansicpg", RTF_CODEPAGE, 0, NULL },
    { "deff", RTF_DEFAULT_FONT, 0, NULL },
    { "yr", RTF_YEAR, 0, NULL },
    { "mo", RTF_MONTH, 0, NULL },
    { "dy", RTF_DAY, 0, NULL },
};

const struct rtf_rule *rtf_rule(const char *word)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (!strcmp(word, rules[i].word))
            return &rules[i];
    return NULL;
}
