/* SPDX-License-Identifier: MIT */
/* store/read.h - what reading and writing share: seals, and LMDB's values. */
#pragma once

#include <lmdb.h>

#include "store/store.h"

MDB_val val_of(struct muc_string string);
struct muc_string string_of(MDB_val val);

/** A value as LMDB holds it, without its seal. False if it is too short to have one. */
bool unseal(MDB_val val, struct muc_string *value);
