package org.edgesentry.actions.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a real HTTP server on loopback, well-behaved and not. */
@Timeout(30)
class WebhookTest {

    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Digest DIGEST = NewsFixture.digest("192.0.2.7");

    private final List<String> got = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    /** What the server does with a request whose body was read. */
    private interface Answer {

        void give(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        server.stop(0);
    }

    private void answer(Answer answer) {
        server.createContext("/hook", exchange -> {
            got.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + exchange.getProtocol() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer.give(exchange);
        });
    }

    private void answer(int status, String header, String value, String body) {
        answer(exchange -> {
            exchange.getResponseHeaders().add(header, value);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private Webhook webhook(int port, Duration deadline) {
        return new Webhook(new Webhook.Post(URI.create("http://127.0.0.1:" + port + "/hook?key=secret"),
                "$BLOCKS$ blocked", "On $HOST$:\\n$LIST$"), deadline, Optional.empty(), () -> NewsFixture.START_NANOS);
    }

    private Delivery deliver() {
        return webhook(server.getAddress().getPort(), PATIENT).deliver(DIGEST);
    }

    @Test
    void deliver_serverTakesIt_hasTheWholeDigest() {
        answer(200, "X", "y", "ok");

        assertThat(deliver()).isEqualTo(Delivery.done(""));
        assertThat(got).singleElement().asString()
                .startsWith("POST /hook?key=secret HTTP/1.1 application/json {\"event\":\"digest\"")
                .contains("\"subject\":\"1 blocked\"", "\"text\":\"On edge1:\\n192.0.2.7: blocked until");
    }

    @Test
    void deliver_severalOneAfterTheOther_allArrive() {
        answer(204, "X", "y", "");
        Webhook webhook = webhook(server.getAddress().getPort(), PATIENT);

        for (int i = 0; i < 5; i++) {
            assertThat(webhook.deliver(DIGEST).outcome()).isEqualTo(Delivery.Outcome.DELIVERED);
        }
        assertThat(got).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({"500, LATER", "503, LATER", "408, LATER", "429, LATER", "400, NEVER", "401, NEVER", "404, NEVER",
        "410, NEVER", "302, NEVER"})
    void deliver_serverRefuses_isTriedAgainOrNot(int status, Delivery.Outcome expected) {
        answer(status, "Location", "http://127.0.0.1:9/elsewhere", "no \u001b[31mthanks\n");

        Delivery delivery = deliver();

        assertThat(delivery.outcome()).isEqualTo(expected);
        assertThat(delivery.words()).startsWith("HTTP status " + status + " no  [31mthanks");
        assertThat(got).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"429, 120, 120", "503, 'Sun, 22 Nov 2026 10:16:30 GMT', 59", "429, later, 0", "500, '', 0"})
    void deliver_serverAsksForAPause_isTold(int status, String header, long seconds) {
        answer(status, "Retry-After", header, "");

        assertThat(deliver().pause().toSeconds()).isEqualTo(seconds);
    }

    @Test
    void deliver_serverNeverAnswers_endsAtTheDeadline() {
        answer(exchange -> {
            // The exchange stays open until the server stops.
        });

        assertThat(webhook(server.getAddress().getPort(), SHORT).deliver(DIGEST))
                .satisfies(delivery -> assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.LATER))
                .satisfies(delivery -> assertThat(delivery.words()).containsAnyOf("timed out", "no answer within"));
    }

    @Test
    void deliver_serverStopsWithinTheBody_endsAtTheDeadline() {
        answer(exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
        });

        assertThat(webhook(server.getAddress().getPort(), SHORT).deliver(DIGEST).outcome())
                .isEqualTo(Delivery.Outcome.LATER);
    }

    @Test
    void deliver_serverNeverStopsTalking_isCutOff() {
        answer(exchange -> {
            exchange.sendResponseHeaders(400, 0);
            byte[] noise = "noise ".repeat(10_000).getBytes(StandardCharsets.UTF_8);
            while (!Thread.currentThread().isInterrupted()) {
                exchange.getResponseBody().write(noise);
            }
        });

        Delivery delivery = deliver();

        assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.NEVER);
        assertThat(delivery.words()).startsWith("HTTP status 400 noise noise").hasSizeLessThanOrEqualTo(300);
    }

    @Test
    void deliver_serverHangsUp_isTriedAgain() throws IOException {
        try (ServerSocket rude = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> {
                while (!rude.isClosed()) {
                    try (Socket client = rude.accept()) {
                        client.getInputStream().read();
                    } catch (IOException e) {
                        return;
                    }
                }
            });

            Delivery delivery = webhook(rude.getLocalPort(), PATIENT).deliver(DIGEST);

            assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.LATER);
            assertThat(delivery.words()).isNotBlank();
        }
    }

    @Test
    void deliver_nobodyListens_isTriedAgain() throws IOException {
        try (SilentPort nobody = new SilentPort()) {
            assertThat(webhook(nobody.number(), PATIENT).deliver(DIGEST).outcome()).isEqualTo(Delivery.Outcome.LATER);
        }
    }

    @Test
    void label_hasNoSecret() {
        assertThat(webhook(1, PATIENT).label()).isEqualTo("the webhook at 127.0.0.1");
    }
}
