#!/bin/bash
# The ways in which programs are started and packed, each without a word on stderr and without a flag
# for the sake of the library. Run by run.sh, where the program and its libraries are.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$(readlink -f "$0")")/lib.sh"

jars=(lib/*.jar)
for jdk in $(jdks); do
	java=$jdk/bin/java
	name="JDK $(major "$jdk/release")"
	mapfile -t all < <(native_access "$jdk" ALL-UNNAMED)
	mapfile -t ours < <(native_access "$jdk" dev.jgenl)

	prints "$name, class path" "^unnamed module.*$extracted$" \
		"$java" "${all[@]}" -cp 'consumer.jar:lib/*' consumer.Main
	prints "$name, module path" "^module dev\.jgenl.*$extracted$" \
		"$java" "${ours[@]}" -p consumer.jar:lib -m consumer/consumer.Main
	prints "$name, boot class path" "$extracted$" \
		"$java" "${all[@]}" "-Xbootclasspath/a:$(IFS=: && echo "${jars[*]}")" -cp consumer.jar consumer.Main
	prints "$name, the jar of jgenl-native in a child loader" "$extracted$" \
		"$java" "${all[@]}" -cp "consumer.jar:$(printf '%s\n' "${jars[@]}" | grep -v jgenl-native | paste -sd:)" \
		consumer.ChildLoader lib/jgenl-native-*.jar
	prints "$name, two class loaders" "$extracted.*mapped: [^ ]* \(deleted\) and [^ ]* \(deleted\)$" \
		"$java" "${all[@]}" -cp consumer.jar consumer.TwoLoaders consumer.jar "${jars[@]}"

	rm -rf image packaged
	"$jdk/bin/jlink" -p consumer.jar:lib --add-modules consumer --output image
	prints "$name, jlink" "^module dev\.jgenl.*$extracted$" \
		image/bin/java "${ours[@]}" -m consumer/consumer.Main
	# Needs objcopy, of binutils.
	"$jdk/bin/jpackage" --type app-image -p consumer.jar:lib -m consumer/consumer.Main -n consumer \
		--dest packaged ${ours[@]:+--java-options "${ours[@]}"}
	prints "$name, jpackage" "^module dev\.jgenl.*$extracted$" packaged/consumer/bin/consumer

	prints "$name, shaded" "$extracted$" "$java" "${all[@]}" -jar consumer-shaded.jar
	prints "$name, Spring Boot's nested jars" "$extracted$" "$java" "${all[@]}" -jar consumer-boot.jar
done

# From JDK 24 on this needs the controller of the layer to allow what loads libraries.
prints "a layer with a class loader for each module" "^module dev\.jgenl.*$extracted$" \
	java -cp consumer.jar consumer.ManyLoaders consumer.jar "${jars[@]}"

jdk=$(jdks | tail -n 1)
if [ "$(major "$jdk/release")" -ge 24 ]; then
	deny=("$jdk/bin/java" --illegal-native-access=deny)
	prints "denied to all others" "$extracted$" \
		"${deny[@]}" --enable-native-access=dev.jgenl -p consumer.jar:lib -m consumer/consumer.Main
	fails "denied, module path" '--enable-native-access=dev\.jgenl$' \
		"${deny[@]}" -p consumer.jar:lib -m consumer/consumer.Main
	fails "denied, class path" '--enable-native-access=ALL-UNNAMED$' \
		"${deny[@]}" -cp 'consumer.jar:lib/*' consumer.Main
else
	echo "SKIPPED: --illegal-native-access=deny: there is no JDK 24 or newer in /usr/lib/jvm"
	[ -z "${CI:-}" ]
fi
