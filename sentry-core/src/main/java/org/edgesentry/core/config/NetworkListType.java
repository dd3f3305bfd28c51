package org.edgesentry.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;

/** A list of addresses and networks: {@code 192.0.2.0/24,2001:db8::/48}. An empty text is the empty list. */
record NetworkListType() implements ValueType<List<Cidr>> {

    @Override
    public List<Cidr> read(String text, Faults faults) {
        List<Cidr> networks = new ArrayList<>();
        boolean sound = text.isEmpty() || ListItems.forEach(text, faults, (item, index, told) -> {
            try {
                networks.add(CidrParser.parse(item));
            } catch (IllegalArgumentException e) {
                told.at(index, e.getMessage());
            }
        });
        return sound ? List.copyOf(networks) : null;
    }

    @Override
    public String show(List<Cidr> value) {
        return value.stream().map(Cidr::toString).collect(Collectors.joining(","));
    }
}
