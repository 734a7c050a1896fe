/* SPDX-License-Identifier: MIT */
/* server/phrases.h - every word of the page, in its languages. */
#pragma once

#include "server/request.h"

/** P_…_HINT of a page that tells what went wrong stands behind its title. */
enum phrase {
    P_NAME,
    P_SEARCH,
    P_QUERY,
    P_QUERY_HINT,
    P_HELP,
    P_OTHER_LANGUAGE,
    P_SKIP,
    P_DOCUMENTS,
    P_ONE_DOCUMENT,
    P_AT_LEAST,
    P_WITH_ALL,
    P_AS_WRITTEN,
    P_SECONDS,
    P_SEARCHED_AS,
    P_LITERALLY,
    P_DID_YOU_MEAN,
    P_ANY_WORD,
    P_NOT_ALL_WORDS,
    P_ALL_WORDS_ONLY,
    P_PARTIAL,
    P_WARNING,
    P_ONE_COPY,
    P_COPIES,
    P_SIMILAR,
    P_NO_DATE,
    P_UNTITLED,
    P_TIER_SPELLING,
    P_TIER_LOST,
    P_TIER_OTHER,
    P_TIER_EXPANSION,
    P_TIER_REPAIR,
    P_SOURCE,
    P_KIND,
    P_LANG,
    P_TAG,
    P_YEAR,
    P_MONTH,
    P_YEARS_HINT,
    P_NONE_GIVEN,
    P_MORE,
    P_NARROW,
    P_REMOVE,
    P_SORT,
    P_SORT_BEST,
    P_SORT_NEW,
    P_SORT_OLD,
    P_FROM,
    P_TO,
    P_SINCE,
    P_UNTIL,
    P_DATE_HINT,
    P_BAD_DATE,
    P_BAD_OFFSET,
    P_APPLY,
    P_CALENDAR,
    P_RESULTS,
    P_PAGES,
    P_FIRST,
    P_BEFORE,
    P_NEXT,
    P_PAGE,
    P_TAKE_ALONG,
    P_FEED,
    P_NOTHING,
    P_NOTHING_HINT,
    P_NOTHING_BARE,
    P_NOTHING_YET,
    P_NOTHING_FILTERS,
    P_ALL_WORDS,
    P_TOO_DEEP,
    P_PAST_END,
    P_HOLDS,
    P_SOURCES,
    P_LATEST,
    P_EMPTY_ARCHIVE,
    P_BACK,
    P_HIT_HERE,
    P_HITS_HERE,
    P_HIT_BEFORE,
    P_HIT_NEXT,
    P_DATE,
    P_DATE_FROM_NAME,
    P_DATE_FROM_LINE,
    P_DATE_FROM_FILE,
    P_BYLINE,
    P_ADDRESS,
    P_CITE,
    P_COPY,
    P_COPIED,
    P_PERMANENT,
    P_AS_JSON,
    P_SLOW,
    P_SUGGESTIONS,
    P_DETAIL,
    P_NOT_FOUND,
    P_NOT_FOUND_HINT,
    P_WRONG,
    P_WRONG_HINT,
    P_NO_TOKEN,
    P_NO_TOKEN_HINT,
    P_READ_ONLY,
    P_READ_ONLY_HINT,
    P_FAILED,
    P_FAILED_HINT,
    P_HOME,
    PHRASES,
};

const char *phrase(const struct request *request, enum phrase name);

/** hl=vi or hl=en, else what the browser prefers, else Vietnamese. */
enum language language_of(const struct request *request);

/** "22/12/2020" or "22 December 2020", with what is known of it. @return `text`. */
const char *phrase_date(const struct request *request, struct muc_date date, char text[32]);

/** 12.345 or 12,345. @return `text`. */
const char *phrase_count(const struct request *request, uint64_t n, char text[32]);

/** Write what of a query was not read as it may have been meant. */
void phrase_warning(const struct request *request, const struct muc_warning *warning);

/** "" for what was met as written. */
const char *phrase_tier(const struct request *request, enum muc_tier tier);
