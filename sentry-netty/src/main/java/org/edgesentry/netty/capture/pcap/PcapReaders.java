package org.edgesentry.netty.capture.pcap;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.edgesentry.netty.capture.CaptureStatistics;
import org.edgesentry.netty.host.Interfaces.Interface;

/**
 * The readers of a capture, one for each interface. What those have counted that are gone is kept.
 *
 * <p>Thread: whoever holds the capture's lock.
 */
final class PcapReaders {

    private final Map<Interface, PcapReader> readers = new LinkedHashMap<>();
    private CaptureStatistics ended = CaptureStatistics.NONE;
    private boolean started;

    /** Lets all read, those too that are added later. */
    void start() {
        started = true;
        all().forEach(PcapReader::start);
    }

    void add(Interface source, PcapReader reader) {
        readers.put(source, reader);
        if (started) {
            reader.start();
        }
    }

    /** The reader of an interface, or null. */
    PcapReader of(Interface source) {
        return readers.get(source);
    }

    Set<Interface> sources() {
        return readers.keySet();
    }

    Collection<PcapReader> all() {
        return readers.values();
    }

    /** Ends the readers of all interfaces but these. */
    void retain(Collection<Interface> kept) {
        List<Interface> leaving = readers.keySet().stream().filter(one -> !kept.contains(one)).toList();
        List<PcapReader> ending = leaving.stream().map(readers::remove).toList();
        ending.forEach(PcapReader::stop);
        ending.forEach(PcapReader::join);
        ended = ending.stream().map(PcapReader::statistics).reduce(ended, CaptureStatistics::plus);
    }

    CaptureStatistics statistics() {
        return all().stream().map(PcapReader::statistics).reduce(ended, CaptureStatistics::plus);
    }
}
