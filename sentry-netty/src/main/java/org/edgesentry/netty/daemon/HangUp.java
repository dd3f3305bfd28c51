package org.edgesentry.netty.daemon;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Hears SIGHUP, the request to read the configuration again and to open log files anew.
 *
 * <p>The JDK's only door to signals is {@code sun.misc.Signal} (module jdk.unsupported), which javac warns about beyond
 * what can be silenced; hence by name.
 *
 * <p>Thread: main arms; the JVM's signal thread reports.
 */
final class HangUp {

    private HangUp() {
    }

    /** From now on SIGHUP no longer ends the process but asks for a reload. */
    static void arm(ReloadRequests reloads) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object onSignal = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler},
                    (proxy, method, arguments) -> {
                        reloads.request();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), onSignal);
        } catch (ClassNotFoundException | NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("this Java cannot handle signals", e);
        } catch (InvocationTargetException e) {
            // Refused where the JVM runs with -Xrs: whoever asks for that has their own plan for signals.
            return;
        }
    }
}
