# What all targets have in common.

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)  # the static libraries go into shared ones

find_program(RABATT_CCACHE ccache)
if(RABATT_CCACHE AND PROJECT_IS_TOP_LEVEL)
  set(CMAKE_C_COMPILER_LAUNCHER ${RABATT_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${RABATT_CCACHE})
endif()

function(rabatt_options target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  # the two that are left out are false in g++ 12 at -O3, inside std::string and std::optional
  target_compile_options(${target} PRIVATE -Wall -Wextra
    $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-restrict;-Wno-maybe-uninitialized>)
  if(RABATT_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(RABATT_COVERAGE)
    # atomic: some tests have threads, and the count of one side of a branch is a difference of two
    target_compile_options(${target} PRIVATE -fprofile-instr-generate -fprofile-update=atomic -fcoverage-mapping
      -fcoverage-mcdc)
    target_link_options(${target} PUBLIC -fprofile-instr-generate)
  endif()
endfunction()
