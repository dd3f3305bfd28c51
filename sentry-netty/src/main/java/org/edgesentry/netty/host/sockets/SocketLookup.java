package org.edgesentry.netty.host.sockets;

import java.io.IOException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.classify.OwnSockets;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.netty.system.LibC;

/**
 * Asks the kernel which socket takes a packet, by the look-up that it makes for the packet itself: connections of this
 * moment and those just closed are found as well as listeners, by address, family and interface.
 *
 * <p>Without an answer nothing is taken, and the log says so once.
 *
 * <p>Thread: that of the classifier; allocates nothing.
 */
public final class SocketLookup implements OwnSockets, AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(SocketLookup.class);

    private final DiagSocket socket;
    private final DiagRequest request;
    private final DiagAnswer answer;
    private int sequence;
    private boolean failureIsSaid;

    /** One with a socket of its own, in the network namespace of this process. */
    public static SocketLookup open() throws IOException {
        return new SocketLookup(DiagSocket.open());
    }

    SocketLookup(DiagSocket socket) {
        this.socket = socket;
        this.request = new DiagRequest(socket.request());
        this.answer = new DiagAnswer(socket.answer());
    }

    /** Asks once for nobody's packet, so that a kernel that does not answer is known before the first packet comes. */
    void tryOut() {
        ProbeEvent nobodys = new ProbeEvent();
        nobodys.family = AddressFamily.IPV4;
        nobodys.protocol = IpProtocol.TCP;
        wouldTake(nobodys);
    }

    @Override
    public boolean wouldTake(ProbeEvent event) {
        if (event.protocol != IpProtocol.TCP && event.protocol != IpProtocol.UDP) {
            return false;
        }
        write(event);
        return socket.send() ? isFound() : failed(LibC.errno());
    }

    /** TCP's look-up calls our end the source; UDP's takes the packet as it is (inet_diag.c, udp_diag.c). */
    private void write(ProbeEvent event) {
        int family = event.family;
        request.one(family, event.protocol, event.interfaceIndex, ++sequence);
        if (event.protocol == IpProtocol.TCP) {
            request.source(family, event.destinationHi, event.destinationLo, event.destinationPort);
            request.destination(family, event.sourceHi, event.sourceLo, event.sourcePort);
        } else {
            request.source(family, event.sourceHi, event.sourceLo, event.sourcePort);
            request.destination(family, event.destinationHi, event.destinationLo, event.destinationPort);
        }
    }

    private boolean isFound() {
        for (int bytes = socket.receive(); bytes >= 0; bytes = socket.receive()) {
            answer.begin(bytes);
            while (answer.next()) {
                if (answer.sequence() == sequence) {
                    return answer.isSocket() || !saysNothingThere() && failed(answer.errno());
                }
            }
        }
        return failed(LibC.errno());
    }

    private boolean saysNothingThere() {
        return answer.isError() && answer.errno() == LibC.ENOENT;
    }

    private boolean failed(int errno) {
        if (!failureIsSaid) {
            failureIsSaid = true;
            LOG.warn("The kernel does not say which socket takes a packet ({}): what is open is known only from a list"
                    + " that is up to half a second old", LibC.errorText(errno));
        }
        return false;
    }

    @Override
    public void close() {
        socket.close();
    }
}
