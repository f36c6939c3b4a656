# find_package(ember) gives ember::ember: the headers of include/ember and libember.so, which holds everything
# but libduckdb.so and libfmt.so; both stand beside it.
get_filename_component(_ember_root "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
if(NOT TARGET ember::ember)
  add_library(ember::ember SHARED IMPORTED)
  set_target_properties(ember::ember PROPERTIES
    IMPORTED_LOCATION "${_ember_root}/lib/libember.so"
    IMPORTED_SONAME "libember.so.0"
    INTERFACE_COMPILE_FEATURES cxx_std_20
    INTERFACE_INCLUDE_DIRECTORIES "${_ember_root}/include"
    INTERFACE_LINK_OPTIONS "-Wl,-rpath-link,${_ember_root}/lib")
endif()
unset(_ember_root)
