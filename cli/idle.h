/* SPDX-License-Identifier: MIT */
/* idle.h - to work only when nobody else wants the processor or the disk. */
#pragma once

/** Lowest priority for both, for this process and its children. Said if the system refuses. */
void idle_begin(void);
