package dev.pequel.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/**
 * Determines the sandbox whose rows the current thread can access in the database: the request's sandbox by default.
 * Work outside a request must set the sandbox here, otherwise it sees no rows.
 */
@ApplicationScoped
public class SandboxScope {

    /** Work that can throw an exception of its own type. */
    public interface Work<T, X extends Exception> {
        T run() throws X;
    }

    static final String ALL = "all";

    private static final String NONE = "";

    private final RequestedSandbox requested;
    private final ThreadLocal<String> named = new ThreadLocal<>();

    SandboxScope(RequestedSandbox requested) {
        this.requested = requested;
    }

    /** Runs work for one sandbox. */
    public <T, X extends Exception> T ofSandbox(int sandbox, Work<T, X> work) throws X {
        return visible(String.valueOf(sandbox), work);
    }

    /** Runs work for one sandbox. */
    public void ofSandbox(int sandbox, Runnable work) {
        ofSandbox(sandbox, nothing(work));
    }

    /** Runs work across all sandboxes, or before the sandbox is known. */
    public <T, X extends Exception> T ofAllSandboxes(Work<T, X> work) throws X {
        return visible(ALL, work);
    }

    /** Wraps work for another thread, so that it has the scope of the current thread. */
    public <T> Callable<T> sameFor(Callable<T> work) {
        String seen = setting();
        return () -> visible(seen, work::call);
    }

    private <T, X extends Exception> T visible(String setting, Work<T, X> work) throws X {
        String before = named.get();
        named.set(setting);
        try {
            return work.run();
        } finally {
            if (before == null) {
                named.remove();
            } else {
                named.set(before);
            }
        }
    }

    /** Returns the value of {@code pequel.sandbox} for connections of this thread. */
    String setting() {
        String setting = named.get();
        if (setting != null) {
            return setting;
        }
        OptionalInt sandbox = requested.number();
        return sandbox.isPresent() ? String.valueOf(sandbox.getAsInt()) : NONE;
    }

    /** Returns the only sandbox in the scope of this thread; empty if the scope has none or all. */
    Optional<Integer> sandbox() {
        String setting = setting();
        return setting.equals(NONE) || setting.equals(ALL) ? Optional.empty() : Optional.of(Integer.valueOf(setting));
    }

    private static Work<Void, RuntimeException> nothing(Runnable work) {
        return () -> {
            work.run();
            return null;
        };
    }
}
