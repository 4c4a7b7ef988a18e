# An overlay port of the tree that it lies in. Plugins are shared libraries, and so is what they link.
vcpkg_check_linkage(ONLY_DYNAMIC_LIBRARY)
get_filename_component(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

set(dialects)
if("sqlite" IN_LIST FEATURES)
  list(APPEND dialects sqlite)
endif()
if("mariadb" IN_LIST FEATURES)
  list(APPEND dialects mysql)
endif()

vcpkg_cmake_configure(
  SOURCE_PATH "${SOURCE_PATH}"
  OPTIONS "-DAZOTH_DIALECTS=${dialects}" -DAZOTH_UNITY=ON -DAZOTH_BUILD_TESTS=OFF -DAZOTH_BUILD_EXAMPLES=OFF -DAZOTH_BUILD_TOOLS=OFF
          -DAZOTH_CCACHE=)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(PACKAGE_NAME azoth CONFIG_PATH lib/cmake/azoth)
vcpkg_fixup_pkgconfig()
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include" "${CURRENT_PACKAGES_DIR}/debug/share")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
