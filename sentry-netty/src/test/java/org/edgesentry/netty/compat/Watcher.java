package org.edgesentry.netty.compat;

import java.util.List;
import java.util.regex.Pattern;

/** A way to run the daemon, and how its console tells of a probe. */
enum Watcher {

    STEALTH(true, false, "--stealth"),
    OLD_STEALTH(true, true, "-stcp", "-sudp"),
    ADVANCED(true, true, "-atcp", "-audp"),
    CONNECT(false, false, "--connect"),
    OLD_CONNECT(false, true, "-tcp", "-udp");

    private final boolean captures;
    private final boolean old;
    private final String[] options;

    Watcher(boolean captures, boolean old, String... options) {
        this.captures = captures;
        this.old = old;
        this.options = options;
    }

    /** Whether it reads packets; else it binds ports. */
    boolean captures() {
        return captures;
    }

    String[] options() {
        return options.clone();
    }

    /** The expression for the console line of a probe that is only logged. */
    String line(ScanRow scan, String source, int port) {
        String type = captures ? scan.type() : scan.connectType();
        if (!old) {
            String address = Pattern.quote(source);
            return "Scan from: \\[" + address + "\\] \\(" + address + "\\) protocol: \\[" + scan.protocol()
                    + "\\] port: \\[" + port + "\\] type: \\[" + type + "\\] .*" + Expected.LOGGED;
        }
        String words = scan.protocol().equals("UDP") ? "(UDP scan|Connect)" : type;
        return Expected.attack(words, source, scan.protocol(), port);
    }

    /** Lines of this console that tell of a probe by this source. */
    List<String> detections(Sensor sensor, String source) {
        return sensor.console((old ? "attackalert: .* from host: .*/" : "Scan from: \\[") + Pattern.quote(source)
                + (old ? " to " : "\\]"));
    }
}
