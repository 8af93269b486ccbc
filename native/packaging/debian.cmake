# SPDX-License-Identifier: MIT
# What only a .deb has.
set(CPACK_GENERATOR DEB)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
foreach(component ${CPACK_COMPONENTS_ALL})
  string(TOUPPER ${component} COMPONENT)
  set(CPACK_DEBIAN_${COMPONENT}_PACKAGE_NAME ${${component}})
  set(CPACK_DEBIAN_${COMPONENT}_DESCRIPTION "${${component}_summary}\n${${component}_text}")
  set(CPACK_DEBIAN_${COMPONENT}_PACKAGE_SECTION java)
endforeach()

set(CPACK_DEBIAN_JNI_PACKAGE_SHLIBDEPS ON)

# The table of native methods is private: jar and shim are of one version. A default JRE may be
# older than 17.
set(CPACK_DEBIAN_JAVA_PACKAGE_ARCHITECTURE all)
string(JOIN ", " CPACK_DEBIAN_JAVA_PACKAGE_DEPENDS
  "libjgenl-jni (= ${version})" "default-jre-headless (>= 2:1.17) | java17-runtime-headless")

set(CPACK_DEBIAN_DKMS_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_DKMS_PACKAGE_SECTION kernel)
set(CPACK_DEBIAN_DKMS_PACKAGE_DEPENDS "dkms (>= 2.1.0.0)")
foreach(script postinst prerm)
  configure_file(kernel-mod/packaging/${script}.in "${made}/${script}" @ONLY
    FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
  list(APPEND CPACK_DEBIAN_DKMS_PACKAGE_CONTROL_EXTRA "${made}/${script}")
endforeach()

set(CPACK_DEBIAN_CLI_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_CLI_PACKAGE_SECTION net)
string(JOIN ", " CPACK_DEBIAN_CLI_PACKAGE_DEPENDS
  "libjgenl-java (= ${version})" "default-jre-headless (>= 2:1.17) | java17-runtime-headless")
set(CPACK_DEBIAN_CLI_PACKAGE_CONTROL_EXTRA
  "${here}/cli/debian/postinst" "${here}/cli/debian/postrm" "${here}/cli/debian/triggers")
