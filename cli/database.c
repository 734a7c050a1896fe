/* SPDX-License-Identifier: MIT */
#include "database.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.h"

static char *joined(const char *folder, const char *rest)
{
    size_t size = strlen(folder) + strlen(rest) + 1;
    char *path = malloc(size);

    if (path)
        snprintf(path, size, "%s%s", folder, rest);
    return path;
}

int database_path(const char *command, const char *option, char **path)
{
    const char *named = option ? option : getenv("MUCLUC_DB");
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");

    if (named && *named)
        *path = joined(named, "");
    else if (data && data[0] == '/') /* anything else is to be ignored, says its specification */
        *path = joined(data, "/mucluc");
    else if (home && *home)
        *path = joined(home, "/.local/share/mucluc");
    else
        return complain_usage(command, "no home folder to keep a database in: name one with -d");
    if (*path)
        return STATUS_DONE;
    complain("out of memory");
    return STATUS_SYSTEM;
}

/** No database where one was looked for: say how to make one. */
static int complain_missing(const char *path)
{
    complain("%s: no database here; make one with: mucluc index -d %s FOLDER", path, path);
    return STATUS_USAGE;
}

int database_complain(const char *path, const struct muc_error *err)
{
    return err->code == MUC_ENOTFOUND ? complain_missing(path) : complain_error(err);
}

int database_open_index(const char *path, struct muc_index **index)
{
    struct muc_error err;

    return muc_index_open(path, index, &err) ? database_complain(path, &err) : STATUS_DONE;
}

int database_open_stored(const char *path, struct muc_index **index)
{
    struct muc_error err;

    return muc_index_open_stored(path, index, &err) ? database_complain(path, &err) : STATUS_DONE;
}

/** Make the folders that lead to a path; whoever opens it says what is wrong with them. */
static void make_parents(const char *path)
{
    char *copy = joined(path, "");

    if (!copy)
        return;
    for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST)
            break;
        *slash = '/';
    }
    free(copy);
}

/** Whether a reader would find a database; what else may be wrong with it the writer says. */
static bool is_there(const char *path)
{
    struct muc_index *index = NULL;
    int rc = muc_index_open_stored(path, &index, NULL);

    muc_index_close(index);
    return rc != MUC_ENOTFOUND;
}

int database_open_writer(const char *path, bool create, const struct muc_writer_options *options,
                         struct muc_writer **writer)
{
    struct muc_error err;

    if (!create && !is_there(path))
        return complain_missing(path);
    if (create)
        make_parents(path);
    if (muc_writer_open(path, options, writer, &err))
        return complain_error(&err);
    return STATUS_DONE;
}

bool database_complain_unmerged(const char *path, const struct muc_writer *writer,
                                struct muc_error *err)
{
    if (!muc_writer_unmerged(writer, err))
        return false;
    complain("%s: warning: what was done is committed, but not merged with what was there: %s "
             "(restore a backup, or save what can be read with \"mucluc export\")",
             path, err->message);
    return true;
}

int database_wait_ms(const struct writer_settings *settings)
{
    return settings->wait > INT_MAX / 1000 ? INT_MAX : (int)settings->wait * 1000;
}

unsigned database_threads(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    return n < 1 ? 1 : n > 256 ? 256 : (unsigned)n;
}
