/* SPDX-License-Identifier: MIT */
/* server/answer.h - from a request that was filled in to bytes on the wire. */
#pragma once

#include "server/request.h"

/** Whether the asker has this answer already: sets the etag, and the answer if so. */
bool answer_is_known(struct request *request);

/** Send it, with the headers that all answers have. */
enum MHD_Result answer_send(struct request *request);
