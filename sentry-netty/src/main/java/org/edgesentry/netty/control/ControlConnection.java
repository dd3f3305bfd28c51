package org.edgesentry.netty.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.limits.Limits;

/**
 * One connection: a line comes in, an answer goes out, and it is closed. Whatever comes in instead is an answer too,
 * {@code {"error":"..."}}, and a count.
 *
 * <p>Thread: the control loop.
 */
final class ControlConnection extends ChannelInboundHandlerAdapter {

    private static final String BUSY = "the daemon is busy: it did not answer within "
            + Limits.CONTROL_ANSWER_SECONDS + " s, and may still do what was asked; look with: sentry blocks";

    private final ControlServer.Parts parts;
    private final byte[] line = new byte[Limits.CONTROL_REQUEST_BYTES];
    private int length;
    private boolean entered;
    private boolean reading = true;
    private ScheduledFuture<?> deadline;

    ControlConnection(ControlServer.Parts parts) {
        this.parts = parts;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        try {
            parts.gate().enter(context.channel());
            entered = true;
            deadline = context.executor().schedule(() -> refuse(context, Refusal.LATE, "no whole line came within "
                    + Limits.CONTROL_REQUEST_SECONDS + " s"), parts.deadlines().requestMillis(), TimeUnit.MILLISECONDS);
        } catch (RefusedRequestException e) {
            refuse(context, e.kind(), e.getMessage());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            ByteBuf bytes = (ByteBuf) message;
            while (reading && bytes.isReadable()) {
                take(context, bytes.readByte(), bytes.isReadable());
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void take(ChannelHandlerContext context, byte value, boolean more) {
        if (value == '\n') {
            if (more) {
                refuse(context, Refusal.MALFORMED, "more came behind the line; a connection is for one request");
            } else {
                ask(context);
            }
        } else if (length == line.length) {
            refuse(context, Refusal.TOO_LONG, "the request is longer than " + line.length + " bytes");
        } else {
            line[length++] = value;
        }
    }

    private void ask(ChannelHandlerContext context) {
        try {
            byte[] request = new byte[length];
            System.arraycopy(line, 0, request, 0, length);
            ControlRequest parsed = RequestParser.parse(request);
            stopReading(context);
            parts.counters().count(parsed.command());
            await(context, parts.desk().answer(parsed));
        } catch (RefusedRequestException e) {
            refuse(context, e.kind(), e.getMessage());
        }
    }

    private void await(ChannelHandlerContext context, CompletableFuture<AnswerBody> answer) {
        deadline = context.executor().schedule(() -> {
            // Whoever completes it later finds it done.
            answer.cancel(false);
        }, parts.deadlines().answerMillis(), TimeUnit.MILLISECONDS);
        answer.whenCompleteAsync((body, failure) -> {
            deadline.cancel(false);
            if (failure == null) {
                send(context, body);
            } else if (answer.isCancelled()) {
                refuse(context, Refusal.BUSY, BUSY);
            } else {
                refuse(context, Refusal.DECLINED, ControlDesk.words(failure));
            }
        }, context.executor());
    }

    private void refuse(ChannelHandlerContext context, Refusal kind, String why) {
        stopReading(context);
        parts.refusals().count(kind, why);
        send(context, AnswerBody.error(why));
    }

    private void stopReading(ChannelHandlerContext context) {
        reading = false;
        context.channel().config().setAutoRead(false);
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private void send(ChannelHandlerContext context, AnswerBody body) {
        try {
            new AnswerSender(context.channel(), new AnswerStream(body), parts.refusals(),
                    parts.deadlines().readerMillis()).send();
        } catch (IOException e) {
            context.close();
        }
    }

    /** The peer has said all that it will, and may still read. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && reading) {
            refuse(context, Refusal.INCOMPLETE, "the request ended before its line did");
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (reading) {
            stopReading(context);
            parts.refusals().count(Refusal.INCOMPLETE, "somebody connected and went away");
        }
        if (entered) {
            entered = false;
            parts.gate().leave();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Reading or writing failed: the peer is gone. channelInactive counts it.
        context.close();
    }
}
