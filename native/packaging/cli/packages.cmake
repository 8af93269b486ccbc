# SPDX-License-Identifier: MIT
# The command line: jars of Maven's build, the launcher beside them, and what shells and man read.
# Third parties' jars are those it is tested with: Debian has older ones, or none.
set(folder /usr/share/jgenl)
file(GLOB jars "${JGENL_CLI}/lib/*.jar")
# The library and the shim come with their own packages.
list(FILTER jars EXCLUDE REGEX "/jgenl\\.jar$")
install(FILES ${jars} DESTINATION ${folder}/lib COMPONENT cli)
install(DIRECTORY "${JGENL_CLI}/lib/families" DESTINATION ${folder}/lib COMPONENT cli
  PATTERN LICENSE* EXCLUDE)
install(PROGRAMS "${JGENL_CLI}/jgenl" "${JGENL_CLI}/archive" DESTINATION ${folder} COMPONENT cli)

function(install_cli_link target folder name)
  file(MAKE_DIRECTORY "${made}/cli/${folder}")
  file(CREATE_LINK "${target}" "${made}/cli/${folder}/${name}" SYMBOLIC)
  install(FILES "${made}/cli/${folder}/${name}" DESTINATION "${folder}" COMPONENT cli)
endfunction()

install_cli_link(../share/jgenl/jgenl /usr/bin jgenl)
install_cli_link(/var/cache/jgenl/jgenl.jsa ${folder} jgenl.jsa)
if(JGENL_LAYOUT STREQUAL "debian")
  install_cli_link(../../java/jgenl.jar ${folder}/lib jgenl.jar)
  set(zsh_folder /usr/share/zsh/vendor-completions)
else()
  install_cli_link(../../java/jgenl/jgenl.jar ${folder}/lib jgenl.jar)
  set(zsh_folder /usr/share/zsh/site-functions)
endif()

set(scripts "${CMAKE_CURRENT_SOURCE_DIR}/java/cli/src/main/resources/dev/jgenl/cli")
install(FILES "${scripts}/completion.bash"
  DESTINATION /usr/share/bash-completion/completions COMPONENT cli RENAME jgenl)
install(FILES "${scripts}/completion.zsh" DESTINATION ${zsh_folder} COMPONENT cli RENAME _jgenl)
install(FILES "${scripts}/completion.fish"
  DESTINATION /usr/share/fish/vendor_completions.d COMPONENT cli RENAME jgenl.fish)

find_package(Java 17 REQUIRED COMPONENTS Runtime)
execute_process(
  COMMAND ${Java_JAVA_EXECUTABLE} -cp "${JGENL_CLI}/lib/*" dev.jgenl.cli.Jgenl man
  OUTPUT_FILE "${made}/jgenl.1" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND gzip -9 --no-name --force "${made}/jgenl.1" COMMAND_ERROR_IS_FATAL ANY)
install(FILES "${made}/jgenl.1.gz" DESTINATION /usr/share/man/man1 COMPONENT cli)

# The licences of what is in the jars.
file(ARCHIVE_EXTRACT INPUT "${JGENL_CLI}/lib/jackson-core.jar" DESTINATION "${made}/cli/jackson-core"
  PATTERNS META-INF/LICENSE* META-INF/NOTICE)
set(specs_licence "${JGENL_CLI}/lib/families/LICENSE-BSD-3-Clause")
if(JGENL_LAYOUT STREQUAL "fedora")
  install(FILES "${specs_licence}" DESTINATION /usr/share/licenses/${cli} COMPONENT cli)
  install(FILES "${made}/cli/jackson-core/META-INF/LICENSE"
    DESTINATION /usr/share/licenses/${cli} COMPONENT cli RENAME LICENSE-Apache-2.0)
endif()
