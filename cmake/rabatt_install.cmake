# `cmake --install`, and find_package(rabatt) afterwards.
# The Python package brings its own copy of everything and installs the component "python" alone.

include(CMakePackageConfigHelpers)

install(TARGETS rabatt_engine rabatt_rules rabatt_c EXPORT rabatt_targets COMPONENT rabatt
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS rabatt_store EXPORT rabatt_store_targets COMPONENT rabatt ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY engine/include/ rules/include/ plugin/c/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT rabatt
  PATTERN hash_map.h EXCLUDE PATTERN describe.h EXCLUDE)
install(DIRECTORY rules/schema/ DESTINATION ${CMAKE_INSTALL_DATADIR}/rabatt/schema COMPONENT rabatt
  FILES_MATCHING PATTERN "*.json")
install(EXPORT rabatt_targets NAMESPACE rabatt:: FILE rabatt-targets.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/rabatt COMPONENT rabatt)
install(EXPORT rabatt_store_targets NAMESPACE rabatt:: FILE rabatt-store-targets.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/rabatt COMPONENT rabatt)
configure_package_config_file(cmake/rabatt-config.cmake.in rabatt-config.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/rabatt)
write_basic_package_version_file(rabatt-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/rabatt-config.cmake ${PROJECT_BINARY_DIR}/rabatt-config-version.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/rabatt COMPONENT rabatt)
