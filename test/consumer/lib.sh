# shellcheck shell=bash
# What the scripts of this folder share. They run where consumer.jar and lib/ are.

die() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

# prints WHAT PATTERN COMMAND…: it succeeds, says nothing on stderr, and its output matches.
prints() {
	local what=$1 pattern=$2 output
	shift 2
	output=$("$@" 2>stderr) || die "$what: $output $(<stderr)"
	[ ! -s stderr ] || die "$what prints: $(<stderr)"
	[[ $output =~ $pattern ]] || die "$what: $output"
	printf 'passed: %s\n' "$what"
}

# fails WHAT PATTERN COMMAND…: it does not succeed, and the remedy that it names matches.
fails() {
	local what=$1 pattern=$2 output remedy
	shift 2
	! output=$("$@" 2>&1) || die "$what: $output"
	remedy=${output##*Remedy: }
	[[ ${remedy%%$'\n\tat '*} =~ $pattern ]] || die "$what: $output"
	printf 'passed: %s: %s\n' "$what" "${BASH_REMATCH[0]}"
}

# The file is gone already, and there is one only.
# shellcheck disable=SC2034 # for the scripts
extracted='got family nlctrl with id 16.mapped: [^ ]*/jgenl-[0-9a-f]*/libjgenl\.so \(deleted\)'

# The JDKs to try: the one in use, and the newest.
jdks() {
	local own release version highest newest=''
	own=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
	highest=$(major "$own/release")
	echo "$own"
	for release in /usr/lib/jvm/*/release; do
		version=$(major "$release")
		if [ "${version:-0}" -gt "$highest" ] && [ -x "${release%/*}/bin/javac" ]; then
			newest=${release%/*} highest=$version
		fi
	done
	[ -z "$newest" ] || echo "$newest"
}

major() {
	sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1"
}

# native_access JDK MODULE: the option without which newer ones warn.
native_access() {
	[ "$(major "$1/release")" -lt 24 ] || echo "--enable-native-access=$2"
}
