package org.edgesentry.core.config;

import java.util.BitSet;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.text.PrintableText;

/** A list of ports and ranges: {@code 1,7,512-515}. An empty text is the empty list. */
record PortListType() implements ValueType<PortSet> {

    @Override
    public PortSet read(String text, Faults faults) {
        BitSet ports = new BitSet();
        boolean sound = text.isEmpty()
                || ListItems.forEach(text, faults, (item, index, told) -> addItem(ports, item, index, told));
        return sound ? PortSet.of(ports) : null;
    }

    private static void addItem(BitSet ports, String item, int index, Faults faults) {
        int dash = item.indexOf('-');
        String first = dash < 0 ? item : item.substring(0, dash);
        String last = dash < 0 ? item : item.substring(dash + 1);
        long from = Decimal.read(first);
        long to = Decimal.read(last);
        if (from == Decimal.NONE || to == Decimal.NONE) {
            faults.at(index, PrintableText.quote(item) + " is not a port");
        } else if (from < 1 || from > 65_535) {
            faults.at(index, outOfRange(first));
        } else if (to < 1 || to > 65_535) {
            faults.at(index + dash + 1, outOfRange(last));
        } else if (from > to) {
            faults.at(index, "the range " + from + "-" + to + " runs backwards; write " + to + "-" + from);
        } else {
            ports.set((int) from, (int) to + 1);
        }
    }

    private static String outOfRange(String port) {
        return "port " + PrintableText.cut(port, 20) + " is out of range (1 to 65535)";
    }
}
