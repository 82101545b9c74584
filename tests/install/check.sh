#!/bin/sh
# Installs the component rabatt of a build into a prefix of its own, and there builds and runs the README's C++ and C
# programs.
#   check.sh BUILD_DIR
set -eu

build=${1:?check.sh BUILD_DIR}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cmake --install "$build" --component rabatt --prefix "$scratch/prefix" >"$scratch/log"

# The source tree must not be needed: nothing that was installed may name it.
if grep -rlF --include='*.h' --include='*.cmake' "$root" "$scratch/prefix"; then
  echo "these files name the source tree" >&2
  exit 1
fi

program() { sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/{/^\`\`\`/!p}" "$root/README.md"; }
program cpp >"$scratch/shop.cc"
program c >"$scratch/shop.c"

# With the build's own compilers: sanitizers and versions must agree.
cache() { sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"; }
cmake -S "$here" -B "$scratch/build" -DSOURCES="$scratch" -DCMAKE_PREFIX_PATH="$scratch/prefix" -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_C_COMPILER="$(cache CMAKE_C_COMPILER)" -DCMAKE_CXX_COMPILER="$(cache CMAKE_CXX_COMPILER)" \
  -DCMAKE_C_FLAGS="$(cache CMAKE_C_FLAGS)" -DCMAKE_CXX_FLAGS="$(cache CMAKE_CXX_FLAGS)" >>"$scratch/log"
cmake --build "$scratch/build" >>"$scratch/log" || { cat "$scratch/log" >&2; exit 1; }

for program in shop_cc shop_c; do
  printed=$("$scratch/build/$program")
  [ "$printed" = 29.97 ] || { echo "$program must print 29.97, printed $printed" >&2; exit 1; }
done
echo "the README's programs print 29.97"
