#!/bin/bash
# The jars as bundles, in Apache Felix: the framework itself finds the shim, by the headers of the
# fragment. Run by run.sh, where the program and its libraries are.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"

felix=$(echo felix/*.jar)
mkdir -p osgi
javac -d osgi -cp "$felix" "$here/Osgi.java"
prints "a bundle that imports dev.jgenl" \
	"with id 16.mapped: $PWD/osgi/cache/[^ ]*/libjgenl\.so.dev\.jgenl [0-9.]*[^ ]*: 4.dev\.jgenl\.natives [0-9.]*[^ ]*: 4$" \
	java -cp "osgi:$felix" Osgi "$PWD/osgi/cache" consumer.jar lib/jgenl-[0-9]*.jar lib/jgenl-native-*.jar

# What a bundle may import is what a module may read.
exports=$(jar --describe-module --file lib/jgenl-[0-9]*.jar | sed -n 's/^exports //p' | sort)
headers=$( (cd osgi && jar --extract --file ../lib/jgenl-[0-9]*.jar META-INF/MANIFEST.MF && tr -d '\r' <META-INF/MANIFEST.MF) | sed -e ':a' -e '$!N' -e 's/\n //' -e 'ta' -e 'P;D' |
	sed -n 's/^Export-Package: //p' | sed 's/uses:="[^"]*"//g' | grep -o 'dev\.jgenl[a-z.]*' | sort)
[ "$exports" = "$headers" ] || die "module-info exports $exports, the manifest $headers"
echo "passed: the packages that are exported are those of the module"
