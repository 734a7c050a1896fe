/* SPDX-License-Identifier: MIT */
#include "search/recency.h"

#include <math.h>

#include "index/columns.h"
#include "search/score.h"

/** A day's number in the Gregorian calendar; years begin in March, so that a leap day ends one. A
 *  month or year alone counts as its middle. */
static int64_t day_of(uint32_t packed)
{
    struct muc_date date = date_unpack(packed);
    int64_t month = date.month ? date.month : 7, day = date.day ? date.day : date.month ? 15 : 1;
    int64_t year = date.year - (month < 3);

    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * ((month + 9) % 12) + 2) / 5 +
           day;
}

void recency_open(const struct reader *reader, uint32_t half_life, struct recency *recency)
{
    *recency = (struct recency){ half_life, INT64_MIN };
    for (uint32_t s = 0; s < reader->n_segments && half_life; s++) {
        const struct segment *segment = &reader->segments[s];
        uint32_t newest = 0;

        for (uint32_t doc = 0; doc < segment->n_docs; doc++)
            if (segment->dates[doc] > newest && !segment_is_deleted(segment, doc))
                newest = segment->dates[doc];
        if (newest && day_of(newest) > recency->newest)
            recency->newest = day_of(newest);
    }
}

double recency_bonus(const struct recency *recency, uint32_t date, double score)
{
    double age;

    if (!recency->half_life || !date)
        return 0;
    age = (double)(recency->newest - day_of(date));
    return score_round(score * RECENCY_MOST * exp2(-fmax(age, 0) / recency->half_life));
}
