package org.edgesentry.actions.names;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.net.Cidr;

/**
 * RESOLVE_HOST=1: asks the machine's resolver on threads of its own and remembers what it said, a missing name too.
 * Lookups, answers and the time that an answer is good for are bounded ({@link ActionLimits}); beyond that the address
 * stands for the name.
 *
 * <p>Thread: {@link #find} and {@link #close} action worker only; lookups run on {@code sentry-names-N}.
 */
public final class ReverseLookup implements HostNames {

    private static final Duration NAME_GOOD_FOR = Duration.ofHours(1);
    private static final Duration NO_NAME_GOOD_FOR = Duration.ofMinutes(10);
    private static final long IDLE_SECONDS = 30;

    private final Function<Cidr, String> resolver;
    private final Cache<Cidr, String> known;
    private final Set<Cidr> underWay = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor lookups;

    /** Lookups by the machine's resolver: files, DNS, whatever nsswitch.conf(5) says. */
    public ReverseLookup() {
        this(SystemResolver::nameOf, Ticker.systemTicker());
    }

    /** The resolver tells the name of a source, or an empty text. */
    ReverseLookup(Function<Cidr, String> resolver, Ticker ticker) {
        this.resolver = resolver;
        this.known = Caffeine.newBuilder()
                .maximumSize(ActionLimits.NAMES)
                .expireAfter(Expiry.<Cidr, String>creating((source, name) ->
                        name.equals(source.toString()) ? NO_NAME_GOOD_FOR : NAME_GOOD_FOR))
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
        AtomicInteger count = new AtomicInteger();
        this.lookups = new ThreadPoolExecutor(ActionLimits.NAME_THREADS, ActionLimits.NAME_THREADS, IDLE_SECONDS,
                TimeUnit.SECONDS, new ArrayBlockingQueue<>(ActionLimits.NAME_LOOKUPS_WAITING), work -> {
                    Thread thread = new Thread(work, "sentry-names-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        lookups.allowCoreThreadTimeOut(true);
    }

    @Override
    public Optional<String> find(Cidr source) {
        String name = known.getIfPresent(source);
        if (name != null) {
            return Optional.of(name);
        }
        if (underWay.add(source)) {
            try {
                lookups.execute(() -> lookUp(source));
            } catch (RejectedExecutionException e) {
                underWay.remove(source);
                return Optional.of(source.toString());
            }
        }
        return Optional.empty();
    }

    private void lookUp(Cidr source) {
        String name = "";
        try {
            name = NameText.clean(resolver.apply(source));
        } catch (RuntimeException e) {
            // Whatever a name server can make the library throw: no name.
            name = "";
        } finally {
            known.put(source, name.isEmpty() ? source.toString() : name);
            underWay.remove(source);
        }
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }
}
