#!/usr/bin/env bash
# Makes the captures that README.md describes: make.sh DIRECTORY [NAME...]. Run it as root; it works in namespaces of its own.
# Without names: all of them. Names are those of the files without folder and ending.
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
out=$(readlink -m "${1:?directory for the captures}")
shift
labels=$out/.labels
mkdir -p "$out/scan" "$out/benign" "$labels"

one() {
    local name=$1 recipe
    for recipe in "scan_${name//-/_}" "benign_${name//-/_}"; do
        declare -F "$recipe" > /dev/null || continue
        file=${recipe%%_*}/$name.pcap
        exec {quiet}> /dev/null
        lab_open
        "$recipe"
        return
    done
    python3 "$here/craft.py" "$out" "$labels" "$name"
}

. "$here/lab.sh"
. "$here/scans.sh"
. "$here/ordinary.sh"

if (($# == 1)); then
    one "$1"
elif (($# == 0)); then
    names=$(declare -F | sed -nE 's/^declare -f (scan|benign)_//p' | tr _ -; python3 "$here/craft.py" --list)
    # shellcheck disable=SC2086
    set -- $names
fi
if (($# > 1)); then
    printf '%s\n' "$@" | xargs -P "${JOBS:-3}" -I NAME timeout 280 bash "${BASH_SOURCE[0]}" "$out" NAME
fi
{
    printf 'file\thome\tscanners\tkind\tmust_not\tscore\tnote\n'
    sort "$labels"/*
} > "$out/.labels.tsv.$$"
mv "$out/.labels.tsv.$$" "$out/labels.tsv"
