/* SPDX-License-Identifier: MIT */
/* server/route.h - which path is answered by what. */
#pragma once

#include "server/request.h"

struct route {
    const char *name; /* in the log and the metrics */
    const char *path; /* one that ends in a slash but "/": whatever begins with it */
    void (*handle)(struct request *request); /* fills the answer */
    bool reads; /* the index: the answer is good until the next commit */
    bool page;  /* for people: problems are pages too */
    bool open;  /* needs no token */
};

/** In the order of their numbers; the last one stands for all other paths. */
extern const struct route routes[];
extern const size_t n_routes;

const struct route *route_find(struct muc_string path);

/* the handlers */
void handle_search(struct request *request);
void handle_document(struct request *request);
void handle_stats(struct request *request);
void handle_health(struct request *request);
void handle_metrics(struct request *request);
