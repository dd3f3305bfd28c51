# Sourced by bench/compare: raw figures to tables and pictures. A raw file has a line for each trial, its columns
# divided by tabs, the peer first; a line "PEER skipped REASON" stands for trials that could not be made.

# Arguments: part, then the columns of a trial.
note_trial() {
    local part=$1
    shift
    (IFS=$'\t'; echo "$*") | tee -a "$results/$part.raw" >&2
}

# Arguments: part, peer, number of a column: its values, one a line.
column() {
    awk -F'\t' -v peer="$2" -v column="$3" '$1 == peer && $2 != "skipped" { print $column }' "$results/$1.raw"
}

# Arguments: part, peer. Why there are no trials of it; nothing if there are.
skipped() {
    awk -F'\t' -v peer="$2" '$1 == peer && $2 == "skipped" { print $3; exit }' "$results/$1.raw"
}

# Cells of a table to a line of it.
row() {
    local cell
    for cell in "$@"; do
        printf '| %s ' "$cell"
    done
    echo "|"
}

header() {
    row "$@"
    row "${@/*/---}"
}

# Arguments: name of the picture, title, unit, "log" or "". Lines "NAME VALUE" on stdin; what is no number is left out.
bars() {
    local data=$results/$1.dat images=$results picture
    awk -F'\t' '$2 ~ /^[0-9.e+]+$/' > "$data"
    [[ -s $data ]] || return 0
    [[ -n $partly ]] || { images=$checkout/docs/images; mkdir -p "$images"; }
    picture=$images/$1.svg
    # The picture names its data: by the file's name, not by where it lies here.
    (cd "$results" && gnuplot) << PLOT
        set terminal svg size 640,$((110 + 24 * $(wc -l < "$data"))) font "sans-serif,12" background rgb "white"
        set output "$picture"
        set datafile separator "\t"
        set title "$2"
        set xlabel "$3"
        set yrange [$(wc -l < "$data") - 0.3:-0.7]
        set style fill solid 0.8
        set grid x
        unset key
        ${4:+set logscale x}
        # A logarithm has no place for 0.
        least = ${4:+1}0 / 100.0
        shown(value) = value > least ? value : least
        set xrange [least:*]
        set rmargin 8
        plot "$1.dat" using (shown(\$2)):0:(least):(shown(\$2)):(\$0-0.35):(\$0+0.35):ytic(1) with boxxyerror lc rgb "#3b6ea5", \
             "" using (shown(\$2)):0:(sprintf("  %g", \$2)) with labels left
PLOT
    echo "picture: $picture" >&2
    [[ -n $partly ]] || printf '\n![%s](images/%s.svg)\n' "$2" "$1" >> "$results/${1%%-*}.md"
}
