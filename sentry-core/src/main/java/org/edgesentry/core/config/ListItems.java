package org.edgesentry.core.config;

import org.edgesentry.core.text.PrintableText;

/** Takes a comma list apart; tells what is wrong with its items, but not without end. */
final class ListItems {

    /** A list with more faults than this is wrong as a whole: the others are only counted. */
    static final int FAULTS_TOLD = 10;

    /** Reads one item. */
    interface Reader {

        /** Takes an item that is not empty and holds no blank, and where it begins. */
        void read(String item, int index, ValueType.Faults faults);
    }

    private ListItems() {
    }

    /** Hands each item to the reader; false when there was a fault. */
    static boolean forEach(String list, ValueType.Faults faults, Reader reader) {
        FaultLimit limit = new FaultLimit(faults);
        int start = 0;
        while (start <= list.length()) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            readItem(list.substring(start, end), start, limit, reader);
            start = end + 1;
        }
        limit.close();
        return limit.count == 0;
    }

    private static void readItem(String item, int index, ValueType.Faults faults, Reader reader) {
        if (item.isEmpty()) {
            faults.at(index, "the list has an empty item: a comma too many?");
        } else if (item.chars().anyMatch(character -> ConfigText.isBlank((char) character))) {
            faults.at(index, PrintableText.quote(item) + " holds a blank; write the list without blanks");
        } else {
            reader.read(item, index, faults);
        }
    }

    private static final class FaultLimit implements ValueType.Faults {

        private final ValueType.Faults told;
        private int count;
        private int firstUntold;

        private FaultLimit(ValueType.Faults told) {
            this.told = told;
        }

        @Override
        public void at(int index, String message) {
            count++;
            if (count <= FAULTS_TOLD) {
                told.at(index, message);
            } else if (count == FAULTS_TOLD + 1) {
                firstUntold = index;
            }
        }

        private void close() {
            if (count > FAULTS_TOLD) {
                told.at(firstUntold, "and " + (count - FAULTS_TOLD) + " more faults in this list");
            }
        }
    }
}
