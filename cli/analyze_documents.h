/* SPDX-License-Identifier: MIT */
/* analyze_documents.h - analyse a file of JSON Lines documents, for other engines. */
#pragma once

#include "output.h"

struct muc_analyzer;

/** @param tokens a line of forms for each document, else an object. @return an exit status. */
int analyze_documents(struct output *out, struct muc_analyzer *analyzer, const char *path,
                      bool tokens);
