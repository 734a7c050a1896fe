/* SPDX-License-Identifier: MIT */
/* scratch.h - a folder for a database that is thrown away: a dry run where there is none yet. */
#pragma once

/** Make one in $TMPDIR, else /tmp. @return its path, or NULL: said why. */
char *scratch_make(void);

/** Remove it with the files in it, free the path. NULL is fine. */
void scratch_remove(char *path);
