# SPDX-License-Identifier: MIT
# Builds for riscv64 on another machine, against what sysroot.sh has unpacked:
#   native/cross/sysroot.sh --arch riscv64
#   cmake -S native -B build --toolchain cross/riscv64.cmake
set(CMAKE_SYSTEM_PROCESSOR riscv64)
include("${CMAKE_CURRENT_LIST_DIR}/debian.cmake")
