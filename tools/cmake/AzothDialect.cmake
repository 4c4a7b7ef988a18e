# Two functions for authors of dialects.
#
# azoth_add_dialect(NAME DRIVER driver SOURCES source... [LIBRARIES library...] [COMPONENT name]): a dialect plugin, ours or a third
# party's. It is installed as the component dialect-<NAME>, where none is said.
#
# Makes the target azoth_dialect_<NAME>_<DRIVER> and the file azoth-dialect-<NAME>-<DRIVER>.so, beside libazoth in a build tree of
# Azoth's, and installs it where the framework looks for dialects.
function(azoth_add_dialect name)
  cmake_parse_arguments(arg "" "DRIVER;COMPONENT" "SOURCES;LIBRARIES" ${ARGN})
  if(NOT arg_DRIVER OR NOT arg_SOURCES)
    message(FATAL_ERROR "azoth_add_dialect(${name}): say DRIVER and SOURCES")
  endif()
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "azoth_add_dialect(${name}): unknown words: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_COMPONENT)
    set(arg_COMPONENT dialect-${name})
  endif()
  set(target azoth_dialect_${name}_${arg_DRIVER})
  add_library(${target} MODULE ${arg_SOURCES})
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES PREFIX "" OUTPUT_NAME azoth-dialect-${name}-${arg_DRIVER} SUFFIX .so
                                             CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_link_libraries(${target} PRIVATE azoth::azoth ${arg_LIBRARIES})
  if(COMMAND azoth_settings)
    azoth_settings(${target})
  endif()
  set_property(GLOBAL APPEND PROPERTY azoth_dialect_components ${arg_COMPONENT})
  install(TARGETS ${target} LIBRARY DESTINATION ${AZOTH_PLUGIN_DIR} COMPONENT ${arg_COMPONENT})
endfunction()

# azoth_add_conformance_test(NAME DRIVER driver URL url [AREAS area...]): what ctest runs: the conformance suite, whole or some of its areas,
# with the dialect that azoth_add_dialect makes. Where there is no URL, configuring says so, and there is no test.
function(azoth_add_conformance_test name)
  cmake_parse_arguments(arg "" "DRIVER;URL" "AREAS" ${ARGN})
  if(NOT arg_DRIVER OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "azoth_add_conformance_test(${name}): say DRIVER and URL, and nothing but AREAS beside: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  find_program(AZOTH_CONFORMANCE azoth-conformance HINTS ${AZOTH_PREFIX}/bin)
  mark_as_advanced(AZOTH_CONFORMANCE)
  string(TOUPPER ${name} upper)
  if(NOT AZOTH_CONFORMANCE)
    message(WARNING "azoth: no conformance test of ${name}: there is no azoth-conformance (Debian package azoth-tools)")
  elseif(NOT arg_URL)
    message(STATUS "azoth: no conformance test of ${name}: it needs a database's URL (-D${upper}_TEST_URL=...)")
  else()
    list(TRANSFORM arg_AREAS PREPEND --filter=)
    add_test(NAME ${name}_conformance
             COMMAND ${AZOTH_CONFORMANCE} --plugin $<TARGET_FILE:azoth_dialect_${name}_${arg_DRIVER}> --url ${arg_URL} ${arg_AREAS})
  endif()
endfunction()
