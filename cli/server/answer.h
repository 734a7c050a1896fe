/* SPDX-License-Identifier: MIT */
/* server/answer.h - from a request that was filled in to bytes on the wire. */
#pragma once

#include "server/request.h"

/** Whether the asker has this answer already: sets the etag, and the answer if so. */
bool answer_is_known(struct request *request);

/** To be called with the results that the answer is of: those of a query that was cut short are not
 *  to be kept until the next commit, so they get no etag. */
void answer_is_of(struct request *request, const struct muc_results *results);

/** Send it, with the headers that all answers have. */
enum MHD_Result answer_send(struct request *request);
