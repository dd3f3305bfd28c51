package org.edgesentry.actions.firewall;

/** A way to hand commands to nftables. Thread: one at a time. */
interface NftRunner {

    /** Does nothing, and nothing is there. */
    NftRunner NOBODY = new NftRunner() {

        @Override
        public void run(String commands) {
        }

        @Override
        public String list(String command, boolean terse) {
            return "";
        }

        @Override
        public void close() {
        }
    };

    /** Runs the commands as one transaction: all of them, or none and an exception with nftables' own words. */
    void run(String commands) throws FirewallException;

    /**
     * Lists something; the text of nft(8).
     *
     * @param terse whether the elements of sets are left out
     */
    String list(String command, boolean terse) throws FirewallException;

    /** Lets go of the library. */
    void close();

    /** The fault in nft's output: the words after its first "Error:", without the place in our text. */
    static String firstError(String output) {
        int start = output.indexOf("Error: ");
        String words = start < 0 ? output : output.substring(start + "Error: ".length());
        return words.lines().findFirst().orElse("no reason given").strip();
    }
}
