/* SPDX-License-Identifier: MIT */
/* server/problem.h - what went wrong: problem details (RFC 9457) for programs, a page for people.
 */
#pragma once

#include "server/request.h"

/** Make it the answer. */
void problem_write(struct request *request, unsigned status, const char *detail);

/** The words of a status: "Not Found". */
const char *problem_title(unsigned status);
