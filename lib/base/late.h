/* SPDX-License-Identifier: MIT */
/* base/late.h - libraries that most processes never call, loaded by what calls them first.
 *
 * Those of the readers and what they need in turn are ten shared objects, which took a quarter of
 * the time from a process' start to its first answer, and libstemmer brought in 90 pages. Each has
 * a table of its functions, a structure with a LATE_MEMBER() for each, which are called as in
 * libxml.xmlFreeDoc(…). */
#pragma once

#include <stdbool.h>

#define LATE_MEMBER(name) __typeof__(&(name)) name;

/** Where the address of a function goes. */
struct late_function {
    const char *name;
    void *at; /* a pointer to a function, or to a variable */
};

struct late_library {
    const char *name;                      /* one of base/late_names.h */
    const struct late_function *functions; /* NULL ends them */
    void (*prepare)(void);                 /* once, when they are there; or NULL */
    bool is_tried;
    char failure[160]; /* why it is not there, or "" */
};

/** Fill the table of a library. False: it is not installed, or another version than it was built
 *  for; `failure` says why. Any thread, any number of times. The library stays loaded: what it
 *  does may be under way as long as the process lives. */
bool late_load(struct late_library *library);
