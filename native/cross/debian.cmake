# SPDX-License-Identifier: MIT
# What the toolchain files beside it have in common.
set(CMAKE_SYSTEM_NAME Linux)
set(triplet ${CMAKE_SYSTEM_PROCESSOR}-linux-gnu)
set(CMAKE_C_COMPILER ${triplet}-gcc)

cmake_path(SET root NORMALIZE "${CMAKE_CURRENT_LIST_DIR}/../../target/sysroot/${CMAKE_SYSTEM_PROCESSOR}")
if(NOT EXISTS "${root}/usr/include/libnl3")
  message(FATAL_ERROR "There is nothing to build against: run native/cross/sysroot.sh")
endif()
set(CMAKE_SYSROOT "${root}")
set(ENV{PKG_CONFIG_SYSROOT_DIR} "${root}")
set(ENV{PKG_CONFIG_LIBDIR} "${root}/usr/lib/${triplet}/pkgconfig")

# Programs and the JDK's headers are this machine's; the paths of libnl come from pkg-config.
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
