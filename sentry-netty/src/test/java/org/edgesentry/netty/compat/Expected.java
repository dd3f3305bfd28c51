package org.edgesentry.netty.compat;

import java.util.regex.Pattern;

/** The lines that other programs read, as expressions, from the page on living where PortSentry lived. */
final class Expected {

    /** Flags of a probe below the trigger. */
    static final String BELOW_TRIGGER = flags("false", "unset", "unset");
    /** Flags of a probe that is only logged. */
    static final String LOGGED = flags("true", "true", "false");
    /** Flags of a probe whose source was blocked. */
    static final String BLOCKED = flags("true", "false", "true");
    /** Any flags. */
    static final String ANY = "ignored: \\[\\w+\\] triggered: \\[\\w+\\] noblock: \\[\\w+\\] blocked: \\[\\w+\\]";

    private static final String TIME = "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d{4} ";

    private Expected() {
    }

    private static String flags(String triggered, String noblock, String blocked) {
        return "ignored: \\[false\\] triggered: \\[" + triggered + "\\] noblock: \\[" + noblock + "\\] blocked: \\["
                + blocked + "\\]";
    }

    /** A probe in the form of 2.x, without its time. */
    static String scan(String address, String protocol, int port, String type, String flags) {
        String source = Pattern.quote(address);
        return "Scan from: \\[" + source + "\\] \\(" + source + "\\) protocol: \\[" + protocol + "\\] port: \\["
                + port + "\\] type: \\[" + Pattern.quote(type) + "\\] IP opts: \\[[^\\]]+\\] " + flags + "$";
    }

    /** A probe in the history file in the form of 2.x. */
    static String scanInHistory(String address, String protocol, int port, String type, String flags) {
        return TIME + scan(address, protocol, port, type, flags);
    }

    /** A probe in the form of 1.x. */
    static String attack(String type, String address, String protocol, int port) {
        return "attackalert: " + type + " from host: " + hostAndAddress(address) + " to " + protocol + " port: " + port
                + "$";
    }

    /** A blocked host in the history file in the form of 1.x, and in the blocked file. */
    static String blockedLine(String address, String port, String protocol) {
        return "^\\d+ - \\d\\d/\\d\\d/\\d{4} \\d\\d:\\d\\d:\\d\\d Host: " + hostAndAddress(address) + " Port: " + port
                + " " + protocol + " Blocked$";
    }

    static String blockedByRoute(String address, String command) {
        return "attackalert: Host " + Pattern.quote(address) + " has been blocked via dropped route using command: \""
                + command + "\"$";
    }

    static String blockedByWrappers(String address, String line) {
        return "attackalert: Host " + Pattern.quote(address) + " has been blocked via wrappers with string: \""
                + Pattern.quote(line) + "\"$";
    }

    static String commandRun(String address, String command) {
        return "attackalert: External command run for host: " + Pattern.quote(address) + " using command: \""
                + Pattern.quote(command) + "\"$";
    }

    static String alreadyBlocked(String address) {
        return "attackalert: Host: " + hostAndAddress(address) + " is already blocked Ignoring$";
    }

    private static String hostAndAddress(String address) {
        return Pattern.quote(address) + "/" + Pattern.quote(address);
    }
}
