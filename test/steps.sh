# shellcheck shell=bash
# Steps of a run of tests. Sourced behind common.sh.

# Runs a step of the tests and goes on whatever its outcome, so that one run shows all failures.
passed=() failed=() failures='' failing=''
step() {
	local name=$1 start=$SECONDS log=target/step.log
	shift
	say "$name"
	mkdir -p target
	if "$@" 2>&1 | tee "$log"; then
		passed+=("$name, $((SECONDS - start)) s")
	else
		failed+=("$name, $((SECONDS - start)) s")
		failures+=$(say "The end of: $name" && tail -n 12 "$log")$'\n'
		failing+=$(failing_tests "$log")$'\n'
	fi
}

# The tests that failed by the log of a step, as Maven, JUnit's launcher and CTest name them.
failing_tests() {
	sed 's/\x1b\[[0-9;]*m//g' "$1" |
		grep -aE '^\[ERROR\] .*(<<<|(IT|Test)\.)|\[X\]|✘|\*\*\*(Failed|Timeout)' | head -n 20 || true
}

# Fails if a step has failed, and shows how it ended: its own lines may be thousands further up. What counts
# most comes last, where a log that was cut begins.
show_steps() {
	printf '%s' "$failures"
	say "What ran"
	printf 'passed: %s\n' "${passed[@]}"
	[ ${#failed[@]} = 0 ] || printf 'FAILED: %s\n' "${failed[@]}"
	printf '%d passed, %d failed\n' ${#passed[@]} ${#failed[@]}
	printf '%s' "$failing"
	[ ${#failed[@]} = 0 ]
}
