package org.edgesentry.actions.firewall;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.firewall.nfnetlink.NetlinkSocket;

/**
 * nftables in this process, through {@code libnftables.so.1}, libnftables(3): no fork, no exec, a fraction of a
 * millisecond a block.
 *
 * <p>The library ends the whole process when something is wrong with its socket, so three things are kept from it: a
 * machine that gives no such socket, a socket whose number select(2) cannot hold, and one with messages left over from
 * a failed transaction (a big one that fails can overflow the receive buffer), which it would take for the answer to
 * its next question.
 *
 * <p>Thread: one at a time; a context of the library is not safe for several.
 */
final class LibNftables implements NftRunner {

    private static final String LIBRARY = "libnftables.so.1";
    private static final int ERROR_BYTES = 1_024;
    /** NFT_CTX_OUTPUT_TERSE of nftables/libnftables.h: no elements of sets. */
    private static final int TERSE = 1 << 11;
    /** Bit 12 of the sets in /proc/PID/status, capabilities(7). */
    private static final long CAP_NET_ADMIN = 1L << 12;

    private final Api api;
    private Pointer context;

    LibNftables() throws FirewallException {
        this.api = load();
        requireNetAdmin();
        openContext();
    }

    private void openContext() throws FirewallException {
        requireNetlink();
        context = api.nft_ctx_new(0);
        if (context == null) {
            throw new FirewallException(LIBRARY + ": no context");
        }
        if (api.nft_ctx_buffer_output(context) != 0 || api.nft_ctx_buffer_error(context) != 0) {
            close();
            throw new FirewallException(LIBRARY + ": out of memory");
        }
    }

    private static Api load() throws FirewallException {
        try {
            return Native.load(LIBRARY, Api.class);
        } catch (UnsatisfiedLinkError e) {
            throw new FirewallException(Missing.words(LIBRARY, "nftables"));
        }
    }

    /** Without the capability the library would tell the console so, past our log. */
    private static void requireNetAdmin() throws FirewallException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            Optional<String> effective = lines.filter(line -> line.startsWith("CapEff:")).findFirst();
            if (effective.isPresent() && (Long.parseUnsignedLong(effective.get().substring(7).strip(), 16)
                    & CAP_NET_ADMIN) == 0) {
                throw new FirewallException("nftables in process: Operation not permitted without CAP_NET_ADMIN");
            }
        } catch (IOException e) {
            // No /proc: then the kernel itself gives the answer.
            return;
        }
    }

    private static void requireNetlink() throws FirewallException {
        try (NetlinkSocket next = NetlinkSocket.open()) {
            if (next.descriptor() > ActionLimits.HIGHEST_SELECTED_DESCRIPTOR) {
                throw new FirewallException("nftables in process is not used with " + next.descriptor()
                        + " open files");
            }
        } catch (IOException e) {
            throw new FirewallException(e.getMessage());
        }
    }

    @Override
    public void run(String commands) throws FirewallException {
        ask(commands, TERSE);
    }

    @Override
    public String list(String command, boolean terse) throws FirewallException {
        return ask(command, terse ? TERSE : 0);
    }

    private String ask(String commands, int outputFlags) throws FirewallException {
        if (context == null) {
            openContext();
        }
        api.nft_ctx_output_set_flags(context, outputFlags);
        int status = api.nft_run_cmd_from_buffer(context, commands);
        // Both buffers are read each time: reading is what empties them.
        String output = text(api.nft_ctx_get_output_buffer(context), ActionLimits.LISTING_BYTES);
        String error = text(api.nft_ctx_get_error_buffer(context), ERROR_BYTES);
        if (status != 0) {
            close();
            throw new FirewallException("nftables: " + NftRunner.firstError(error));
        }
        return output;
    }

    /** Only the beginning: with an error the library repeats our own text. */
    private static String text(Pointer chars, int maxBytes) {
        if (chars == null) {
            return "";
        }
        int length = (int) Math.min(chars.indexOf(0, (byte) 0), maxBytes);
        return new String(chars.getByteArray(0, length), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        if (context != null) {
            api.nft_ctx_free(context);
            context = null;
        }
    }

    /** The functions of libnftables(3) that are used. */
    interface Api extends Library {
        Pointer nft_ctx_new(int flags);

        int nft_ctx_buffer_output(Pointer context);

        int nft_ctx_buffer_error(Pointer context);

        void nft_ctx_output_set_flags(Pointer context, int flags);

        int nft_run_cmd_from_buffer(Pointer context, String commands);

        Pointer nft_ctx_get_output_buffer(Pointer context);

        Pointer nft_ctx_get_error_buffer(Pointer context);

        void nft_ctx_free(Pointer context);
    }
}
