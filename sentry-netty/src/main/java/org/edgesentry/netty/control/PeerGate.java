package org.edgesentry.netty.control;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.edgesentry.core.limits.Limits;

/**
 * Who is let in: root and the daemon's own user, as the kernel names the peer (SO_PEERCRED, unix(7)), and so many at
 * once. The mode of the socket keeps others out as well; this holds when somebody has changed the mode.
 *
 * <p>Thread: the control loop.
 */
final class PeerGate {

    private static final int ROOT = 0;
    private static final String UIDS = "Uid:";

    private final int ownUid;
    private int open;

    PeerGate() throws IOException {
        ownUid = effectiveUid();
    }

    /** proc(5): real, effective, saved and file system user. The owner of /proc/self may be root for anybody. */
    private static int effectiveUid() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith(UIDS)) {
                return Integer.parseUnsignedInt(line.substring(UIDS.length()).trim().split("\\s+")[1]);
            }
        }
        throw new IOException("/proc/self/status names no user");
    }

    /** Lets the peer in; {@link #leave} has to follow. */
    void enter(Channel channel) throws RefusedRequestException {
        int uid = uid(channel);
        if (uid != ROOT && uid != ownUid) {
            throw new RefusedRequestException(Refusal.FOREIGN_PEER, "user " + Integer.toUnsignedString(uid)
                    + " may not ask; run as root, or as the user of the daemon");
        }
        if (open >= Limits.CONTROL_CONNECTIONS) {
            throw new RefusedRequestException(Refusal.TOO_MANY, "there are " + open
                    + " connections to the daemon already; try again when they have ended");
        }
        open++;
    }

    void leave() {
        open--;
    }

    private static int uid(Channel channel) throws RefusedRequestException {
        try {
            return ((EpollDomainSocketChannel) channel).peerCredentials().uid();
        } catch (IOException e) {
            throw new RefusedRequestException(Refusal.FOREIGN_PEER, "the kernel does not say who asks");
        }
    }
}
