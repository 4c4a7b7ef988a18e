# What `cmake --install` puts down, by component: `runtime` is libazoth; `dev` the headers, find_package(azoth CONFIG), a pkg-config file,
# azoth_add_dialect and the guides; `tools` the programs; `conformance` the suite as a library; each dialect is one, dialect-<name>.
include(CMakePackageConfigHelpers)

set(AZOTH_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/azoth)

install(TARGETS azoth EXPORT azothTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime NAMELINK_COMPONENT dev)
install(EXPORT azothTargets NAMESPACE azoth:: DESTINATION ${AZOTH_CMAKE_DIR} COMPONENT dev)

get_property(parts GLOBAL PROPERTY azoth_parts)
foreach(part ${parts})
  install(DIRECTORY framework/${part}/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT dev FILES_MATCHING PATTERN "*.hpp")
endforeach()
install(DIRECTORY framework/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT dev FILES_MATCHING PATTERN "*.hpp")

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/azothConfig.cmake.in ${PROJECT_BINARY_DIR}/azothConfig.cmake
                              INSTALL_DESTINATION ${AZOTH_CMAKE_DIR} NO_SET_AND_CHECK_MACRO)
# Before 1.0 a minor version may break what was built against the one before it.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/azothConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/azothConfig.cmake ${PROJECT_BINARY_DIR}/azothConfigVersion.cmake
              ${CMAKE_CURRENT_LIST_DIR}/AzothDialect.cmake DESTINATION ${AZOTH_CMAKE_DIR} COMPONENT dev)

# The prefix is written relative to the file, so that the installed tree can be moved.
file(RELATIVE_PATH AZOTH_PC_PREFIX /p/${CMAKE_INSTALL_LIBDIR}/pkgconfig /p)
configure_file(${CMAKE_CURRENT_LIST_DIR}/azoth.pc.in ${PROJECT_BINARY_DIR}/azoth.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/azoth.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT dev)

install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT runtime)
install(FILES README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT dev)
install(DIRECTORY framework/docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/framework/docs COMPONENT dev FILES_MATCHING PATTERN "*.md" PATTERN snippets EXCLUDE)
install(DIRECTORY dialects/firebird DESTINATION ${CMAKE_INSTALL_DOCDIR}/dialects COMPONENT dev)  # the guide's example, built as a third party's
install(DIRECTORY framework/examples DESTINATION ${CMAKE_INSTALL_DOCDIR}/framework COMPONENT dev)
