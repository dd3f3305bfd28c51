package org.edgesentry.core.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The lines of a configuration file, whatever editor wrote it: LF, CRLF or CR ends a line, a byte order mark is
 * dropped.
 *
 * <p>A file that is not UTF-8 is read as ISO 8859-1, in which files of PortSentry's time were written; every byte
 * sequence is valid in it, so that noise arrives as odd characters and is told as such.
 */
final class ConfigText {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private ConfigText() {
    }

    static List<String> lines(byte[] content) {
        String text = decode(content);
        return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).lines().toList();
    }

    /** The first place from the given one that holds no blank (space or tab). */
    static int skipBlanks(String line, int from) {
        int at = from;
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
        return at;
    }

    static boolean isBlank(char character) {
        return character == ' ' || character == '\t';
    }

    private static String decode(byte[] content) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            return new String(content, StandardCharsets.ISO_8859_1);
        }
    }
}
