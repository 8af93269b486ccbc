# SPDX-License-Identifier: MIT
# What is installed where, and how cpack divides it into packages. For the top-level build.
if(NOT JGENL_LAYOUT MATCHES "^(debian|fedora)$")
  message(FATAL_ERROR "JGENL_LAYOUT is debian or fedora, not ${JGENL_LAYOUT}")
endif()
set(version ${PROJECT_VERSION})
set(maintainer "jgenl maintainers <noreply@jgenl.dev>")
set(here "${CMAKE_CURRENT_SOURCE_DIR}/native/packaging")
set(made "${CMAKE_CURRENT_BINARY_DIR}/packaging")
# The programs in C are not packed.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
set(CPACK_COMPONENTS_ALL jni java dkms)
set(jni libjgenl-jni)
set(java libjgenl-java)
set(dkms gnl-foobar-xmpl-dkms)
set(cli jgenl)
set(JGENL_CLI "${CMAKE_CURRENT_SOURCE_DIR}/java/cli/target" CACHE PATH
  "What Maven has built of the command line; without it there is no package jgenl")
if(EXISTS "${JGENL_CLI}/lib/jgenl-cli.jar")
  list(APPEND CPACK_COMPONENTS_ALL cli)
endif()
# Both honour SOURCE_DATE_EPOCH.
string(TIMESTAMP debian_date "%a, %d %b %Y %H:%M:%S +0000" UTC)
string(TIMESTAMP fedora_date "%a %b %d %Y" UTC)

# The absolute paths are those of distributions, whatever CMAKE_INSTALL_PREFIX is: a dkms tree and
# the folders that the library looks into have no other place.
if(JGENL_LAYOUT STREQUAL "debian")
  if(NOT CMAKE_LIBRARY_ARCHITECTURE)
    message(FATAL_ERROR "the compiler names no multiarch triplet: this is no Debian")
  endif()
  set(jni_folder /usr/lib/${CMAKE_LIBRARY_ARCHITECTURE}/jni)
  set(jar_folder /usr/share/java)
else()
  set(jni_folder /usr/lib64/jgenl)
  set(jar_folder /usr/share/java/jgenl)
endif()

install(TARGETS jgenl LIBRARY DESTINATION ${jni_folder} COMPONENT jni)
function(install_link target folder name)
  file(MAKE_DIRECTORY "${made}/${folder}")
  file(CREATE_LINK "${target}" "${made}/${folder}/${name}" SYMBOLIC)
  install(FILES "${made}/${folder}/${name}" DESTINATION "${folder}" COMPONENT java)
endfunction()

function(install_pom pom_version folder name)
  configure_file("${here}/jgenl.pom.in" "${made}/${folder}/${name}" @ONLY)
  install(FILES "${made}/${folder}/${name}" DESTINATION "${folder}" COMPONENT java)
endfunction()

set(jar "${CMAKE_CURRENT_BINARY_DIR}/java/core/jgenl.jar")
if(JGENL_LAYOUT STREQUAL "debian")
  install(FILES "${jar}" DESTINATION ${jar_folder} COMPONENT java RENAME jgenl-${version}.jar)
  install_link(jgenl-${version}.jar ${jar_folder} jgenl.jar)
  # Debian's Maven helper asks for the version "debian" unless told otherwise.
  foreach(each ${version} debian)
    set(folder /usr/share/maven-repo/dev/jgenl/jgenl/${each})
    install_pom(${each} ${folder} jgenl-${each}.pom)
    install_link(../../../../../java/jgenl-${version}.jar ${folder} jgenl-${each}.jar)
  endforeach()
else()
  install(FILES "${jar}" DESTINATION ${jar_folder} COMPONENT java)
  install_pom(${version} /usr/share/maven-poms/jgenl jgenl.pom)
endif()

if("cli" IN_LIST CPACK_COMPONENTS_ALL)
  include("${here}/cli/packages.cmake")
endif()

# The sources as dkms builds them; the version is that of this project.
set(dkms_name gnl-foobar-xmpl)
set(dkms_folder /usr/src/${dkms_name}-${version})
file(READ kernel-mod/dkms.conf conf)
string(REGEX REPLACE "PACKAGE_VERSION=\"[^\"]*\"" "PACKAGE_VERSION=\"${version}\"" conf "${conf}")
string(REGEX REPLACE "^(#[^\n]*\n)+" "" conf "${conf}")
file(CONFIGURE OUTPUT "${made}/dkms.conf" CONTENT "${conf}" @ONLY)
install(FILES "${made}/dkms.conf" kernel-mod/Kbuild kernel-mod/gnl_foobar_xmpl.c
  DESTINATION ${dkms_folder} COMPONENT dkms)
install(FILES include/gnl_foobar_xmpl.h DESTINATION ${dkms_folder}/include COMPONENT dkms)

# What each package says of itself.
function(as_paragraphs text out) # in the format of debian/copyright
  string(REGEX REPLACE "\n\n" "\n.\n" text "${text}")
  string(REGEX REPLACE "\n([^\n]+)" "\n \\1" text "\n${text}")
  string(STRIP "${text}" text)
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

file(READ LICENSE licence)
string(REGEX REPLACE "^MIT License\n\n([^\n]*)\n\n" "" licence "${licence}")
set(holder "${CMAKE_MATCH_1}")
string(REGEX REPLACE "^Copyright \\(c\\) " "" holder "${holder}")
as_paragraphs("${licence}" licence)
configure_file("${here}/copyright.in" "${made}/copyright" @ONLY)
configure_file("${here}/changelog.in" "${made}/changelog" @ONLY)
execute_process(COMMAND gzip -9 --no-name --force --keep "${made}/changelog" COMMAND_ERROR_IS_FATAL ANY)
foreach(component ${CPACK_COMPONENTS_ALL})
  if(JGENL_LAYOUT STREQUAL "debian" AND component STREQUAL "cli")
    file(READ "${specs_licence}" bsd)
    as_paragraphs("${bsd}" bsd)
    configure_file("${here}/cli/copyright.in" "${made}/cli/copyright" @ONLY)
    install(FILES "${made}/cli/copyright" "${made}/changelog.gz"
      DESTINATION /usr/share/doc/${cli} COMPONENT cli)
  elseif(JGENL_LAYOUT STREQUAL "debian")
    install(FILES "${made}/copyright" "${made}/changelog.gz"
      DESTINATION /usr/share/doc/${${component}} COMPONENT ${component})
  else()
    install(FILES LICENSE DESTINATION /usr/share/licenses/${${component}} COMPONENT ${component})
  endif()
endforeach()

set(jni_summary "Generic Netlink for Java: the JNI library")
set(jni_text "jgenl lets Java programs talk to the Linux kernel through Generic Netlink.
This package has the shim between it and libnl; programs depend on
libjgenl-java.")
set(java_summary "Generic Netlink for Java")
set(java_text "jgenl lets Java programs talk to the Linux kernel through Generic Netlink:
to ethtool, WireGuard, Wi-Fi, devlink, or a kernel module with a family of
its own. The jar is the module dev.jgenl; it finds its JNI library where
libjgenl-jni installs it.")
set(dkms_summary "example kernel module of Generic Netlink (DKMS)")
set(dkms_text "The kernel module gnl_foobar_xmpl registers a Generic Netlink family that
echoes messages, dumps a list, and refuses with an extended ACK: a partner
to learn with. It is built for every kernel whose headers are installed.")
set(cli_summary "every family of netlink by name, on the command line")
set(cli_text "jgenl asks and configures the kernel through netlink: ethtool, devlink,
Wi-Fi, routes, WireGuard and thirty other families, each by the names of
the kernel's own specs, which it brings along. It shows what the kernel
tells by itself, compares the running kernel with the specs, and prints
tables to people and JSON to programs.")

set(CPACK_PACKAGE_NAME jgenl)
set(CPACK_PACKAGE_VERSION ${version})
set(CPACK_PACKAGE_VENDOR jgenl)
set(CPACK_PACKAGE_CONTACT "${maintainer}")
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/packages")
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS "${here}/same-times.cmake")
include(native/packaging/${JGENL_LAYOUT}.cmake)
include(CPack)
