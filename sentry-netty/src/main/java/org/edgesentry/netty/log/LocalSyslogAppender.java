package org.edgesentry.netty.log;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginAttribute;
import org.apache.logging.log4j.core.config.plugins.PluginElement;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;

/**
 * Log4j2's way to the local syslog, {@code <LocalSyslog name="syslog">}: its own appender reaches servers only. Nothing
 * is opened before the first message. What the socket does not take, because it is not there or its reader is stuck, is
 * lost; standard error says so, and the next message that gets through is followed by the count.
 *
 * <p>Thread: Log4j2's own, one at a time.
 */
@Plugin(name = "LocalSyslog", category = Core.CATEGORY_NAME, elementType = Appender.ELEMENT_TYPE, printObject = true)
public final class LocalSyslogAppender extends AbstractAppender {

    private final String path;
    private final DatagramFile socket;
    private final SyslogMessage form;
    private long lost;

    private LocalSyslogAppender(String name, String path, String ident, Layout<? extends Serializable> layout) {
        super(name, null, layout, true, Property.EMPTY_ARRAY);
        this.path = path;
        this.socket = new DatagramFile(path);
        this.form = new SyslogMessage(ZoneId.systemDefault(), ident, ProcessHandle.current().pid());
    }

    /**
     * Called by Log4j2 for the element of its configuration.
     *
     * @param path the socket; {@code /dev/log} unless it is given
     * @param ident what the messages say they come from; {@code portsentry} unless it is given
     * @param layout the text of a message
     */
    @PluginFactory
    public static LocalSyslogAppender create(
            @PluginAttribute("name") String name,
            @PluginAttribute(value = "socket", defaultString = "/dev/log") String path,
            @PluginAttribute(value = "ident", defaultString = "portsentry") String ident,
            @PluginElement("Layout") Layout<? extends Serializable> layout) {
        return new LocalSyslogAppender(name, path, ident, layout);
    }

    @Override
    public void append(LogEvent event) {
        long epochMillis = event.getInstant().getEpochMillisecond();
        if (!socket.send(form.of(event.getLevel(), epochMillis, getLayout().toByteArray(event)))) {
            lost++;
            error("syslog: " + path + " takes no messages; they are lost until it does");
        } else if (lost > 0) {
            sayLost(epochMillis);
        }
    }

    private void sayLost(long epochMillis) {
        byte[] text = (lost + " messages before the last one were lost: " + path + " did not take them")
                .getBytes(StandardCharsets.UTF_8);
        if (socket.send(form.of(Level.WARN, epochMillis, text))) {
            lost = 0;
        }
    }

    @Override
    public void stop() {
        super.stop();
        socket.close();
    }
}
