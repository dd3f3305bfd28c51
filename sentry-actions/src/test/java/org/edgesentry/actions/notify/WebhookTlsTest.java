package org.edgesentry.actions.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.logging.log4j.LogManager;
import org.edgesentry.actions.LogCapture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real HTTPS server on loopback, with a certificate that it signed itself. */
@Timeout(60)
class WebhookTlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path directory;
    private final AtomicInteger requests = new AtomicInteger();
    private final LogCapture log = new LogCapture();
    private HttpsServer server;
    private KeyStore keys;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException, InterruptedException {
        keys = selfSigned(directory.resolve("keys.p12"));
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, PASSWORD);
        SSLContext own = SSLContext.getInstance("TLS");
        own.init(keyManagers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(own));
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        log.close();
    }

    private static KeyStore selfSigned(Path file) throws IOException, GeneralSecurityException, InterruptedException {
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=ip:127.0.0.1,dns:localhost",
                "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", new String(PASSWORD))
                .redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(file)) {
            keys.load(content, PASSWORD);
        }
        return keys;
    }

    private Webhook webhook(String host, Optional<SSLContext> trust) {
        URI address = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
        return new Webhook(new Webhook.Post(address, "s", "t"), Duration.ofSeconds(20), trust,
                () -> NewsFixture.START_NANOS);
    }

    private SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate(keys.aliases().nextElement()));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    @Test
    void deliver_certificateIsTrusted_arrives() throws GeneralSecurityException, IOException {
        assertThat(webhook("127.0.0.1", Optional.of(trusting())).deliver(NewsFixture.digest("192.0.2.7")))
                .isEqualTo(Delivery.done(""));
        assertThat(requests).hasValue(1);
    }

    @Test
    void deliver_certificateIsOfAnotherName_isNotTold() throws GeneralSecurityException, IOException {
        Delivery delivery = webhook("127.0.0.2", Optional.of(trusting())).deliver(NewsFixture.digest("192.0.2.7"));

        assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.LATER);
        assertThat(delivery.words()).contains("127.0.0.2");
        assertThat(requests).hasValue(0);
    }

    @Test
    void deliver_certificateIsNotTrusted_isNotToldAndSaidOnce() {
        long[] nowNanos = {NewsFixture.START_NANOS};
        Channel channel = new Channel(NotifyChannel.WEBHOOK, "edge1", () -> nowNanos[0], new NotifyCounters(),
                LogManager.getLogger("edgesentry.alert"), () -> 0.5);
        channel.use(new Channel.Route(webhook("127.0.0.1", Optional.empty()), Duration.ofMinutes(1), 20));
        channel.gathering().add(NewsFixture.block("192.0.2.7"), false, nowNanos[0]);
        for (int i = 0; i < 6; i++) {
            nowNanos[0] += Duration.ofMinutes(6).toNanos();
            channel.turn();
        }

        assertThat(requests).hasValue(0);
        assertThat(log.lines()).singleElement().asString().startsWith("WARN A notification cannot be delivered by the "
                + "webhook at 127.0.0.1: ").contains("certification path");
    }
}
