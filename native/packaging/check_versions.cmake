# SPDX-License-Identifier: MIT
# Packages take their version from the top-level CMakeLists.txt; the other builds keep their own.
function(check file regex)
  file(STRINGS "${SOURCE}/${file}" lines REGEX "${regex}" LIMIT_COUNT 1)
  if(NOT lines MATCHES "${regex}")
    message(FATAL_ERROR "${file}: no version found")
  elseif(NOT CMAKE_MATCH_1 STREQUAL VERSION)
    message(SEND_ERROR "${file} says ${CMAKE_MATCH_1}, CMakeLists.txt ${VERSION}")
  endif()
endfunction()

check(pom.xml "^  <version>([0-9.]+)(-SNAPSHOT)?</version>")
check(native/CMakeLists.txt "^project\\(.* VERSION ([0-9.]+)")
check(kernel-mod/dkms.conf "^PACKAGE_VERSION=\"([0-9.]+)\"")
