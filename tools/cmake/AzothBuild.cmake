# How Azoth's own targets are built: language level, warnings, sanitizers, and the parts that make up libazoth.

# ccache, where there is one: a second build directory or a second run then costs little.
find_program(AZOTH_CCACHE ccache)
if(AZOTH_CCACHE AND PROJECT_IS_TOP_LEVEL AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${AZOTH_CCACHE})
endif()

# azoth_settings(TARGET): what every target of ours has in common.
function(azoth_settings target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
                                             POSITION_INDEPENDENT_CODE ON UNITY_BUILD ${AZOTH_UNITY} UNITY_BUILD_BATCH_SIZE 0)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion $<$<BOOL:${AZOTH_WARNINGS_AS_ERRORS}>:-Werror>)
  # Nobody is meant to put a function of his own in the place of one of ours: so calls inside a library are direct, and can be inlined.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fno-semantic-interposition>)
  # g++ 12 sees overlapping and endless copies in its own std::string when it inlines much (its bugs 105651 and 105329).
  target_compile_options(${target} PRIVATE
    "$<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict;-Wno-stringop-overflow>")
  if(AZOTH_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${AZOTH_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(${target} PRIVATE -fsanitize=${AZOTH_SANITIZE})
    # g++ 12 sees uninitialised members in its own <regex> and <functional> once the sanitizers are on; the other presets keep the warning.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    if(AZOTH_SANITIZE MATCHES "undefined")
      target_compile_options(${target} PRIVATE -fno-sanitize-recover=undefined)
    endif()
  endif()
endfunction()

# azoth_part(NAME [USES part...]): one layer of the framework as an object library. Only the parts it uses are on its include path, so
# that an upward include does not compile. A part of headers alone has nothing to compile.
function(azoth_part name)
  cmake_parse_arguments(arg "" "" "USES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/src/*.cpp)
  if(sources)
    set(scope PUBLIC)
    add_library(azoth_${name} OBJECT ${sources})
    azoth_settings(azoth_${name})
    target_include_directories(azoth_${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/src)
    target_link_libraries(azoth_${name} PRIVATE fmt::fmt nlohmann_json::nlohmann_json Boost::headers Threads::Threads)
  else()
    set(scope INTERFACE)
    add_library(azoth_${name} INTERFACE)
  endif()
  target_include_directories(azoth_${name} ${scope} ${CMAKE_CURRENT_SOURCE_DIR}/include)
  foreach(part ${arg_USES})
    target_include_directories(azoth_${name} ${scope} ${PROJECT_SOURCE_DIR}/framework/${part}/include)
  endforeach()
  set_property(GLOBAL APPEND PROPERTY azoth_parts ${name})
endfunction()

# azoth_group(NAME folder...): one target for all targets made in these folders and below them.
function(azoth_group name)
  add_custom_target(${name})
  list(TRANSFORM ARGN PREPEND ${PROJECT_SOURCE_DIR}/ OUTPUT_VARIABLE tops)
  get_property(folders DIRECTORY ${PROJECT_SOURCE_DIR} PROPERTY SUBDIRECTORIES)
  while(folders)
    list(POP_FRONT folders next)
    get_property(below DIRECTORY ${next} PROPERTY SUBDIRECTORIES)
    list(APPEND folders ${below})
    get_property(targets DIRECTORY ${next} PROPERTY BUILDSYSTEM_TARGETS)
    foreach(top ${tops})
      cmake_path(IS_PREFIX top ${next} is_below)
      if(is_below AND targets)
        add_dependencies(${name} ${targets})
      endif()
    endforeach()
  endwhile()
endfunction()
