#!/bin/bash
# A program with typed families on the class path, on the module path and in an image. Run by run.sh,
# where links.jar and its libraries are.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$(readlink -f "$0")")/lib.sh"

listed=$'[^\n]*\n(netdev [0-9]+\n)*netdev 1\n(netdev [0-9]+\n)*(rt-link [^\n]+\n)*rt-link lo\n(rt-link [^\n]+\n)*by name lo$'
for jdk in $(jdks); do
	java=$jdk/bin/java
	name="JDK $(major "$jdk/release"), typed families"
	mapfile -t all < <(native_access "$jdk" ALL-UNNAMED)
	mapfile -t ours < <(native_access "$jdk" dev.jgenl)

	prints "$name, class path" "^unnamed module$listed" "$java" "${all[@]}" -cp 'links.jar:lib/*' links.Main
	prints "$name, module path" "^module dev\.jgenl\.families$listed" \
		"$java" "${ours[@]}" -p links.jar:lib -m links/links.Main
	rm -rf image
	"$jdk/bin/jlink" -p links.jar:lib --add-modules links --output image
	prints "$name, jlink" "^module dev\.jgenl\.families$listed" image/bin/java "${ours[@]}" -m links/links.Main
done
