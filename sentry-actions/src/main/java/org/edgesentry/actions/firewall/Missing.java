package org.edgesentry.actions.firewall;

import java.util.Optional;

/** The words for something that is not installed. */
final class Missing {

    private Missing() {
    }

    /** The file, or an exception that names the Debian package which holds it. */
    static String orElse(Optional<String> found, String name, String debianPackage) throws FirewallException {
        if (found.isEmpty()) {
            throw new FirewallException(words(name, debianPackage));
        }
        return found.get();
    }

    static String words(String name, String debianPackage) {
        return name + " is not installed (Debian package " + debianPackage + ")";
    }
}
