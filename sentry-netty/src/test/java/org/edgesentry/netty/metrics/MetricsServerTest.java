package org.edgesentry.netty.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.edgesentry.core.config.PipelineLayout;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.time.SystemWallClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The endpoint over real sockets, asked well and badly. */
@Timeout(60)
class MetricsServerTest {

    private static final int DEADLINE_MILLIS = 700;
    private static final String REQUEST = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";

    private ReadingsFixture daemon;
    private MetricsServer server;

    @BeforeEach
    void open() throws IOException {
        daemon = new ReadingsFixture(PipelineLayout.FUSED);
        server = MetricsServer.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), daemon.readings(),
                new SystemWallClock(), DEADLINE_MILLIS);
    }

    @AfterEach
    void close() {
        server.close();
        daemon.close();
    }

    private Socket connect() throws IOException {
        return new Socket(server.address().getAddress(), server.address().getPort());
    }

    private String ask(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return answer(socket);
        }
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private PrometheusText scrape() throws IOException {
        String answer = ask(REQUEST);
        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4");
        return new PrometheusText(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }

    private void awaitRefused(String reason, int least) {
        await().untilAsserted(() -> assertThat(scrape().value("edge_sentry_metrics_refused_total", "reason", reason))
                .isGreaterThanOrEqualTo(least));
    }

    @Test
    void get_isThePage_withItsLength() throws IOException {
        String answer = ask(REQUEST);
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(answer).contains("\r\nContent-Length: " + body.length() + "\r\n", "\r\nConnection: close\r\n");
        assertThat(new PrometheusText(body).value("edge_sentry_metrics_scrapes_total")).isOne();
    }

    @Test
    void head_isTheHeadAlone() throws IOException {
        assertThat(ask("HEAD /metrics HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n");
    }

    @Test
    void request_inManyPieces_andWithoutCarriageReturns_isUnderstood() throws Exception {
        try (Socket socket = connect()) {
            socket.setTcpNoDelay(true);
            for (byte part : "GET /metrics?x=1 HTTP/1.0\nA: b\n\n".getBytes(StandardCharsets.US_ASCII)) {
                socket.getOutputStream().write(part);
            }
            socket.shutdownOutput();
            assertThat(answer(socket)).startsWith("HTTP/1.1 200 OK");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "GET /other HTTP/1.1 | 404", "GET / HTTP/1.1 | 404", "POST /metrics HTTP/1.1 | 405",
        "get /metrics HTTP/1.1 | 400", "GET /metrics HTTP/2.0 | 400", "GET  /metrics HTTP/1.1 | 400",
        "GET http://x/metrics HTTP/1.1 | 400", "PRI * HTTP/2.0 | 400", "GET /metrics | 400",
        "\u0016\u0003\u0001 | 400"})
    void otherRequests_haveTheirStatus(String line, int status) throws IOException {
        assertThat(ask(line + "\r\n\r\n")).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void endlessHead_isCutOff() throws IOException {
        try (Socket socket = connect()) {
            byte[] many = "a".repeat(Limits.METRICS_REQUEST_BYTES).getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write(many);
            assertThat(answer(socket)).startsWith("HTTP/1.1 431 ");
        }
        awaitRefused("too_long", 1);
    }

    @Test
    void slowRequest_isClosedWhenItsTimeIsOver() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET /met".getBytes(StandardCharsets.US_ASCII));
            assertThat(answer(socket)).isEmpty();
        }
        awaitRefused("late", 1);
    }

    @Test
    void readerThatReadsNothing_isClosedAndHoldsNobodyUp() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            assertThat(scrape().types()).isNotEmpty();
        }
    }

    @Test
    void manyConnections_areTurnedAway_andThoseInTimeAreServedAgain() throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 20 * Limits.METRICS_CONNECTIONS; i++) {
                open.add(connect());
            }
        } catch (SocketException e) {
            // The backlog is full as well.
            assertThat(open).hasSizeGreaterThanOrEqualTo(Limits.METRICS_CONNECTIONS);
        }
        await().ignoreExceptions().untilAsserted(this::scrape);
        awaitRefused("too_many", 1);
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Test
    void takenPort_isALineForTheAdministrator() {
        assertThatThrownBy(() -> MetricsServer.open(server.address(), daemon.readings(), new SystemWallClock()))
                .isInstanceOf(IOException.class).hasMessage("cannot listen at 127.0.0.1 port "
                        + server.address().getPort() + " for METRICS_LISTEN (Address already in use); choose another "
                        + "address or port, or leave METRICS_LISTEN empty");
    }
}
