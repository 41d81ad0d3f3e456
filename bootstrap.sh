#!/bin/sh
# Makes the virtual environment and installs the pinned, hashed requirements: bootstrap.sh PYTHON VENV REQUIREMENTS
set -eu
python=$1 venv=$2 requirements=$3

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Xianfeng needs Python 3.11 or newer; '$python' is not. Try: make PYTHON=python3.12 ..." >&2
    exit 1
fi
if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    rm -rf "$venv"
    if ! "$python" -m venv "$venv" >/dev/null 2>&1; then
        rm -rf "$venv"
        # Debian and Ubuntu ship Python without its venv module.
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            echo "Installing python$version-venv ..."
            { apt-get update -q && apt-get install -qy "python$version-venv"; } >/dev/null
            "$python" -m venv "$venv"
        else
            echo "Python's venv module is missing. Please run: sudo apt install python$version-venv" >&2
            exit 1
        fi
    fi
fi
echo "Installing the pinned requirements (a minute the first time) ..."
PIP_DISABLE_PIP_VERSION_CHECK=1 "$venv/bin/python" -m pip install -q --require-hashes -r "$requirements"
