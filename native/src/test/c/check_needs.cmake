# SPDX-License-Identifier: MIT
# The shim must load on distributions as old as glibc 2.17, and look for libraries where the system
# does and nowhere else.
execute_process(
  COMMAND ${READELF} --wide --dynamic --version-info ${LIBRARY}
  OUTPUT_VARIABLE needs COMMAND_ERROR_IS_FATAL ANY)
if(needs MATCHES "\\((RPATH|RUNPATH)\\)[^\n]*")
  message(FATAL_ERROR "a path is built in: ${CMAKE_MATCH_0}")
endif()
string(REGEX MATCHALL "GLIBC_[0-9A-Z._]+" versions "${needs}")
if(NOT versions)
  message(FATAL_ERROR "no version of glibc found in:\n${needs}")
endif()
foreach(version IN LISTS versions)
  string(REPLACE "GLIBC_" "" number "${version}")
  if(NOT number MATCHES "^[0-9.]+$" OR number VERSION_GREATER 2.17)
    message(FATAL_ERROR "needs ${version}; the newest allowed is GLIBC_2.17")
  endif()
endforeach()
