package org.edgesentry.core.config;

/** Free text, as long as a line that a person wrote. */
record TextType() implements ValueType<String> {

    /** More than a command line or a banner needs; a longer text is an accident. */
    static final int MAX_LENGTH = 4_096;

    @Override
    public String read(String text, Faults faults) {
        if (text.length() > MAX_LENGTH) {
            faults.at(MAX_LENGTH, "the text is longer than " + MAX_LENGTH + " characters");
            return null;
        }
        return text;
    }
}
