# How Azoth's own targets are built: language level, warnings, sanitizers, and the parts that make up libazoth.

# azoth_settings(TARGET): what every target of ours has in common.
function(azoth_settings target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
                                             POSITION_INDEPENDENT_CODE ON UNITY_BUILD ${AZOTH_UNITY} UNITY_BUILD_BATCH_SIZE 0)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion $<$<BOOL:${AZOTH_WARNINGS_AS_ERRORS}>:-Werror>)
  if(AZOTH_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${AZOTH_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(${target} PRIVATE -fsanitize=${AZOTH_SANITIZE})
    if(AZOTH_SANITIZE MATCHES "undefined")
      target_compile_options(${target} PRIVATE -fno-sanitize-recover=undefined)
    endif()
  endif()
endfunction()

# azoth_part(NAME [USES part...]): one layer of the framework as an object library. Only the parts it uses are on its include path, so
# that an upward include does not compile.
function(azoth_part name)
  cmake_parse_arguments(arg "" "" "USES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/src/*.cpp)
  add_library(azoth_${name} OBJECT ${sources})
  azoth_settings(azoth_${name})
  target_include_directories(azoth_${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/include PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/src)
  foreach(part ${arg_USES})
    target_include_directories(azoth_${name} PUBLIC $<TARGET_PROPERTY:azoth_${part},INTERFACE_INCLUDE_DIRECTORIES>)
  endforeach()
  target_link_libraries(azoth_${name} PRIVATE fmt::fmt nlohmann_json::nlohmann_json Boost::headers Threads::Threads)
  set_property(GLOBAL APPEND PROPERTY azoth_parts ${name})
endfunction()
