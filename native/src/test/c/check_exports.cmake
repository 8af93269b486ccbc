# SPDX-License-Identifier: MIT
# The shim must export JNI_OnLoad and nothing else.
execute_process(
  COMMAND ${NM} --dynamic --defined-only --format=posix ${LIBRARY}
  OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" lines "${symbols}")
list(TRANSFORM lines REPLACE " .*" "")
if(NOT lines STREQUAL "JNI_OnLoad")
  message(FATAL_ERROR "exported: ${lines}; expected: JNI_OnLoad")
endif()
