/* SPDX-License-Identifier: MIT */
/* server/request.h - one request and its answer on their way. */
#pragma once

#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "options.h"
#include "server/server.h"
#include "server/target.h"

enum {
    REQUEST_QUERY_MAX = 1000, /* characters of q */
    REQUEST_ID_SIZE = 65,
};

enum language { LANGUAGE_VI, LANGUAGE_EN };

enum piece { PIECE_MORE, PIECE_LAST, PIECE_FAILED };

/** A body that is made as it is sent. */
struct stream {
    void *context;
    /** Write the next piece. Where that fails the connection is closed without the body's end. */
    enum piece (*next)(void *context, FILE *out);
    void (*close)(void *context);
};

struct request {
    struct server *server;
    struct MHD_Connection *connection;
    struct watched *watched;
    const struct route *route;
    const char *method;
    char *target;           /* as it was sent, with its query */
    char *decoded;          /* where path and parameters lie */
    struct target parts;    /* of the target */
    struct muc_string path; /* decoded, without the server's prefix */
    char id[REQUEST_ID_SIZE];
    char address[64];
    struct timespec time;
    uint64_t start; /* microseconds of the steady clock */
    enum language language;
    bool seen; /* its head was looked at */
    struct view *view;

    /* the answer */
    unsigned status;
    FILE *body;  /* while it is being written */
    char *bytes; /* of a body */
    size_t size;
    const char *type;      /* media type */
    const char *cache;     /* Cache-Control; NULL: ask again each time */
    const char *file_name; /* to be saved as; NULL: to be shown */
    const char *location;  /* where to look instead */
    bool varies;           /* by language */
    char etag[64];         /* "" if none */
    struct stream stream;  /* instead of a body, if .next */
    uint64_t sent;         /* bytes of the body */
};

/** NULL: no memory. */
struct request *request_new(struct server *server, const char *target,
                            struct MHD_Connection *connection);
void request_free(struct request *request);

/** Split the target into path and parameters. False: the answer is a problem already. */
bool request_parse(struct request *request);

/** Value of a header, or NULL. */
const char *request_header(const struct request *request, const char *name);

/** Value of a parameter, or NULL. */
const char *request_parameter(const struct request *request, const char *name);

/**
 * Give the options in `sets` the values of the parameters of their names.
 *
 * @param lenient unknown parameters and bad values are passed over.
 * @return false: the answer is a problem already.
 */
bool request_options(struct request *request, const struct option_set *sets, size_t n_sets,
                     bool lenient);

/** Begin a body anew; false: no memory, the answer is a problem. */
bool request_begin(struct request *request, unsigned status, const char *type);

/** The answer is this problem (RFC 9457), or a page that tells it. @return false. */
__attribute__((format(printf, 3, 4))) bool request_problem(struct request *request, unsigned status,
                                                           const char *detail, ...);

/** The same for what the library said. */
bool request_error(struct request *request, const struct muc_error *err);

/** The address that others reach this server by, "http://host/prefix", in `text`. */
const char *request_base(const struct request *request, char *text, size_t size);
