package org.edgesentry.core.net;

/**
 * Types of ICMP (RFC 792, RFC 950) and ICMPv6 (RFC 4443, RFC 4620) messages. Thread: any; keeps nothing.
 */
public final class IcmpType {

    /** What a message is for. */
    public enum Role {
        /** Asks for an answer. */
        QUESTION,
        /** Answers a question. */
        ANSWER,
        /** Says that a packet did not arrive. */
        ERROR,
        /** Belongs to the network's own working: neighbours, routers, groups. */
        NETWORK
    }

    /** ICMP echo request. */
    public static final int ECHO = 8;
    /** ICMP timestamp request. */
    public static final int TIMESTAMP = 13;
    /** ICMP information request. */
    public static final int INFORMATION = 15;
    /** ICMP address mask request. */
    public static final int MASK = 17;
    /** ICMPv6 echo request. */
    public static final int ECHO_V6 = 128;
    /** ICMPv6 node information query. */
    public static final int INFORMATION_V6 = 139;

    private static final int UNREACHABLE = 3;
    private static final int TOO_BIG = 4;
    private static final int UNREACHABLE_V6 = 1;

    private IcmpType() {
    }

    /** The role of a type in the ICMP of this address family. */
    public static Role role(int family, int type) {
        return family == AddressFamily.IPV4 ? role4(type) : role6(type);
    }

    private static Role role4(int type) {
        return switch (type) {
            case ECHO, TIMESTAMP, INFORMATION, MASK -> Role.QUESTION;
            case 0, 14, 16, 18 -> Role.ANSWER;
            case 3, 4, 11, 12 -> Role.ERROR;
            default -> Role.NETWORK;
        };
    }

    private static Role role6(int type) {
        return switch (type) {
            case ECHO_V6, INFORMATION_V6 -> Role.QUESTION;
            case 129, 140 -> Role.ANSWER;
            default -> type < ECHO_V6 ? Role.ERROR : Role.NETWORK;
        };
    }

    /** Whether a message says that nobody takes the packet, and not only that it was too big. */
    public static boolean isUnreachable(int family, int type, int code) {
        return family == AddressFamily.IPV4 ? type == UNREACHABLE && code != TOO_BIG : type == UNREACHABLE_V6;
    }

    /** The type of the question that a message asks or answers. */
    public static int question(int family, int type) {
        if (family == AddressFamily.IPV4) {
            return type == 0 ? ECHO : role4(type) == Role.ANSWER ? type - 1 : type;
        }
        return role6(type) == Role.ANSWER ? type - 1 : type;
    }
}
