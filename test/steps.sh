# shellcheck shell=bash
# Steps of a run of tests. Sourced behind common.sh.

# Runs a step of the tests and goes on whatever its outcome, so that one run shows all failures.
passed=() failed=()
step() {
	local name=$1 start=$SECONDS
	shift
	say "$name"
	if "$@"; then
		passed+=("$name, $((SECONDS - start)) s")
	else
		failed+=("$name, $((SECONDS - start)) s")
	fi
}

# Fails if a step has failed.
show_steps() {
	say "What ran"
	printf 'passed: %s\n' "${passed[@]}"
	[ ${#failed[@]} = 0 ] || printf 'FAILED: %s\n' "${failed[@]}"
	printf '%d passed, %d failed\n' ${#passed[@]} ${#failed[@]}
	[ ${#failed[@]} = 0 ]
}
