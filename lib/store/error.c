/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "store/env.h"
#include "store/files.h"

int path_error(const char *path, int os, const char *what, struct muc_error *err)
{
    switch (os) {
    case ENOMEM:
        return error_memory(err);
    case ENOSPC:
    case EDQUOT:
        return error_set(err, MUC_ESPACE, os, path, "%s: %s; make room and try again", what,
                         strerror(os));
    case EFBIG:
        return error_set(err, MUC_ESPACE, os, path,
                         "%s: %s; raise ulimit -f, or use a file system for larger files", what,
                         strerror(os));
    case EACCES:
    case EPERM:
    case EROFS:
        return error_set(err, MUC_EIO, os, path, "%s: %s; check owner and permissions", what,
                         strerror(os));
    case ENOTDIR:
        return error_set(err, MUC_EIO, os, path, "%s: %s; name a folder", what, strerror(os));
    default:
        return error_set(err, MUC_EIO, os, path, "%s: %s", what, strerror(os));
    }
}

int env_error(const struct env *env, int rc, struct muc_error *err)
{
    switch (rc) {
    case MDB_MAP_FULL:
    case MDB_MAP_RESIZED:
        return error_set(err, MUC_ESPACE, 0, env->path,
                         "the database outgrew the address space; raise ulimit -v and open again");
    case MDB_TXN_FULL:
        return error_set(err, MUC_ESPACE, 0, env->path,
                         "too many changes for one transaction; commit more often");
    case MDB_READERS_FULL:
        return error_set(err, MUC_EBUSY, 0, env->path,
                         "too many readers have the database open; close some and try again");
    case MDB_PANIC:
        return error_set(err, MUC_EIO, 0, env->path,
                         "a write failed half-way; close the database and open it again");
    case MDB_INVALID:
    case MDB_VERSION_MISMATCH:
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_INCOMPATIBLE:
        return error_set(err, MUC_EDAMAGED, 0, env->path,
                         "%s; restore a backup or index again into a new folder", mdb_strerror(rc));
    default:
        if (rc > 0)
            return path_error(env->path, rc, "the database cannot be used", err);
        return error_set(err, MUC_EIO, 0, env->path, "%s", mdb_strerror(rc));
    }
}
