# SPDX-License-Identifier: MIT
# Builds for s390x on another machine, against what sysroot.sh has unpacked:
#   native/cross/sysroot.sh --arch s390x
#   cmake -S native -B build --toolchain cross/s390x.cmake
set(CMAKE_SYSTEM_PROCESSOR s390x)
include("${CMAKE_CURRENT_LIST_DIR}/debian.cmake")
