# Completion of jgenl for bash.
# shellcheck shell=bash
_jgenl() {
	local line=${COMP_LINE:0:COMP_POINT} words word before i
	read -ra words <<<"$line"
	[[ $line != *[[:space:]] ]] || words+=('')
	word=${words[-1]}
	mapfile -t COMPREPLY < <("$1" complete -- "${words[@]:1}" 2>/dev/null)
	COMPREPLY=("${COMPREPLY[@]%%$'\t'*}")
	# To bash a word begins behind = and : too.
	before=${word%"${word##*[=:]}"}
	COMPREPLY=("${COMPREPLY[@]#"$before"}")
	# A name of a device may be code to a shell.
	for i in "${!COMPREPLY[@]}"; do
		[[ ${COMPREPLY[i]} != *[^][:alnum:]_.,:=+/@%[-]* ]] || printf -v "COMPREPLY[$i]" %q "${COMPREPLY[i]}"
	done
	[[ ${#COMPREPLY[@]} != 1 || ${COMPREPLY[0]} != *[=.] ]] || compopt -o nospace
}
complete -o default -F _jgenl jgenl
