# SPDX-License-Identifier: MIT
# Builds for aarch64 on another machine, against what sysroot.sh has unpacked:
#   native/cross/sysroot.sh
#   cmake -S native -B build --toolchain cross/aarch64.cmake
set(CMAKE_SYSTEM_PROCESSOR aarch64)
include("${CMAKE_CURRENT_LIST_DIR}/debian.cmake")
