# What `cmake --install` puts down: libazoth, the headers, find_package(azoth CONFIG), a pkg-config file, azoth_add_dialect, the licence.
# Each dialect installs itself (azoth_add_dialect), as the component dialect-<name>.
include(CMakePackageConfigHelpers)

set(AZOTH_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/azoth)

install(TARGETS azoth EXPORT azothTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT azoth)
install(EXPORT azothTargets NAMESPACE azoth:: DESTINATION ${AZOTH_CMAKE_DIR} COMPONENT azoth)

get_property(parts GLOBAL PROPERTY azoth_parts)
foreach(part ${parts})
  install(DIRECTORY framework/${part}/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT azoth FILES_MATCHING PATTERN "*.hpp")
endforeach()
install(DIRECTORY framework/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT azoth FILES_MATCHING PATTERN "*.hpp")

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/azothConfig.cmake.in ${PROJECT_BINARY_DIR}/azothConfig.cmake
                              INSTALL_DESTINATION ${AZOTH_CMAKE_DIR} NO_SET_AND_CHECK_MACRO)
# Before 1.0 a minor version may break what was built against the one before it.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/azothConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/azothConfig.cmake ${PROJECT_BINARY_DIR}/azothConfigVersion.cmake
              ${CMAKE_CURRENT_LIST_DIR}/AzothDialect.cmake DESTINATION ${AZOTH_CMAKE_DIR} COMPONENT azoth)

# The prefix is written relative to the file, so that the installed tree can be moved.
file(RELATIVE_PATH AZOTH_PC_PREFIX /p/${CMAKE_INSTALL_LIBDIR}/pkgconfig /p)
configure_file(${CMAKE_CURRENT_LIST_DIR}/azoth.pc.in ${PROJECT_BINARY_DIR}/azoth.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/azoth.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT azoth)

install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT azoth)
