# What `make install` puts under a prefix: bin/ember, lib/libember.so with libduckdb.so and libfmt.so beside it,
# include/ember, the CMake package, completions. Every path in it is relative, so the tree can be moved.
include(GNUInstallDirs)
set(CMAKE_INSTALL_LIBDIR lib)

# libember.so: every room but cli, server and emulator. Only names of namespace ember are visible. Debian's static gRPC is
# not position-independent, so here the shared libraries serve; `make package` puts them beside libember.so, where
# DT_RPATH (not RUNPATH: it also holds for what they need themselves) finds them.
set(library_archives "")
set(library_targets ember_proto ember_nanoarrow)
foreach(room IN LISTS EMBER_EXISTING_ROOMS)
  get_target_property(kind ember_${room} TYPE)
  if(kind STREQUAL STATIC_LIBRARY AND NOT room MATCHES "^(cli|server|emulator)$")
    list(APPEND library_archives -Wl,--whole-archive $<TARGET_FILE:ember_${room}> -Wl,--no-whole-archive)
    list(APPEND library_targets ember_${room})
  endif()
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/library_anchor.cc CONTENT "")
add_library(ember_shared SHARED EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/library_anchor.cc)
add_dependencies(ember_shared ${library_targets})
set_target_properties(ember_shared PROPERTIES
  OUTPUT_NAME ember
  SOVERSION ${PROJECT_VERSION_MAJOR}
  VERSION ${PROJECT_VERSION}
  INSTALL_RPATH "$ORIGIN"
  LINK_DEPENDS "${CMAKE_SOURCE_DIR}/cmake/library.map")
target_link_options(ember_shared PRIVATE -Wl,--version-script=${CMAKE_SOURCE_DIR}/cmake/library.map
                    -Wl,--disable-new-dtags -Wl,--as-needed -Wl,--no-undefined)
target_link_libraries(ember_shared PRIVATE ${library_archives} $<TARGET_FILE:ember_proto>
                      $<TARGET_FILE:ember_nanoarrow> ember_duckdb_library fmt::fmt pcre2-8 yaml-cpp zstd
                      pugixml crypto z ${CMAKE_DL_LIBS}
                      ${ember_shared_grpc} protobuf Threads::Threads)

if(TARGET ember)
  install(TARGETS ember RUNTIME DESTINATION bin)
endif()
install(TARGETS ember_shared LIBRARY DESTINATION lib OPTIONAL)
get_target_property(duckdb_link ember_duckdb_library IMPORTED_LOCATION)
file(REAL_PATH ${duckdb_link} duckdb_file)
install(PROGRAMS ${duckdb_file} DESTINATION lib)
install(FILES ${EMBER_HTTPFS} DESTINATION lib)
get_target_property(fmt_file fmt::fmt IMPORTED_LOCATION_NONE)
get_target_property(fmt_soname fmt::fmt IMPORTED_SONAME_NONE)
if(fmt_file)
  file(REAL_PATH ${fmt_file} fmt_file)
  install(PROGRAMS ${fmt_file} DESTINATION lib RENAME ${fmt_soname})
endif()
option(EMBER_BUNDLE "install the shared libraries of gRPC and others too: a tree for other machines" OFF)
install(CODE "set(EMBER_BUNDLE \"${EMBER_BUNDLE}\")")
install(CODE [[
  if(EMBER_BUNDLE)
    set(lib "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/lib")
    file(GET_RUNTIME_DEPENDENCIES LIBRARIES "${lib}/libember.so" RESOLVED_DEPENDENCIES_VAR found
         UNRESOLVED_DEPENDENCIES_VAR missing
         PRE_EXCLUDE_REGEXES "^(libc|libm|libstdc[+][+]|libgcc_s|libpthread|libdl|librt|libresolv)[.]so.*|^ld-linux.*")
    foreach(file IN LISTS found)
      get_filename_component(name "${file}" NAME)
      if(NOT EXISTS "${lib}/${name}")
        file(INSTALL "${file}" DESTINATION "${lib}" FOLLOW_SYMLINK_CHAIN)
      endif()
    endforeach()
    if(missing)
      message(FATAL_ERROR "not found: ${missing}")
    endif()
  endif()
]])
install(DIRECTORY include/ember DESTINATION include OPTIONAL FILES_MATCHING PATTERN "*.h")
include(CMakePackageConfigHelpers)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/ember-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES cmake/ember-config.cmake ${CMAKE_BINARY_DIR}/ember-config-version.cmake DESTINATION lib/cmake/ember)
install(FILES LICENSE third_party/README.md DESTINATION share/doc/ember)
if(EXISTS ${CMAKE_SOURCE_DIR}/python)
  install(DIRECTORY python DESTINATION share/ember PATTERN "__pycache__" EXCLUDE)
endif()
if(EXISTS ${CMAKE_SOURCE_DIR}/examples/sp500)
  install(DIRECTORY examples/sp500 DESTINATION share/ember/examples PATTERN "out" EXCLUDE)
endif()

# The installed program writes its own completions.
install(CODE [[
  set(root "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}")
  foreach(shell_path IN ITEMS "bash|share/bash-completion/completions/ember" "zsh|share/zsh/site-functions/_ember")
    string(REPLACE "|" ";" shell_path "${shell_path}")
    list(GET shell_path 0 shell)
    list(GET shell_path 1 path)
    execute_process(COMMAND "${root}/bin/ember" completion ${shell}
                    OUTPUT_VARIABLE script RESULT_VARIABLE code ERROR_QUIET)
    if(code EQUAL 0)
      file(WRITE "${root}/${path}" "${script}")
      message(STATUS "Installing: ${root}/${path}")
    endif()
  endforeach()
]])
