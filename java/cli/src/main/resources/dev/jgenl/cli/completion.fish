# Completes jgenl in fish. The program itself knows families, operations, attributes and values.
function __jgenl_complete
    set -l words (commandline -opc) (commandline -ct)
    $words[1] complete -- $words[2..-1] 2>/dev/null
end
complete -c jgenl -a '(__jgenl_complete)'
