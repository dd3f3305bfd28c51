package org.edgesentry.netty.trap;

import java.io.IOException;

/**
 * Why a socket could not be bound. Thread: immutable.
 *
 * @param inUse whether another socket has the address, which may end
 * @param reason in one line, with what to do
 */
record BindRefusal(boolean inUse, String reason) {

    static BindRefusal of(IOException failure) {
        String words = String.valueOf(failure.getMessage());
        if (words.contains("already in use")) {
            return new BindRefusal(true,
                    "a service of this host has it open; take the port out of the list to silence this");
        }
        if (words.contains("ermission denied")) {
            return new BindRefusal(false, "permission denied; run as root or grant CAP_NET_BIND_SERVICE");
        }
        return new BindRefusal(false, words);
    }

    static BindRefusal tooManyFiles(long allowed, long needed) {
        return new BindRefusal(false, "too many open files: " + allowed + " are allowed and " + needed
                + " needed; set LimitNOFILE=" + needed + " in the systemd unit, or ulimit -n " + needed);
    }
}
