# The third-party parts: Debian's packages and the pinned ones of third_party/parts.json.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/third_party/parts.json)
execute_process(COMMAND ${CMAKE_SOURCE_DIR}/tools/setup/fetch.sh COMMAND_ERROR_IS_FATAL ANY)
if(DEFINED ENV{EMBER_CACHE})
  set(parts $ENV{EMBER_CACHE}/parts)
else()
  set(parts $ENV{HOME}/.cache/ember/parts)
endif()

find_package(PkgConfig REQUIRED)
find_package(Python3 REQUIRED COMPONENTS Interpreter)
find_package(fmt 9 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(GTest REQUIRED)
set_target_properties(GTest::gtest GTest::gtest_main GTest::gmock PROPERTIES SYSTEM ON)

# A static archive where Debian has one, so that the program runs where the library is not installed.
function(ember_find_archive variable name)
  find_library(archive_${name} NAMES lib${name}.a NO_CACHE)
  if(archive_${name})
    set(${variable} ${archive_${name}} PARENT_SCOPE)
  else()
    set(${variable} ${name} PARENT_SCOPE)
  endif()
endfunction()

ember_find_archive(pcre2 pcre2-8)
add_library(ember_pcre2 INTERFACE)
target_compile_definitions(ember_pcre2 INTERFACE PCRE2_CODE_UNIT_WIDTH=8)
target_link_libraries(ember_pcre2 INTERFACE ${pcre2})
ember_find_archive(yaml yaml-cpp)
add_library(ember_yaml_cpp INTERFACE)
target_link_libraries(ember_yaml_cpp INTERFACE ${yaml})
add_library(ember_cli11 INTERFACE)
ember_find_archive(pugixml pugixml)
add_library(ember_pugixml INTERFACE)
target_link_libraries(ember_pugixml INTERFACE ${pugixml})
# gRPC brings the same library, static or shared.
set(zlib z)
if(EMBER_STATIC_GRPC)
  ember_find_archive(zlib z)
endif()
add_library(ember_zlib INTERFACE)
target_link_libraries(ember_zlib INTERFACE ${zlib})
# libcurl's header only: src/aws/curl_library.cc loads the library when it is first needed.
find_package(CURL 7.85 REQUIRED)
add_library(ember_curl INTERFACE)
target_link_libraries(ember_curl INTERFACE ${CMAKE_DL_LIBS})
# gRPC brings the same library, static or shared.
set(crypto crypto)
if(EMBER_STATIC_GRPC)
  ember_find_archive(crypto crypto)
endif()
add_library(ember_crypto INTERFACE)
target_link_libraries(ember_crypto INTERFACE ${crypto})

# cpp-httplib, for the emulator: without TLS and without compression, so that it needs no library.
# A form of CloudFormation holds a whole template.
add_library(ember_httplib STATIC ${parts}/cpp-httplib-0.27.0/source/httplib.cpp)
target_include_directories(ember_httplib SYSTEM PUBLIC ${parts}/cpp-httplib-0.27.0/include)
target_compile_definitions(ember_httplib PUBLIC CPPHTTPLIB_FORM_URL_ENCODED_PAYLOAD_MAX_LENGTH=4194304
                           CPPHTTPLIB_TCP_NODELAY=1)
target_compile_options(ember_httplib PRIVATE -w)
target_link_libraries(ember_httplib PUBLIC Threads::Threads)

# DuckDB: the library stands beside the programs in lib/, where their RPATH looks.
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
file(CREATE_LINK ${parts}/duckdb-1.5.5/lib/libduckdb.so ${CMAKE_BINARY_DIR}/lib/libduckdb.so SYMBOLIC)
# Its extension for S3, loaded from beside it when the first such path is read (duckdb/session_store.cc).
set(EMBER_HTTPFS ${parts}/duckdb-extension-httpfs-1.5.5/lib/httpfs.duckdb_extension)
file(CREATE_LINK ${EMBER_HTTPFS} ${CMAKE_BINARY_DIR}/lib/httpfs.duckdb_extension SYMBOLIC)
add_library(ember_duckdb_library SHARED IMPORTED)
set_target_properties(ember_duckdb_library PROPERTIES
  IMPORTED_LOCATION ${CMAKE_BINARY_DIR}/lib/libduckdb.so
  INTERFACE_INCLUDE_DIRECTORIES ${parts}/duckdb-headers-1.5.5/include)

# nanoarrow: the C core, the IPC reader and writer, and the flatcc runtime they need.
set(nanoarrow ${parts}/nanoarrow-0.9.0/subprojects/arrow-nanoarrow/src)
file(GLOB flatcc LIST_DIRECTORIES true ${parts}/nanoarrow-0.9.0/subprojects/flatcc-*)
set(NANOARROW_VERSION 0.9.0)
set(NANOARROW_VERSION_MAJOR 0)
set(NANOARROW_VERSION_MINOR 9)
set(NANOARROW_VERSION_PATCH 0)
set(NANOARROW_NAMESPACE_DEFINE "#define NANOARROW_NAMESPACE Ember")
configure_file(${nanoarrow}/nanoarrow/nanoarrow_config.h.in ${CMAKE_BINARY_DIR}/nanoarrow/nanoarrow/nanoarrow_config.h)
set(nanoarrow_sources common/array.c common/schema.c common/array_stream.c common/utils.c ipc/codecs.c ipc/decoder.c
    ipc/encoder.c ipc/reader.c ipc/writer.c)
list(TRANSFORM nanoarrow_sources PREPEND ${nanoarrow}/nanoarrow/)
set(flatcc_sources builder.c emitter.c verifier.c refmap.c)
list(TRANSFORM flatcc_sources PREPEND ${flatcc}/src/runtime/)
add_library(ember_nanoarrow STATIC ${nanoarrow_sources} ${flatcc_sources})
target_include_directories(ember_nanoarrow SYSTEM PUBLIC ${nanoarrow} ${CMAKE_BINARY_DIR}/nanoarrow)
target_include_directories(ember_nanoarrow SYSTEM PRIVATE ${flatcc}/include)
ember_find_archive(zstd zstd)
target_compile_definitions(ember_nanoarrow PRIVATE NANOARROW_IPC_WITH_ZSTD)
target_compile_options(ember_nanoarrow PRIVATE -w)
target_link_libraries(ember_nanoarrow PRIVATE ${zstd})

# gRPC and protobuf.
pkg_check_modules(GRPC REQUIRED grpc++)
find_library(protobuf_library protobuf REQUIRED)
add_library(ember_protobuf INTERFACE)
add_library(ember_grpc INTERFACE)
set(ember_shared_grpc grpc++ grpc gpr absl_synchronization absl_strings absl_time)
if(EMBER_STATIC_GRPC)
  set(archives "")
  foreach(name IN LISTS GRPC_STATIC_LIBRARIES)
    ember_find_archive(archive ${name})
    list(APPEND archives ${archive})
  endforeach()
  list(REMOVE_DUPLICATES archives)
  list(REMOVE_ITEM archives atomic)
  ember_find_archive(protobuf_archive protobuf)
  target_link_libraries(ember_protobuf INTERFACE ${protobuf_archive} Threads::Threads)
  target_link_libraries(ember_grpc INTERFACE -Wl,--start-group ${archives} -Wl,--end-group ember_protobuf)
else()
  target_link_libraries(ember_protobuf INTERFACE protobuf Threads::Threads)
  target_link_libraries(ember_grpc INTERFACE ${ember_shared_grpc} ember_protobuf)
endif()
if(EMBER_FLAGS MATCHES "sanitize=thread")
  # protobuf's classes have one member more under this sanitizer; Debian's library was built without it.
  target_compile_options(ember_protobuf INTERFACE -U__SANITIZE_THREAD__)
endif()

# The Spark Connect protocol: descriptors of the PySpark client package → C++.
set(proto_modules "")
set(proto_files "")
set(proto_sources "")
foreach(name base catalog commands common expressions ml ml_common pipelines relations types)
  list(APPEND proto_modules ${parts}/pyspark-client-4.2.0/pyspark/sql/connect/proto/${name}_pb2.py)
  list(APPEND proto_files spark/connect/${name})
endforeach()
foreach(name status error_details)
  list(APPEND proto_modules ${parts}/googleapis-common-protos-1.76.0/google/rpc/${name}_pb2.py)
  list(APPEND proto_files google/rpc/${name})
endforeach()
set(generated ${CMAKE_BINARY_DIR}/proto)
file(MAKE_DIRECTORY ${generated})
list(TRANSFORM proto_files APPEND .proto OUTPUT_VARIABLE proto_inputs)
list(TRANSFORM proto_files APPEND .pb.cc OUTPUT_VARIABLE proto_sources)
list(TRANSFORM proto_files APPEND .pb.h OUTPUT_VARIABLE proto_headers)
list(APPEND proto_sources spark/connect/base.grpc.pb.cc)
list(APPEND proto_headers spark/connect/base.grpc.pb.h)
list(TRANSFORM proto_sources PREPEND ${generated}/)
list(TRANSFORM proto_headers PREPEND ${generated}/)
add_custom_command(
  OUTPUT ${proto_sources} ${proto_headers}
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/setup/descriptors.py ${generated}/descriptors.bin
          ${proto_modules}
  COMMAND protoc --descriptor_set_in=${generated}/descriptors.bin --cpp_out=${generated} --grpc_out=${generated}
          --plugin=protoc-gen-grpc=/usr/bin/grpc_cpp_plugin ${proto_inputs}
  DEPENDS ${CMAKE_SOURCE_DIR}/tools/setup/descriptors.py ${CMAKE_SOURCE_DIR}/third_party/parts.json
  COMMENT "Generating the Spark Connect protocol"
  VERBATIM)
add_library(ember_proto STATIC ${proto_sources} ${proto_headers})
target_include_directories(ember_proto SYSTEM PUBLIC ${generated})
target_compile_options(ember_proto PRIVATE -O1 -g0 -w)
target_link_libraries(ember_proto PUBLIC ember_grpc)
