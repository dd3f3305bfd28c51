package org.edgesentry.core.config;

import java.util.ArrayList;
import java.util.List;

/** Who gets a mail: addresses as a comma list. An empty text is the empty list. */
record MailListType() implements ValueType<List<String>> {

    /** More readers than this are a mailing list, which has an address of its own. */
    static final int MAX_ADDRESSES = 20;

    private static final MailAddressType ADDRESS = new MailAddressType();

    @Override
    public List<String> read(String text, Faults faults) {
        List<String> addresses = new ArrayList<>();
        boolean sound = text.isEmpty() || ListItems.forEach(text, faults, (item, index, told) -> {
            if (addresses.size() == MAX_ADDRESSES) {
                told.at(index, "more than " + MAX_ADDRESSES + " addresses; a mailing list could have one for all");
            }
            addresses.add(ADDRESS.read(item, (at, message) -> told.at(index + at, message)));
        });
        return sound ? List.copyOf(addresses) : null;
    }

    @Override
    public String show(List<String> value) {
        return String.join(",", value);
    }
}
