#!/bin/bash
# A program in Kotlin with typed families, and what Kotlin refuses because of their nullness. Run by run.sh, where
# the libraries of links.jar are: kotlin.sh PROJECT, whose target/compiler holds the compiler.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$(readlink -f "$0")")/lib.sh"
project=$1
stdlib=("$project"/target/compiler/kotlin-stdlib-[0-9]*.jar)

compile() { # SOURCE JAR
	java -cp "$project/target/compiler/*" org.jetbrains.kotlin.cli.jvm.K2JVMCompiler -no-stdlib -no-reflect \
		-Xjspecify-annotations=strict -Werror -jvm-target 17 \
		-cp "$(printf '%s:' lib/*.jar)${stdlib[0]}" -d "$2" "$project/$1"
}

compile Links.kt kotlin.jar || die "Kotlin cannot use the typed families"
! compile Nulls.kt nulls.jar 2>nulls.log || die "Kotlin takes null where there is none"
lines=$(sed -n 's/.*Nulls\.kt:\([0-9]*\):.* error: .* type mismatch.*/\1/p' nulls.log)
[ "$lines" = "$(grep -n '^fun' "$project/Nulls.kt" | cut -d : -f 1)" ] ||
	die "Kotlin does not see where null is: $(<nulls.log)"

for jdk in $(jdks); do
	mapfile -t all < <(native_access "$jdk" ALL-UNNAMED)
	prints "JDK $(major "$jdk/release"), typed families in Kotlin" \
		$'^lo\n(rt-link [^\n]+\n)*rt-link lo up (true|false) kind none\n(rt-link [^\n]+\n)*ethtool lo true$' \
		"$jdk/bin/java" "${all[@]}" -cp "kotlin.jar:lib/*:${stdlib[0]}" LinksKt
done
