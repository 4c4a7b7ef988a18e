# `cpack` makes Debian packages of what is installed, one a component. Their dependencies are found in what they link (dpkg-shlibdeps).
set(CPACK_COMPONENTS_ALL runtime dev)
if(AZOTH_BUILD_TOOLS)
  list(APPEND CPACK_COMPONENTS_ALL tools)
endif()
if(AZOTH_BUILD_CONFORMANCE)
  list(APPEND CPACK_COMPONENTS_ALL conformance)
endif()
get_property(dialect_components GLOBAL PROPERTY azoth_dialect_components)
list(REMOVE_DUPLICATES dialect_components)
list(APPEND CPACK_COMPONENTS_ALL ${dialect_components})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME azoth)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each package has its own
set(CPACK_PACKAGE_VENDOR "The Azoth developers")
set(CPACK_PACKAGE_CONTACT "The Azoth developers <developers@azoth.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_LIBRARY_OUTPUT_DIRECTORY})

# azoth_package(COMPONENT NAME section "what it is" [DEPENDS package...] [RECOMMENDS package...] [SUGGESTS package...])
macro(azoth_package component name section description)
  cmake_parse_arguments(arg "" "" "DEPENDS;RECOMMENDS;SUGGESTS" ${ARGN})
  string(TOUPPER ${component} key)
  set(CPACK_DEBIAN_${key}_PACKAGE_NAME ${name})
  set(CPACK_DEBIAN_${key}_PACKAGE_SECTION ${section})
  set(CPACK_COMPONENT_${key}_DESCRIPTION "${description}")
  foreach(kind DEPENDS RECOMMENDS SUGGESTS)
    list(JOIN arg_${kind} ", " CPACK_DEBIAN_${key}_PACKAGE_${kind})
  endforeach()
  # Debian wants the licence of each package below its name.
  install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${name} RENAME copyright COMPONENT ${component} EXCLUDE_FROM_ALL)
endmacro()

set(same "(= ${PROJECT_VERSION})")
azoth_package(runtime libazoth${AZOTH_ABI} libs
  "SQL toolkit and ORM for C++20 over many databases
A program names a database by URL; the dialect of that database is a plugin
that is loaded at run time, from a package azoth-dialect-*."
  RECOMMENDS azoth-dialect-sqlite)
azoth_package(dev libazoth-dev libdevel
  "SQL toolkit and ORM for C++20 over many databases: development
Headers, CMake and pkg-config files, the guides and examples, and what a
dialect of one's own is built with."
  DEPENDS "libazoth${AZOTH_ABI} ${same}" libfmt-dev nlohmann-json3-dev
  SUGGESTS "azoth-tools ${same}" cmake)
azoth_package(conformance libazoth-conformance-dev libdevel
  "SQL toolkit and ORM for C++20 over many databases: conformance library
The cases of the conformance suite as a library, for programs that add cases
of their own. To run the suite azoth-tools is enough."
  DEPENDS "libazoth-dev ${same}" catch2)
azoth_package(tools azoth-tools database
  "SQL toolkit and ORM for C++20 over many databases: programs
azoth inspects, copies and asks databases from the command line.
azoth-conformance runs the conformance suite against a database."
  DEPENDS "libazoth${AZOTH_ABI} ${same}"
  RECOMMENDS azoth-dialect-sqlite
  SUGGESTS azoth-dialect-postgresql azoth-dialect-mysql)
foreach(component ${dialect_components})
  string(REPLACE "dialect-" "" dialect ${component})
  azoth_package(${component} azoth-dialect-${dialect} libs
    "SQL toolkit and ORM for C++20 over many databases: ${dialect}
The plugin that libazoth loads for URLs of this dialect."
    DEPENDS "libazoth${AZOTH_ABI} (>= ${PROJECT_VERSION})")
endforeach()

include(CPack)
