package org.edgesentry.netty.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.async.EventRoute;
import org.junit.jupiter.api.Test;

class CountedDiscardTest {

    @Test
    void getRoute_anyLine_givesWayAndIsCounted() {
        long before = CountedDiscard.count();
        for (Level level : Level.values()) {
            assertThat(new CountedDiscard().getRoute(Thread.currentThread().getId(), level))
                    .isEqualTo(EventRoute.DISCARD);
        }
        assertThat(CountedDiscard.count() - before).isEqualTo(Level.values().length);
    }

    @Test
    void log4j2_isToldToUseIt() throws IOException {
        Properties properties = new Properties();
        try (InputStream file = CountedDiscard.class.getResourceAsStream("/log4j2.component.properties")) {
            properties.load(file);
        }
        assertThat(properties).containsEntry("log4j2.asyncQueueFullPolicy", CountedDiscard.class.getName());
    }
}
