#!/bin/sh
# Makes the virtual environment and installs the pinned, hashed requirements: bootstrap.sh PYTHON VENV REQUIREMENTS
# POSIX sh: it must run on a machine where nothing but Python and make is there.
set -eu
python=$1 venv=$2 requirements=$3
root=$(cd "$(dirname "$0")" && pwd)

give_up() {
    echo "$1" >&2
    exit 1
}

command -v "$python" >/dev/null 2>&1 ||
    give_up "There is no '$python'. Install Python 3.11 or newer, or name yours: make PYTHON=/path/to/python3.12 ..."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    give_up "'$python' is older than Python 3.11. Name a newer one: make PYTHON=python3.12 ..."

make_venv() {
    rm -rf "$venv"
    "$python" -m venv "$venv" >/dev/null 2>&1 && "$venv/bin/python" -m pip --version >/dev/null 2>&1
}

if ! { [ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1; } && ! make_venv; then
    # Debian and Ubuntu ship Python without its venv module.
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing $package ..."
        { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -qy install "$package"; } >/dev/null 2>&1 || true
        make_venv || give_up "No virtual environment can be made: $package could not be installed."
    else
        rm -rf "$venv"
        give_up "Python's venv module is missing. Please run: sudo apt install $package"
    fi
fi

echo "Installing the pinned requirements (a minute the first time) ..."
log=$venv/install.log
PIP_DISABLE_PIP_VERSION_CHECK=1 "$venv/bin/python" -m pip install -q --require-hashes -r "$requirements" >"$log" 2>&1 || {
    tail -n 5 "$log" >&2
    give_up "The requirements could not be installed (all of it: $log). Is this machine online, or is pip's index set?"
}

# The command `xianfeng`, which finds this folder wherever it is called from.
site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
echo "$root" >"$site/xianfeng.pth"
cat >"$venv/bin/xianfeng" <<EOF
#!$(cd "$venv/bin" && pwd)/python
from bot.__main__ import main

main()
EOF
chmod +x "$venv/bin/xianfeng"
