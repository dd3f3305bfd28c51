package org.edgesentry.netty.trap;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import org.edgesentry.core.net.Cidr;

/** What a TCP trap does with a connection that was published: TRAP_RESPONSE. Thread: the traps' event loop. */
interface TcpAnswer {

    /** Ends the connection in order. */
    TcpAnswer CLOSE = (connection, source) -> connection.unsafe().closeForcibly();

    /** Resets the connection: to linger for no time means that (socket(7)). */
    TcpAnswer RESET = (connection, source) -> {
        connection.config().setOption(ChannelOption.SO_LINGER, 0);
        connection.unsafe().closeForcibly();
    };

    /** Deals with the connection, which is accepted but not registered with the event loop yet. */
    void to(Channel connection, Cidr source);

    /** Sets options of the listening socket that its connections inherit. */
    default void prepare(ChannelConfig listener) {
        // Nothing to set.
    }
}
