package org.edgesentry.netty.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Sends an answer, then closes the connection. One chunk is under way at a time: the next is made when the peer's
 * kernel has taken it, after whatever else the loop has to do. A peer that takes nothing for too long is cut off.
 *
 * <p>Thread: the control loop.
 */
final class AnswerSender {

    private final Channel channel;
    private final AnswerStream answer;
    private final Refusals refusals;
    private final long readerMillis;
    private ScheduledFuture<?> deadline;

    AnswerSender(Channel channel, AnswerStream answer, Refusals refusals, long readerMillis) {
        this.channel = channel;
        this.answer = answer;
        this.refusals = refusals;
        this.readerMillis = readerMillis;
    }

    void send() {
        ByteBuf chunk;
        try {
            chunk = answer.next();
        } catch (IOException | RuntimeException e) {
            refusals.count(Refusal.DECLINED, "an answer could not be written: " + e);
            channel.close();
            return;
        }
        deadline = channel.eventLoop().schedule(this::cut, readerMillis, TimeUnit.MILLISECONDS);
        channel.writeAndFlush(chunk).addListener((ChannelFuture written) -> onWritten(written));
    }

    private void onWritten(ChannelFuture written) {
        deadline.cancel(false);
        if (!written.isSuccess() || answer.isEnded()) {
            channel.close();
        } else {
            channel.eventLoop().execute(this::send);
        }
    }

    private void cut() {
        refusals.count(Refusal.SLOW_READER, "somebody asked and does not read the answer");
        channel.close();
    }
}
