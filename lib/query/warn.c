/* SPDX-License-Identifier: MIT */
#include "query/warn.h"

#include "base/vector.h"

static const struct {
    const char *name, *words;
} warnings[] = {
    [MUC_WARNING_BRACKET_UNOPENED] = { "bracket-unopened",
                                       "a closing bracket without an opening one, left out" },
    [MUC_WARNING_BRACKET_UNCLOSED] = { "bracket-unclosed",
                                       "an opening bracket without a closing one, left out" },
    [MUC_WARNING_BRACKETS_DEEP] = { "brackets-deep", "brackets too deep, left out" },
    [MUC_WARNING_QUOTE_UNCLOSED] = { "quote-unclosed",
                                     "a quote without its closing quote, searched as words" },
    [MUC_WARNING_OPERATOR_ALONE] = { "operator-alone", "an operator without words on both sides, "
                                                       "searched as a word" },
    [MUC_WARNING_NOT_ALONE] = { "not-alone", "NOT without a word behind it, searched as a word" },
    [MUC_WARNING_NEAR_OPERAND] = { "near-operand", "NEAR joins words and phrases, left out here" },
    [MUC_WARNING_ONLY_EXCLUDED] = { "only-excluded",
                                    "only excluded words: nothing is searched for here" },
    [MUC_WARNING_FIELD_UNKNOWN] = { "field-unknown", "unknown field, searched as words" },
    [MUC_WARNING_FIELD_EMPTY] = { "field-empty", "a field without a value behind its colon, "
                                                 "searched as words" },
    [MUC_WARNING_DATE_UNREAD] = { "date-unread",
                                  "no date as 2020, 2020-12 or 22/12/2020, searched as words" },
    [MUC_WARNING_WEIGHT_RANGE] = { "weight-range", "a weight is between 0.01 and 100" },
    [MUC_WARNING_TOO_LONG] = { "too-long", "the query is too long, left out from here" },
    [MUC_WARNING_WILDCARD] = { "wildcard", "* and ? stand among the letters of one word, in "
                                           "sixteen words at most: read as blanks" },
    [MUC_WARNING_FUZZY] = { "fuzzy", "~, ~1 or ~2 stands behind a word without digits, sixteen of "
                                     "them at most: left out" },
    [MUC_WARNING_NUMBERED_NAME] = { "numbered-name", "a minus between a name and its number, "
                                                     "searched as words: NOT excludes" },
    [MUC_WARNING_FORMS] = { "forms",
                            "* or ~ in a phrase or NEAR fits too many words: only the most "
                            "frequent were looked for" },
    [MUC_WARNING_STEMS] = { "stems", "a word of another language, searched as typed alone: "
                                     "libstemmer, which knows its other forms, cannot be loaded" },
};

bool warn(struct query *query, uint32_t position, enum muc_warning_kind kind)
{
    if (query->n_warnings == QUERY_MAX_WARNINGS)
        return true;
    if (!vector_fit(&query->warnings, query->n_warnings, &query->room_warnings, 1,
                    sizeof *query->warnings))
        return false;
    query->warnings[query->n_warnings++] = (struct query_warning){ position, kind };
    return true;
}

static bool is_known(enum muc_warning_kind kind)
{
    return (size_t)kind < sizeof warnings / sizeof *warnings && warnings[kind].name;
}

const char *warn_name(enum muc_warning_kind kind)
{
    return is_known(kind) ? warnings[kind].name : "unknown";
}

const char *warn_words(enum muc_warning_kind kind)
{
    return is_known(kind) ? warnings[kind].words : "";
}
