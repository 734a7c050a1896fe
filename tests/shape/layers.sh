#!/bin/sh
# layers.sh SOURCE_ROOT: no room includes a room that is not below it, and the tools use the public
# header alone.
set -eu
cd "$1/lib"
bad=0

while read -r room allowed; do
    for other in */; do
        other=${other%/}
        case " $room include $allowed " in *" $other "*) continue ;; esac
        if grep -rnE --include='*.[ch]' "^#include \"$other/" "$room"; then
            echo "$room must not include $other"
            bad=1
        fi
    done
done <<'T'
base
text base
codec base
store base
doc text base
query text base
snippet text base
index doc text codec store base
search index query snippet doc text codec store base
api search index query snippet doc text codec store base
T

# of search: what a query may mean knows nothing of how it is found, and what finds the best
# nothing of what was typed
while read -r room allowed; do
    if grep -nE '^#include "search/' "$room"/*.[ch] | grep -vE "\"search/($allowed)"; then
        echo "$room must include of search nothing but $allowed"
        bad=1
    fi
done <<'T'
search/repair repair/|terms\.h|cursor\.h|deadline\.h
search/expand expand/|repair/|terms\.h
search/best best/|(cursor|deadline|discount|filter|marks|matcher|phrase|plan|score|scorer|topk)\.h
T

# glibc-hwcaps has no source of its own: what is built there is all of these once more
listed=$(printf '%s\n' api base codec doc glibc-hwcaps include index query search snippet store text)
if [ "$(printf '%s\n' */ | tr -d / | sort)" != "$listed" ]; then
    echo "a folder of lib/ is in no layer: list it above"
    bad=1
fi

if grep -rnE '^#include "(base|text|codec|store|doc|query|snippet|index|search|api)/' ../cli; then
    echo "cli uses the public header alone"
    bad=1
fi
exit $bad
