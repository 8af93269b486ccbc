# shellcheck shell=bash
# What the parts share. They source it behind common.sh, and stand in the project's folder.
#
# A part is a script PART.sh that says what it does with --help, takes --quick, and ends with
#   0  what it proves holds: target/torture/PART.json has its figures
#   1  it does not, or could not be tried
#   3  it was not run, which is no failure: the JSON file has the reason
# shellcheck disable=SC2034 # the parts read these
not_run=3 cache=${XDG_CACHE_HOME:-$HOME/.cache}/jgenl
# A change of what it is built from makes another one.
kernel=$cache/kernel-$(sha256sum <test/torture/kernel.config | cut -c 1-16)

# begin PART TITLE [--quick | --help]: reads the arguments of a part, and sees to its result.
begin() {
	part=$1 title=$2 quick=false
	case ${3:-} in
	'') ;;
	--quick) quick=true ;;
	-h | --help) usage && exit ;;
	*) usage >&2 && die "unknown argument '$3'" ;;
	esac
	results=target/torture
	! $quick || results+=/quick
	started=$SECONDS figures=() tables=() reason='' left_out='' work=''
	tried=${JGENL_TORTURE_BUILT:-$(commit)}
	hold
	mkdir -p "$results"
	rm -f "$results/$part.json"
	trap 'finish $?' EXIT
	# What is stopped from outside has no result.
	trap 'trap - EXIT; rm -rf "$work"; exit 130' INT TERM HUP
	say "$title"
}

# A folder that is gone when the part ends.
make_work() {
	work=$(mktemp -d "$PWD/target/torture/$part.XXXXXX")
}

# maven WORD…: not while another part does the same.
maven() {
	nice -n 10 flock target/torture/maven.lock mvn -B -ntp "$@"
}

# hold: while what the parts try is in use, nobody builds it anew.
hold() {
	mkdir -p target/torture
	exec {in_use}>>target/torture/in-use.lock
	flock -s "$in_use"
}

# is_built STAMP: what the parts try is that of this commit, and nothing of it has been made since.
is_built() {
	[ "$(cat "$1" 2>/dev/null)" = "$(commit)" ] && [ -z "$(
		find java/*/target examples/*/target native/target native/target/cmake -maxdepth 1 \
			\( -name '*.jar' -o -name '*.so' \) -newer "$1"
		find test/target/test-classes -name '*.class' -newer "$1"
	)" ]
}

# build_once: what the parts try, unless it is there, or run.sh has seen to it.
build_once() {
	local stamp=target/torture/built commit
	[ -z "${JGENL_TORTURE_BUILT:-}" ] || return 0
	if ! is_built $stamp; then
		flock -n "$in_use" || die "what would be tried is not of this commit, and another part is at it: await its end"
		rm -f $stamp
		commit=$(commit)
		build_java
		[[ $commit == *-changed || $commit != "$(commit)" ]] || echo "$commit" >$stamp
		flock -s "$in_use"
	fi
}

progress() {
	printf '%s: %s\n' "$part" "$*"
}

# fail WORD…: ends the part with this reason.
fail() {
	reason=$*
	exit 1
}

# leave_out WORD…: says why it was not run.
leave_out() {
	reason=$* left_out=yes
	progress "NOT RUN: $reason"
	exit $not_run
}

quoted() {
	local text=${1//\\/\\\\}
	text=${text//\"/\\\"}
	printf '"%s"' "${text//[[:cntrl:]]/ }"
}

# array WORD…: of JSON.
array() {
	local IFS=,
	printf '[%s]' "$*"
}

# strings WORD…: the same, of strings.
strings() {
	local word words=()
	for word; do
		words+=("$(quoted "$word")")
	done
	array "${words[@]}"
}

# figure NAME VALUE: what the part found out.
figure() {
	progress "$1: $2"
	figures+=("$(strings "$1" "$2")")
}

# figure_tests NAME LOG: how they ended, as JUnit's launcher says in the end; that none passed is a failure.
figure_tests() {
	local outcomes
	outcomes=$(sed -n 's/^\[ *\([0-9]*\) tests \(successful\|aborted\|skipped\).*/\1 \2/p' "$2")
	grep -q '^[1-9][0-9]* successful' <<<"$outcomes" || fail "no test passed, see $2"
	figure "$1" "${outcomes//$'\n'/, }"
}

# table TITLE COLUMN…: its rows come from stdin, separated by tabs.
table() {
	local rows=() cells
	printf '%s\n' "$1"
	while IFS=$'\t' read -r -a cells; do
		printf '  %-28s %s\n' "${cells[0]}" "${cells[*]:1}"
		rows+=("$(strings "${cells[@]}")")
	done
	tables+=("{\"title\": $(quoted "$1"), \"columns\": $(strings "${@:2}"), \"rows\": $(array "${rows[@]}")}")
}

kernel_is_built() {
	[ -e "$kernel" ]
}

# kernel_speaks: it has told of each fault that was made on purpose.
kernel_speaks() {
	[ -e "$kernel/.jgenl-speaks" ]
}

# in_kernel FOLDER [OPTION…] -- CMD…: runs CMD under the kernel with sanitizers; it may write to FOLDER.
in_kernel() {
	test/vm/run.sh --kernel "$kernel/arch/x86/boot/bzImage" --kdir "$kernel" --writable "$@"
}

# The commit that is tried; with changes it is nobody's. The report itself is none.
commit() {
	local changes
	changes=$(git status --porcelain -- . ':!docs/torture.md') || return
	printf '%s%s\n' "$(git rev-parse --short=12 HEAD)" "${changes:+-changed}"
}

machine() {
	printf '%s, %s processors, %s MiB, %s, Linux %s, QEMU %s\n' \
		"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" \
		"$(($(sed -n 's/^MemTotal: *\([0-9]*\).*/\1/p' /proc/meminfo) / 1024))" \
		"$(. /etc/os-release && printf %s "$PRETTY_NAME")" "$(uname -r)" \
		"$(qemu-system-x86_64 --version 2>/dev/null | sed -n '1s/.*version \([0-9.]*\).*/\1/p')"
}

# Runs when a part ends, however it does.
finish() {
	local status=$1 outcome=passed
	trap - EXIT
	if [ "$left_out" ]; then
		outcome='not run'
	elif ((status)); then
		outcome=failed reason=${reason:-"it ended with $status"} status=1
		printf '\n%s: FAILED: %s\n' "$part" "$reason" >&2
	fi
	# What was changed meanwhile was not tried from the start.
	[ "$tried" = "$(commit)" ] || tried=${tried%-changed}-changed
	{
		printf '{"part": %s, "title": %s, "outcome": %s, "reason": %s,\n' "$(quoted "$part")" \
			"$(quoted "$title")" "$(quoted "$outcome")" "$(quoted "$reason")"
		printf ' "commit": %s, "date": %s, "quick": %s, "seconds": %d, "machine": %s,\n' \
			"$(quoted "$tried")" "$(quoted "$(date -u +%FT%TZ)")" "$quick" \
			$((SECONDS - started)) "$(quoted "$(machine)")"
		printf ' "figures": %s,\n "tables": %s}\n' "$(array "${figures[@]}")" "$(array "${tables[@]}")"
	} >"$results/$part.json"
	[ -z "$work" ] || rm -rf "$work"
	[ "$outcome" != passed ] || progress "passed in $((SECONDS - started)) s"
	exit "$status"
}
