package org.edgesentry.core.config;

import org.edgesentry.core.config.Settings.HostPort;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.text.PrintableText;

/** An address and a port to listen on: {@code 127.0.0.1:9465}, {@code [::1]:9465}. Names are not looked up. */
record ListenAddressType() implements ValueType<HostPort> {

    @Override
    public HostPort read(String text, Faults faults) {
        int colon = text.lastIndexOf(':');
        String host = host(colon < 0 ? text : text.substring(0, colon));
        if (colon < 0 || host == null) {
            faults.at(0, PrintableText.quote(text)
                    + " is not an address and a port; write them as 127.0.0.1:9465 or [::1]:9465");
            return null;
        }
        long port = Decimal.read(text.substring(colon + 1));
        if (port < 1 || port > 65_535) {
            faults.at(colon + 1, PrintableText.quote(text.substring(colon + 1)) + " is not a port (1 to 65535)");
            return null;
        }
        return new HostPort(host, (int) port);
    }

    /** The address in its usual form; null when it is none. Only IPv6 stands in brackets. */
    private static String host(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String address = bracketed ? text.substring(1, text.length() - 1) : text;
        if (bracketed != address.indexOf(':') >= 0 || address.indexOf('/') >= 0) {
            return null;
        }
        try {
            Cidr host = CidrParser.parse(address);
            return host.toString();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
