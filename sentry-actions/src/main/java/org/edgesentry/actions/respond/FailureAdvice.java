package org.edgesentry.actions.respond;

/** What the administrator can do about a firewall's words; they are the kernel's, so they are few. */
final class FailureAdvice {

    private FailureAdvice() {
    }

    static String of(String words) {
        if (words.contains("Operation not permitted") || words.contains("Permission denied")) {
            return "run the daemon as root or with CAP_NET_ADMIN";
        }
        if (words.contains("Too many open files in system") || words.contains("is full")) {
            return "the set is full: raise BLOCK_MAX";
        }
        if (words.startsWith("KILL_ROUTE")) {
            return "try the command of KILL_ROUTE by hand";
        }
        return "see what else changes the firewall of this machine";
    }
}
