package org.edgesentry.actions.notify;

import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** What the failures of the mail library mean: its exceptions come as chains. Thread: any. */
final class SmtpFailure {

    private static final int LONGEST_CHAIN = 100;

    private SmtpFailure() {
    }

    /** Whether the server has refused for good, with 5yz and with nothing else. */
    static boolean isForGood(MessagingException failure) {
        List<Integer> codes = chain(failure).stream().map(SmtpFailure::code).filter(code -> code > 0).toList();
        return !codes.isEmpty() && codes.stream().allMatch(code -> code / 100 == 5);
    }

    /** Its words, each once. */
    static String words(MessagingException failure) {
        Set<String> words = new LinkedHashSet<>();
        for (Throwable link : chain(failure)) {
            String said = link.getMessage() == null ? link.toString() : link.getMessage().strip();
            if (words.stream().noneMatch(earlier -> earlier.contains(said))) {
                words.add(said);
            }
        }
        return String.join(": ", words);
    }

    private static List<Throwable> chain(MessagingException failure) {
        List<Throwable> chain = new ArrayList<>();
        Throwable link = failure;
        while (link != null && chain.size() < LONGEST_CHAIN) {
            chain.add(link);
            link = link instanceof MessagingException next ? next.getNextException() : link.getCause();
        }
        return chain;
    }

    private static int code(Throwable failure) {
        if (failure instanceof SMTPSendFailedException send) {
            return send.getReturnCode();
        }
        if (failure instanceof SMTPSenderFailedException sender) {
            return sender.getReturnCode();
        }
        return failure instanceof SMTPAddressFailedException address ? address.getReturnCode() : 0;
    }
}
