package org.edgesentry.core.detect;

import java.util.concurrent.TimeUnit;

/**
 * Tells when everything is asked for by everybody: a flood of forged sources at all ports of a whole network makes
 * every port, and every host, look like the target of a scan of many. Then only what is asked for far more often than
 * the rest stands out. It counts contacts with whatever passed the first look, and how many different keys those were,
 * in periods.
 *
 * <p>Thread: pipeline only; allocates nothing once made.
 */
final class FloodGauge {

    private static final long PERIOD_SECONDS = 5;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(PERIOD_SECONDS);
    private static final int PRECISION = 10;
    /** Contacts that pass the first look, far fewer than all; more than that a network does not have of scans. */
    private static final long CONTACTS_PER_PERIOD = 1_000 * PERIOD_SECONDS;
    /** So many times the mean, which is too low by as much as eight: in a flood few contacts pass the first look. */
    private static final int TIMES_THE_MEAN = 32;

    private final DistinctSketch keys = new DistinctSketch(PRECISION);
    private long beganNanos;
    private long contacts;
    private long contactsBefore;
    private long keysBefore;

    /** Takes down a contact. */
    void note(long key, long epochNanos) {
        long age = Math.abs(epochNanos - beganNanos);
        if (age >= PERIOD_NANOS) {
            contactsBefore = age < 2 * PERIOD_NANOS ? contacts : 0;
            keysBefore = keys.estimate();
            contacts = 0;
            keys.clear();
            beganNanos = epochNanos;
        }
        contacts++;
        keys.add(key);
    }

    /** Whether something that is asked for this often, among all that is asked for, is nothing special. */
    boolean drowns(double contactsPerSecond) {
        return contacts > contactsBefore ? drowns(contactsPerSecond, contacts, keys.estimate())
                : drowns(contactsPerSecond, contactsBefore, keysBefore);
    }

    private static boolean drowns(double contactsPerSecond, long all, long distinct) {
        return all > CONTACTS_PER_PERIOD
                && contactsPerSecond * PERIOD_SECONDS < TIMES_THE_MEAN * (double) all / Math.max(distinct, 1);
    }
}
