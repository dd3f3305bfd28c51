package org.edgesentry.actions.respond;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.net.AddressText;
import org.edgesentry.core.net.IpProtocol;

/**
 * Says which packets count against nobody, and why, for an administrator who wonders ({@code --verbose}). The first two
 * texts are PortSentry's. Thread: action worker only.
 */
final class LeftAloneReport {

    private final Logger log;
    private final Optional<Path> ignoreFile;

    LeftAloneReport(Logger log, Optional<Path> ignoreFile) {
        this.log = log;
        this.ignoreFile = ignoreFile;
    }

    void say(ActionRequest request) {
        String source = AddressText.format(request.family, request.sourceHi, request.sourceLo);
        switch (request.verdict) {
            case IGNORED -> log.debug("Host: {} found in ignore file {}, aborting actions", source,
                    ignoreFile.map(Path::toString).orElse(""));
            case FORGED -> log.debug("Source address {} is this host's own or cannot be real, skipping", source);
            default -> log.debug("Packet from {} to {} port {} is left alone: {}", source,
                    IpProtocol.name(request.protocol), request.port, request.verdict.label());
        }
    }
}
