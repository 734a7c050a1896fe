/* SPDX-License-Identifier: MIT */
/* The public header stands alone, before any other. */
#include <mucluc/mucluc.h>

int main(void)
{
    return muc_version()[0] == '\0';
}
