package org.edgesentry.netty.replay.file;

import java.util.concurrent.TimeUnit;

/**
 * What the time stamps of a pcapng interface count: {@code if_tsresol} (10^-n or 2^-n seconds) and {@code if_tsoffset}
 * (seconds to add). Whatever a file says, the time is one between 1970 and 2106, as classic pcap has it.
 *
 * <p>Thread: immutable; {@link #epochNanos} allocates nothing.
 */
final class TimestampUnit {

    /** What holds without the options. */
    static final TimestampUnit MICROS = new TimestampUnit(6, 0);

    private static final int BINARY = 0x80;
    private static final int NANO_DIGITS = 9;
    private static final int MAX_DIGITS = 19;
    private static final int FRACTION_BITS = 32;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_SECONDS = 0xFFFF_FFFFL;

    private final boolean binary;
    private final int exponent;
    private final long offsetSeconds;
    private final long unitsPerSecond;

    /**
     * A unit.
     *
     * @param resolution the byte of if_tsresol
     * @param offsetSeconds that of if_tsoffset
     */
    TimestampUnit(int resolution, long offsetSeconds) {
        this.binary = (resolution & BINARY) != 0;
        this.exponent = binary ? resolution & ~BINARY : Math.min(resolution, MAX_DIGITS);
        this.offsetSeconds = offsetSeconds;
        this.unitsPerSecond = binary ? 0 : powerOfTen(exponent);
    }

    /** Nanoseconds since the epoch of a time stamp, unsigned, in this unit. */
    long epochNanos(long units) {
        return binary ? ofBinary(units) : ofDecimal(units);
    }

    private long ofDecimal(long units) {
        long seconds = Long.divideUnsigned(units, unitsPerSecond);
        long rest = units - seconds * unitsPerSecond;
        long nanos = exponent <= NANO_DIGITS
                ? rest * powerOfTen(NANO_DIGITS - exponent)
                : Long.divideUnsigned(rest, powerOfTen(exponent - NANO_DIGITS));
        return sum(seconds, nanos);
    }

    private long ofBinary(long units) {
        long seconds = exponent >= Long.SIZE ? 0 : exponent == 0 ? units : units >>> exponent;
        long fraction = exponent >= Long.SIZE ? units : units & (1L << exponent) - 1;
        int bits = exponent;
        if (bits > FRACTION_BITS) {
            int surplus = bits - FRACTION_BITS;
            fraction = surplus >= Long.SIZE ? 0 : fraction >>> surplus;
            bits = FRACTION_BITS;
        }
        return sum(seconds, fraction * SECOND_NANOS >>> bits);
    }

    private long sum(long seconds, long nanos) {
        boolean absurd = seconds < 0 || seconds > MAX_SECONDS || Math.abs(offsetSeconds) > MAX_SECONDS;
        long shifted = absurd ? Long.MAX_VALUE : seconds + offsetSeconds;
        return Math.max(0, Math.min(shifted, MAX_SECONDS)) * SECOND_NANOS + nanos;
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
