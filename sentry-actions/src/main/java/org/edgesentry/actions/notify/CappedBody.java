package org.edgesentry.actions.notify;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.edgesentry.actions.ActionLimits;

/**
 * Takes the beginning of a web server's answer, {@link ActionLimits#NOTIFY_ANSWER_BYTES}, and hangs up on the rest.
 *
 * <p>Thread: that of the HTTP client that calls it.
 */
final class CappedBody implements BodySubscriber<String> {

    private final CompletableFuture<String> body = new CompletableFuture<>();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[Math.min(buffer.remaining(), ActionLimits.NOTIFY_ANSWER_BYTES - kept.size())];
            buffer.get(bytes);
            kept.writeBytes(bytes);
        }
        if (kept.size() < ActionLimits.NOTIFY_ANSWER_BYTES) {
            subscription.request(1);
        } else {
            onComplete();
            subscription.cancel();
        }
    }

    /** The status has come before; that the words are incomplete does not change it. */
    @Override
    public void onError(Throwable failure) {
        onComplete();
    }

    @Override
    public void onComplete() {
        body.complete(kept.toString(StandardCharsets.UTF_8));
    }

    @Override
    public CompletionStage<String> getBody() {
        return body;
    }
}
