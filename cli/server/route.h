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

/** In the order of their numbers; the last two stand for all other paths. */
extern const struct route routes[];
extern const size_t n_routes;

const struct route *route_find(struct muc_string path);

/* the handlers */
void handle_search(struct request *request);
void handle_similar(struct request *request);
void handle_suggest(struct request *request);
void handle_document(struct request *request);
void handle_stats(struct request *request);
void handle_page(struct request *request);
void handle_home(struct request *request);
void handle_document_page(struct request *request);
void handle_feed(struct request *request);
void handle_export_csv(struct request *request);
void handle_export_jsonl(struct request *request);
void handle_export_ris(struct request *request);
void handle_export_bib(struct request *request);
void handle_help(struct request *request);
void handle_asset(struct request *request);
void handle_openapi(struct request *request);
void handle_opensearch(struct request *request);
void handle_health(struct request *request);
void handle_metrics(struct request *request);
