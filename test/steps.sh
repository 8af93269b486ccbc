# shellcheck shell=bash
# Steps of a run of tests. Sourced behind common.sh.

# Runs a step of the tests and goes on whatever its outcome, so that one run shows all failures.
passed=() failed=() failures=''
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
	fi
}

# Fails if a step has failed, and shows how it ended: its own lines may be thousands further up.
show_steps() {
	printf '%s' "$failures"
	say "What ran"
	printf 'passed: %s\n' "${passed[@]}"
	[ ${#failed[@]} = 0 ] || printf 'FAILED: %s\n' "${failed[@]}"
	printf '%d passed, %d failed\n' ${#passed[@]} ${#failed[@]}
	[ ${#failed[@]} = 0 ]
}
