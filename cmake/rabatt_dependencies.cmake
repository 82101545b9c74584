# The libraries that all rooms share.

find_package(absl CONFIG REQUIRED)
find_package(Boost 1.81 REQUIRED)  # headers only
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
