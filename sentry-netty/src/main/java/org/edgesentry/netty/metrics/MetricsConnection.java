package org.edgesentry.netty.metrics;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One connection: a request comes in, an answer goes out, and it is closed; at the latest when its time is over.
 *
 * <p>Thread: the metrics loop.
 */
final class MetricsConnection extends ChannelInboundHandlerAdapter {

    private final MetricsDesk desk;
    private final long deadlineMillis;
    private final RequestHead head = new RequestHead();
    private boolean entered;
    private boolean reading;
    private ScheduledFuture<?> deadline;

    MetricsConnection(MetricsDesk desk, long deadlineMillis) {
        this.desk = desk;
        this.deadlineMillis = deadlineMillis;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        entered = desk.enter();
        if (!entered) {
            desk.count(RequestFault.TOO_MANY);
            context.close();
            return;
        }
        reading = true;
        deadline = context.executor().schedule(() -> {
            desk.count(RequestFault.LATE);
            reading = false;
            context.close();
        }, deadlineMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            ByteBuf bytes = (ByteBuf) message;
            while (reading && bytes.isReadable()) {
                take(context, bytes.readByte());
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void take(ChannelHandlerContext context, byte value) {
        if (head.take(value)) {
            Optional<RequestHead.Line> line = head.line();
            answer(context, desk.answer(line), desk.isBodyWanted(line));
        } else if (head.isFull()) {
            answer(context, desk.tooLong(), true);
        }
    }

    private void answer(ChannelHandlerContext context, HttpAnswer answer, boolean withBody) {
        reading = false;
        context.channel().config().setAutoRead(false);
        ByteBuf bytes = withBody ? Unpooled.wrappedBuffer(answer.head(), answer.body())
                : Unpooled.wrappedBuffer(answer.head());
        context.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE);
    }

    /** The peer has said all that it will, and may still read. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && reading) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (reading) {
            reading = false;
            desk.count(RequestFault.INCOMPLETE);
        }
        if (entered) {
            entered = false;
            deadline.cancel(false);
            desk.leave();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Reading or writing failed: the peer is gone.
        context.close();
    }
}
