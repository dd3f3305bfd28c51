package org.edgesentry.actions.notify;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.edgesentry.core.time.WallClock;

/**
 * Posts digests as JSON, with HTTP/1.1. 2xx is delivered; 408, 429 and 5xx are tried again, after the pause of
 * Retry-After; any other status is a refusal. A redirect is one too: whoever may answer for the receiver must not send
 * the list of blocks elsewhere. Certificates are checked against the JVM's trust store.
 *
 * <p>Thread: its channel's only.
 */
final class Webhook implements Transport {

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    /**
     * What is posted where.
     *
     * @param address NOTIFY_WEBHOOK
     * @param subject NOTIFY_SUBJECT
     * @param text NOTIFY_TEXT
     */
    record Post(URI address, String subject, String text) {
    }

    private final Post post;
    private final Duration deadline;
    private final Optional<SSLContext> trust;
    private final WallClock clock;
    private HttpClient client;

    /** A webhook whose answer is awaited so long; {@code trust} takes the place of the JVM's trust store. */
    Webhook(Post post, Duration deadline, Optional<SSLContext> trust, WallClock clock) {
        this.post = post;
        this.deadline = deadline;
        this.trust = trust;
        this.clock = clock;
    }

    @Override
    public String label() {
        return "the webhook at " + post.address().getHost();
    }

    @Override
    public Delivery deliver(Digest digest) {
        byte[] body = DigestJson.bytes(digest, DigestText.line(post.subject(), digest),
                DigestText.text(post.text(), digest));
        HttpRequest request = HttpRequest.newBuilder(post.address()).timeout(deadline)
                .header("Content-Type", "application/json").header("User-Agent", "edge-sentry")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        CompletableFuture<HttpResponse<String>> answer = client().sendAsync(request, head -> new CappedBody());
        try {
            return judge(answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Delivery.later("no answer within " + deadline.toMillis() + " ms");
        } catch (ExecutionException e) {
            return Delivery.later(words(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Delivery.later("interrupted");
        } finally {
            answer.cancel(true);
        }
    }

    /** Made with the first message: until then its classes and threads are not needed. */
    private HttpClient client() {
        if (client == null) {
            HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(deadline);
            trust.ifPresent(builder::sslContext);
            client = builder.build();
        }
        return client;
    }

    private Delivery judge(HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return Delivery.done("");
        }
        String words = "HTTP status " + status + " " + answer.body();
        if (status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS || status / 100 == 5) {
            Duration pause = answer.headers().firstValue("Retry-After")
                    .map(value -> RetryAfter.read(value, clock.epochNanos())).orElse(Duration.ZERO);
            return new Delivery(Delivery.Outcome.LATER, words, pause);
        }
        return Delivery.never(words + (status / 100 == 3 ? " (redirects are not followed)" : ""));
    }

    private static String words(Throwable failure) {
        boolean isBare = failure.getMessage() == null || !(failure instanceof IOException);
        return isBare ? failure.toString() : failure.getMessage();
    }
}
