# SPDX-License-Identifier: MIT
# Builds for aarch64 on another machine, against what sysroot.sh has unpacked:
#   native/cross/sysroot.sh
#   cmake -S native -B build --toolchain cross/aarch64.cmake
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)

cmake_path(SET root NORMALIZE "${CMAKE_CURRENT_LIST_DIR}/../../target/sysroot/aarch64")
if(NOT EXISTS "${root}/usr/include/libnl3")
  message(FATAL_ERROR "There is nothing to build against: run native/cross/sysroot.sh")
endif()
set(CMAKE_SYSROOT "${root}")
set(ENV{PKG_CONFIG_SYSROOT_DIR} "${root}")
set(ENV{PKG_CONFIG_LIBDIR} "${root}/usr/lib/aarch64-linux-gnu/pkgconfig")

# Programs and the JDK's headers are this machine's; the paths of libnl come from pkg-config.
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
