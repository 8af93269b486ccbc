# Completes jgenl in bash. The program itself knows families, operations, attributes and values.
# shellcheck shell=bash
_jgenl() {
	local line=${COMP_LINE:0:COMP_POINT} words candidates current prefix
	# Bash breaks words at = and :, the program wants them whole.
	read -ra words <<<"$line"
	[[ $line != *[[:space:]] ]] || words+=("")
	current=${words[-1]}
	mapfile -t candidates < <("${words[0]}" complete -- "${words[@]:1}" 2>/dev/null)
	prefix=${current%"${current##*[=:]}"}
	COMPREPLY=("${candidates[@]#"$prefix"}")
	if [[ ${#candidates[@]} == 1 && ${candidates[0]} == *[.=] ]]; then
		compopt -o nospace
	fi
}
complete -o default -F _jgenl jgenl
