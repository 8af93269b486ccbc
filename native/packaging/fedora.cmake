# SPDX-License-Identifier: MIT
# What only an .rpm has.
set(CPACK_GENERATOR RPM)
set(CPACK_RPM_COMPONENT_INSTALL ON)
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_COMPRESSION_TYPE xz)
set(CPACK_RPM_PACKAGE_RELEASE 1)
set(CPACK_RPM_PACKAGE_LICENSE MIT)
configure_file("${here}/rpm-changelog.in" "${made}/rpm-changelog" @ONLY)
set(CPACK_RPM_CHANGELOG_FILE "${made}/rpm-changelog")
# Folders of other packages.
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
  /usr/bin /usr/lib64 /usr/share/bash-completion /usr/share/bash-completion/completions /usr/share/fish
  /usr/share/fish/vendor_completions.d /usr/share/java /usr/share/licenses /usr/share/man
  /usr/share/man/man1 /usr/share/maven-poms /usr/share/zsh /usr/share/zsh/site-functions /usr/src)
# The shim is no library to link with. No build time and no name of a machine in the package.
set(CPACK_RPM_SPEC_MORE_DEFINE "%global __provides_exclude_from ^/usr/lib64/jgenl/
%define _buildhost reproducible
%define use_source_date_epoch_as_buildtime 1
%define clamp_mtime_to_source_date_epoch 1")
foreach(component ${CPACK_COMPONENTS_ALL})
  string(TOUPPER ${component} COMPONENT)
  set(CPACK_RPM_${COMPONENT}_PACKAGE_NAME ${${component}})
  set(CPACK_RPM_${COMPONENT}_PACKAGE_SUMMARY "${${component}_summary}")
  set(CPACK_RPM_${COMPONENT}_PACKAGE_DESCRIPTION "${${component}_text}")
endforeach()

set(CPACK_RPM_JNI_PACKAGE_REQUIRES libnl3)

set(CPACK_RPM_JAVA_PACKAGE_ARCHITECTURE noarch)
set(CPACK_RPM_JAVA_PACKAGE_REQUIRES "libjgenl-jni = ${version}-1, java-headless >= 1:17")

set(CPACK_RPM_DKMS_PACKAGE_ARCHITECTURE noarch)
set(CPACK_RPM_DKMS_PACKAGE_REQUIRES dkms)
foreach(script post preun)
  configure_file(kernel-mod/packaging/rpm-${script}.in "${made}/rpm-${script}" @ONLY)
endforeach()
set(CPACK_RPM_DKMS_POST_INSTALL_SCRIPT_FILE "${made}/rpm-post")
set(CPACK_RPM_DKMS_PRE_UNINSTALL_SCRIPT_FILE "${made}/rpm-preun")

set(CPACK_RPM_CLI_PACKAGE_ARCHITECTURE noarch)
set(CPACK_RPM_CLI_PACKAGE_REQUIRES "libjgenl-java = ${version}-1, java-headless >= 1:17")
set(CPACK_RPM_CLI_POST_INSTALL_SCRIPT_FILE "${here}/cli/fedora/post")
set(CPACK_RPM_CLI_POST_UNINSTALL_SCRIPT_FILE "${here}/cli/fedora/postun")
