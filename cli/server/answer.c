/* SPDX-License-Identifier: MIT */
#include "server/answer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "server/route.h"

enum {
    GZIP_LEAST = 1000,        /* bytes of a body that is worth the trouble */
    STREAM_BLOCK = 32 * 1024, /* bytes asked for at a time */
    STREAM_PIECE = 64 * 1024, /* bytes made at a time, at least */
};

#define CSP                                                                                        \
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src "        \
    "'self'; "                                                                                     \
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/* ---- what the asker has already */

static uint64_t mix(uint64_t hash, const char *text)
{
    for (; *text; text++) /* FNV-1a */
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return (hash ^ '\n') * UINT64_C(0x100000001b3);
}

bool answer_is_known(struct request *request)
{
    const char *known = request_header(request, "If-None-Match");
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    char base[512];

    hash = mix(hash, muc_version());
    hash = mix(hash, request->target);
    hash = mix(hash, request->language == LANGUAGE_EN ? "en" : "vi");
    hash = mix(hash, request_base(request, base, sizeof base));
    snprintf(request->etag, sizeof request->etag, "W/\"%" PRIu64 "-%016" PRIx64 "\"",
             request->view->snapshot, hash);
    if (!known || (!strstr(known, request->etag + 2) && strcmp(known, "*") != 0))
        return false;
    request->status = MHD_HTTP_NOT_MODIFIED;
    return true;
}

void answer_is_of(struct request *request, const struct muc_results *results)
{
    if (muc_results_summary(results)->is_partial)
        request->etag[0] = '\0';
}

/* ---- gzip */

/** Whether what stands behind the name of a coding is a weight of nought: ; q=0.000 */
static bool is_refused(const char *at)
{
    at += strspn(at, " \t");
    if (*at != ';')
        return false;
    at += 1 + strspn(at + 1, " \t");
    return strncasecmp(at, "q=", 2) == 0 && strspn(at + 2, "0.") == strcspn(at + 2, ", \t");
}

static bool wants_gzip(const struct request *request)
{
    const char *accepted = request_header(request, "Accept-Encoding");
    const char *gzip = accepted ? strstr(accepted, "gzip") : NULL;

    return gzip && !is_refused(gzip + strlen("gzip"));
}

/** A smaller body in the place of the body. False: it stays as it was. */
static bool compress_body(struct request *request)
{
    z_stream z = { 0 };
    char *out;
    uLong bound;
    bool done;

    if (deflateInit2(&z, 3, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    bound = deflateBound(&z, (uLong)request->size);
    out = malloc(bound);
    if (!out) {
        deflateEnd(&z);
        return false;
    }
    z.next_in = (Bytef *)request->bytes;
    z.avail_in = (uInt)request->size;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)bound;
    done = deflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out < request->size;
    if (done) {
        free(request->bytes);
        request->bytes = out;
        request->size = z.total_out;
    } else {
        free(out);
    }
    deflateEnd(&z);
    return done;
}

/* ---- streams */

/** Pieces made, of which a part was sent. */
struct sending {
    struct request *request;
    FILE *file; /* in memory: sets `bytes` and `size` when it is flushed and when it is closed */
    char *bytes;
    size_t size, sent;
    enum piece last; /* that was made */
};

/** Make some more. False: it cannot be made. */
static bool make_piece(struct sending *sending)
{
    struct stream *stream = &sending->request->stream;

    rewind(sending->file);
    sending->sent = 0;
    while (sending->last == PIECE_MORE && ftello(sending->file) < STREAM_PIECE)
        sending->last = stream->next(stream->context, sending->file);
    return fflush(sending->file) == 0 && !ferror(sending->file) && sending->last != PIECE_FAILED;
}

static ssize_t read_stream(void *context, uint64_t position, char *out, size_t most)
{
    struct sending *sending = context;
    size_t size;

    (void)position;
    if (sending->sent == sending->size) {
        if (sending->last == PIECE_LAST)
            return MHD_CONTENT_READER_END_OF_STREAM;
        if (!make_piece(sending))
            return MHD_CONTENT_READER_END_WITH_ERROR;
        if (!sending->size)
            return MHD_CONTENT_READER_END_OF_STREAM;
    }
    size = sending->size - sending->sent < most ? sending->size - sending->sent : most;
    memcpy(out, sending->bytes + sending->sent, size);
    sending->sent += size;
    sending->request->sent += size;
    return (ssize_t)size;
}

static void free_stream(void *context)
{
    struct sending *sending = context;

    if (sending->file)
        fclose(sending->file);
    free(sending->bytes);
    free(sending);
}

static struct MHD_Response *stream_response(struct request *request)
{
    struct sending *sending = calloc(1, sizeof *sending);
    struct MHD_Response *response;

    if (!sending)
        return NULL;
    sending->request = request;
    sending->file = open_memstream(&sending->bytes, &sending->size);
    if (!sending->file) {
        free(sending);
        return NULL;
    }
    response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, read_stream,
                                                 sending, free_stream);
    if (!response)
        free_stream(sending);
    return response;
}

/* ---- sending */

static void add_headers(const struct request *request, struct MHD_Response *response)
{
    const char *const always[][2] = {
        { "X-Request-Id", request->id },
        { "X-Content-Type-Options", "nosniff" },
        { "Referrer-Policy", "same-origin" },
        { "Content-Security-Policy", CSP },
        { "Cross-Origin-Resource-Policy", "same-origin" },
        { "Cross-Origin-Opener-Policy", "same-origin" },
        { "X-Frame-Options", "DENY" },
        { "Cache-Control", request->cache ? request->cache : "no-cache" },
        { "Vary", request->varies ? "Accept-Encoding, Accept-Language" : "Accept-Encoding" },
    };
    char disposition[128];

    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        MHD_add_response_header(response, always[i][0], always[i][1]);
    if (request->type)
        MHD_add_response_header(response, "Content-Type", request->type);
    if (*request->etag)
        MHD_add_response_header(response, "ETag", request->etag);
    if (request->location)
        MHD_add_response_header(response, "Location", request->location);
    if (request->status == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header(response, "Allow", "GET, HEAD");
    if (request->status == MHD_HTTP_UNAUTHORIZED)
        MHD_add_response_header(response, "WWW-Authenticate", "Bearer realm=\"mucluc\"");
    if (request->status == MHD_HTTP_SERVICE_UNAVAILABLE)
        MHD_add_response_header(response, "Retry-After", "5");
    if (request->file_name) {
        snprintf(disposition, sizeof disposition, "attachment; filename=\"%s\"",
                 request->file_name);
        MHD_add_response_header(response, "Content-Disposition", disposition);
    }
}

/** Make `bytes` and `size` of the body. False: memory did not suffice for all of it. */
static bool end_body(struct request *request)
{
    bool whole = true;

    if (request->body) {
        whole = !ferror(request->body);
        whole &= fclose(request->body) == 0;
    }
    request->body = NULL;
    return whole;
}

enum MHD_Result answer_send(struct request *request)
{
    struct MHD_Response *response;
    enum MHD_Result result;
    bool zipped = false;

    if (!end_body(request))
        return MHD_NO; /* the connection is closed: none is better than half an answer */
    if (request->stream.next) {
        response = stream_response(request);
    } else {
        zipped = request->size >= GZIP_LEAST && wants_gzip(request) && compress_body(request);
        request->sent = request->size;
        response =
            MHD_create_response_from_buffer(request->size, request->bytes, MHD_RESPMEM_PERSISTENT);
    }
    if (!response)
        return MHD_NO;
    add_headers(request, response);
    if (zipped)
        MHD_add_response_header(response, "Content-Encoding", "gzip");
    watch_set(&request->server->watch, request->watched,
              request->stream.next ? WATCH_STREAMING : WATCH_ANSWERING);
    result = MHD_queue_response(request->connection, request->status, response);
    MHD_destroy_response(response);
    return result;
}
