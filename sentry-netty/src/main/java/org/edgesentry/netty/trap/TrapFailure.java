package org.edgesentry.netty.trap;

import java.net.BindException;
import org.edgesentry.core.net.IpProtocol;

/**
 * A trap port that could not be bound. Thread: immutable.
 *
 * @param protocol TCP or UDP, as an IP protocol number
 * @param port the port
 * @param reason why, and what to do, in one line
 */
public record TrapFailure(int protocol, int port, String reason) {

    static TrapFailure of(int protocol, int port, Throwable cause) {
        return new TrapFailure(protocol, port, reason(cause));
    }

    private static String reason(Throwable cause) {
        String words = String.valueOf(cause.getMessage());
        if (cause instanceof BindException && words.contains("in use")) {
            return "a service of this host has it open; take the port out of the list to silence this";
        }
        if (words.contains("ermission denied")) {
            return "permission denied; run as root or grant CAP_NET_BIND_SERVICE";
        }
        if (words.contains("Too many open files")) {
            return "too many open files; raise the limit (ulimit -n, or LimitNOFILE= in the systemd unit)";
        }
        return words;
    }

    @Override
    public String toString() {
        return IpProtocol.name(protocol) + " port " + port + ": " + reason;
    }
}
