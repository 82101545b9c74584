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

# The N-th program of a language: program cpp 1
program() {
  awk -v begin="\`\`\`$1" -v n="$2" \
    '$0 == begin { inside = ++found == n; next } $0 == "```" { inside = 0 } inside' "$root/README.md"
}
count=0
for name in shop lines live store; do
  count=$((count + 1))
  program cpp $count >"$scratch/$name.cc"
done
program c 1 >"$scratch/shop.c"
[ "$(grep -cE '^```(c|cpp)$' "$root/README.md")" = $((count + 1)) ] || { echo "name every program here" >&2; exit 1; }

# With the build's own compilers: sanitizers and versions must agree.
cache() { sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"; }
cmake -S "$here" -B "$scratch/build" -DSOURCES="$scratch" -DCMAKE_PREFIX_PATH="$scratch/prefix" -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_C_COMPILER="$(cache CMAKE_C_COMPILER)" -DCMAKE_CXX_COMPILER="$(cache CMAKE_CXX_COMPILER)" \
  -DCMAKE_C_FLAGS="$(cache CMAKE_C_FLAGS)" -DCMAKE_CXX_FLAGS="$(cache CMAKE_CXX_FLAGS)" >>"$scratch/log"
cmake --build "$scratch/build" >>"$scratch/log" || { cat "$scratch/log" >&2; exit 1; }

# What a program prints stands in comments, each behind the statement that prints it.
shown() { sed -nE 's!.*(cout|puts).*; +(//|/\*) +([^ ]+).*!\3!p' "$1"; }
for file in shop.cc lines.cc live.cc store.cc shop.c; do
  expected=$(shown "$scratch/$file")
  printed=$("$scratch/build/$(echo $file | tr . _)")
  [ -n "$expected" ] && [ "$printed" = "$expected" ] || {
    echo "$file of the README must print '$expected', printed '$printed'" >&2
    exit 1
  }
done
echo "the README's programs print what it says"
