# Sourced by bench/run and bench/compare: the machine in words, medians, and results in docs/performance.md.

checkout=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")

# One line: date, machine, versions.
machine() {
    local processor
    processor=$(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)
    echo "$(date -u +%F), $(nproc) cores of ${processor:-$(uname -m)}, Linux $(uname -r)," \
        "$(. /etc/os-release && echo "$PRETTY_NAME"), Java $(java_version), load average $(cut -d' ' -f1 /proc/loadavg)," \
        "Edge Sentry at $(git -C "$checkout" rev-parse --short HEAD)."
}

java_version() {
    java -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p'
}

# Numbers, one a line or with blanks between, to: median, nine of ten within, smallest, largest; "- - - -" for none.
spread() {
    tr -s ' ' '\n' | sort -g | awk '
        /./ { value[++n] = $1 }
        END { if (n == 0) { print "- - - -"; exit }
              printf "%.6g %.6g %.6g %.6g\n", (value[int((n + 1) / 2)] + value[int(n / 2) + 1]) / 2,
                  value[int(n * 0.9 + 0.999)], value[1], value[n] }'
}

# Puts what is on stdin in the place between the marks of that name in docs/performance.md.
publish() {
    local page=$checkout/docs/performance.md text
    grep -q "^<!-- $1 -->$" "$page" || { echo "docs/performance.md has no place for $1" >&2; return 1; }
    text=$(mktemp)
    cat > "$text"
    sed -i -e "/^<!-- $1 -->$/,/^<!-- end of $1 -->$/{
        /^<!-- $1 -->$/{
            r $text
            b
        }
        /^<!-- end of $1 -->$/b
        d
    }" "$page"
    rm "$text"
}
