package org.edgesentry.core.config;

import java.util.regex.Pattern;
import org.edgesentry.core.config.Settings.HostPort;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.text.PrintableText;

/** Reads the server of a URL, RFC 3986 3.2: a name or an address, IPv6 in brackets, and perhaps a port. */
final class ServerText {

    private static final int NAME_CHARS = 253;
    /** RFC 1123 2.1; the last label begins with a letter, so that no name looks like an address. */
    private static final Pattern NAME = Pattern.compile(
            "(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)*[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?");

    private ServerText() {
    }

    /** Whether it is the name of a host, with or without its domain. */
    static boolean isName(String text) {
        return text.length() <= NAME_CHARS && NAME.matcher(text).matches();
    }

    /** The server that the text holds from {@code start} to its end; null when a fault was told. */
    static HostPort read(String text, int start, int defaultPort, ValueType.Faults faults) {
        String server = text.substring(start);
        int colon = server.indexOf(':', server.startsWith("[") ? Math.max(0, server.indexOf(']')) : 0);
        String host = host(colon < 0 ? server : server.substring(0, colon));
        if (host == null) {
            faults.at(start, PrintableText.quote(server) + " is no server; write a name or an address, and perhaps "
                    + "a port, as in host.example.com:1234 or [::1]:1234");
            return null;
        }
        long port = colon < 0 ? defaultPort : Decimal.read(server.substring(colon + 1));
        if (port < 1 || port > 65_535) {
            faults.at(start + colon + 1, PrintableText.quote(server.substring(colon + 1))
                    + " is not a port (1 to 65535)");
            return null;
        }
        return new HostPort(host, (int) port);
    }

    private static String host(String text) {
        if (isName(text)) {
            return text;
        }
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        try {
            Cidr address = CidrParser.parse(bracketed ? text.substring(1, text.length() - 1) : text);
            boolean sound = address.isSingleAddress() && bracketed == (address.family() == AddressFamily.IPV6)
                    && text.indexOf('/') < 0;
            return sound ? address.toString() : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
