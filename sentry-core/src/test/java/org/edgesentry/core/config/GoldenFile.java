package org.edgesentry.core.config;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .conftest} file: input, a line of four dashes, expected output.
 *
 * <p>What an editor would not keep is spelt out in the input: {@code <<0D>>} is that byte, {@code <<41*1000>>} a
 * thousand of them, and {@code <<EOF>>} ends the input there, without a newline.
 */
record GoldenFile(Path path, String input, String expected) {

    private static final String SEPARATOR = "----\n";
    private static final Pattern SPELT_OUT = Pattern.compile("<<([0-9A-F]{2})(?:\\*([0-9]+))?>>");

    static GoldenFile read(Path path) throws IOException {
        String text = Files.readString(path);
        int separator = text.startsWith(SEPARATOR) ? 0 : text.indexOf("\n" + SEPARATOR) + 1;
        if (!text.startsWith(SEPARATOR, separator)) {
            throw new IOException(path + " has no line of four dashes");
        }
        return new GoldenFile(path, text.substring(0, separator), text.substring(separator + SEPARATOR.length()));
    }

    byte[] inputBytes() {
        int end = input.indexOf("<<EOF>>");
        String text = end < 0 ? input : input.substring(0, end);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher spelt = SPELT_OUT.matcher(text);
        int done = 0;
        while (spelt.find()) {
            bytes.writeBytes(text.substring(done, spelt.start()).getBytes(StandardCharsets.UTF_8));
            int count = spelt.group(2) == null ? 1 : Integer.parseInt(spelt.group(2));
            for (int i = 0; i < count; i++) {
                bytes.write(Integer.parseInt(spelt.group(1), 16));
            }
            done = spelt.end();
        }
        bytes.writeBytes(text.substring(done).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    void rewrite(String actual) throws IOException {
        Files.writeString(path, input + SEPARATOR + actual);
    }
}
