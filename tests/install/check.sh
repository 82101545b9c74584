#!/bin/sh
# Installs the component rabatt of a build into a prefix of its own, and builds and runs programs against it there.
#   check.sh BUILD_DIR
set -eu

build=${1:?check.sh BUILD_DIR}
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cmake --install "$build" --component rabatt --prefix "$scratch/prefix" >"$scratch/log"

# The source tree must not be needed: nothing that was installed may name it.
if grep -rlF --include='*.h' --include='*.cmake' "$(cd "$here/../.." && pwd)" "$scratch/prefix"; then
  echo "these files name the source tree" >&2
  exit 1
fi

# With the build's own compilers: sanitizers and versions must agree.
cache() { sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"; }
cmake -S "$here" -B "$scratch/build" -DCMAKE_PREFIX_PATH="$scratch/prefix" -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_C_COMPILER="$(cache CMAKE_C_COMPILER)" -DCMAKE_CXX_COMPILER="$(cache CMAKE_CXX_COMPILER)" \
  -DCMAKE_C_FLAGS="$(cache CMAKE_C_FLAGS)" -DCMAKE_CXX_FLAGS="$(cache CMAKE_CXX_FLAGS)" >>"$scratch/log"
cmake --build "$scratch/build" >>"$scratch/log" || { cat "$scratch/log" >&2; exit 1; }

"$scratch/build/consumer_cc"
"$scratch/build/consumer_c"
echo "install: passed"
