# Completion of jgenl for bash.
# shellcheck shell=bash
_jgenl() {
	local line=${COMP_LINE:0:COMP_POINT} words word before
	read -ra words <<<"$line"
	[[ $line != *[[:space:]] ]] || words+=('')
	word=${words[-1]}
	mapfile -t COMPREPLY < <("$1" complete -- "${words[@]:1}" 2>/dev/null)
	COMPREPLY=("${COMPREPLY[@]%%$'\t'*}")
	# To bash a word begins behind = and : too.
	before=${word%"${word##*[=:]}"}
	COMPREPLY=("${COMPREPLY[@]#"$before"}")
	[[ ${#COMPREPLY[@]} != 1 || ${COMPREPLY[0]} != *[=.] ]] || compopt -o nospace
}
complete -o default -F _jgenl jgenl
