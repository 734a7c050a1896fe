/* SPDX-License-Identifier: MIT */
/* index/check.h - read every value of the newest state and prove it sound. */
#pragma once

#include "store/store.h"

/** `report` (may be NULL) gets one line for each fault; their number is stored in *n_faults.
 *  MUC_OK also when there are faults; MUC_EVERSION, MUC_EIO, MUC_ENOMEM. */
int index_check(struct store *store, void (*report)(void *context, const char *fault),
                void *context, uint64_t *n_faults, struct muc_error *err);
