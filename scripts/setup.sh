#!/usr/bin/env bash
# setup.sh build|test|bench: installs what is missing to build, to build and test, or to build and bench. When nothing
# is, it asks nobody anything.
#   PYTHON=python3.12 scripts/setup.sh build    another Python (3.11 or later) for .venv
set -euo pipefail
cd "$(dirname "$0")/.."

# Debian's names; of `a|b` the first that the distribution has. Boost must be 1.81 or later.
packages=(g++ make cmake ninja-build ccache pkg-config python3-dev python3-venv 'libboost1.81-dev|libboost-dev' libabsl-dev
  libutf8proc-dev libssl-dev libsqlite3-dev libmagic-dev libstb-dev libpq-dev libxxhash-dev libgtest-dev libgmock-dev libbenchmark-dev)
test_packages=(clang-19 clang-format-19 clang-tidy-19 llvm-19 libclang-rt-19-dev valgrind postgresql
  'libpython3.11-testsuite|libpython3-testsuite')
bench_packages=(postgresql)

case ${1:-} in
  build) extras=() ;;
  test) extras=(files test) packages+=("${test_packages[@]}") ;;
  bench) extras=(files test bench) packages+=("${bench_packages[@]}") ;;
  *) echo "usage: $0 build|test|bench" >&2; exit 2 ;;
esac

missing() {
  local installed name
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p')
  for name in "${packages[@]}"; do
    grep -qxE "${name//+/\\+}" <<<"$installed" || echo "$name"
  done
}

first_known() {  # of names separated by |
  local name
  for name in ${1//|/ }; do
    if apt-cache show "$name" >/dev/null 2>&1; then echo "$name"; return; fi
  done
  echo "${1%%|*}"
}

install_packages() {
  local as_root=() name names=()
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "Missing packages, and neither root nor sudo to install them: $*" >&2
      exit 1
    fi
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -qq || echo "not all lists of packages could be read; going on with those there are" >&2
  for name; do names+=("$(first_known "$name")"); done
  echo "installing ${names[*]}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends "${names[@]}" \
    </dev/null >/dev/null
}

if command -v dpkg-query >/dev/null; then
  mapfile -t needed < <(missing)
  [ ${#needed[@]} = 0 ] || install_packages "${needed[@]}"
else
  echo "Not a Debian: these packages, or what they are called here, must be there: ${packages[*]}" >&2
fi

if [ ! -x .venv/bin/python ]; then
  python=${PYTHON:-python3}
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: PYTHON=...")'
  "$python" -m venv .venv
fi

stamp=.venv/has-${1}
if [ ! "$stamp" -nt pyproject.toml ]; then
  .venv/bin/python - "${extras[@]}" >.venv/requirements.txt <<'EOF'
import sys, tomllib

file = tomllib.load(open("pyproject.toml", "rb"))
names = file["build-system"]["requires"] + file["project"]["dependencies"]
for extra in sys.argv[1:]:
    names += file["project"]["optional-dependencies"][extra]
print("\n".join(names))
EOF
  echo "installing the Python packages of pyproject.toml"
  # uv is several times faster; pip does as well
  if ! { .venv/bin/python -m pip install -q uv && .venv/bin/uv pip install -q --python .venv/bin/python -r .venv/requirements.txt; }; then
    .venv/bin/python -m pip install -q -r .venv/requirements.txt
  fi
  touch "$stamp"
fi
