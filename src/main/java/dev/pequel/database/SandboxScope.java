package dev.pequel.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/**
 * Whose rows the database shows to the current thread: those of the request's sandbox. Work that is done for no request names
 * the sandbox here; without that it sees nothing.
 */
@ApplicationScoped
public class SandboxScope {

    /** Work that may fail in a way of its own. */
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

    /** Does something for one sandbox. */
    public <T, X extends Exception> T ofSandbox(int sandbox, Work<T, X> work) throws X {
        return visible(String.valueOf(sandbox), work);
    }

    /** Does something for one sandbox. */
    public void ofSandbox(int sandbox, Runnable work) {
        ofSandbox(sandbox, nothing(work));
    }

    /** Does something across sandboxes: where it is not yet known which, and where it is for all of them. */
    public <T, X extends Exception> T ofAllSandboxes(Work<T, X> work) throws X {
        return visible(ALL, work);
    }

    /** The same work for another thread, which then sees what this one sees now. */
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

    /** The value of {@code pequel.sandbox} that a connection must have for this thread. */
    String setting() {
        String setting = named.get();
        if (setting != null) {
            return setting;
        }
        OptionalInt sandbox = requested.number();
        return sandbox.isPresent() ? String.valueOf(sandbox.getAsInt()) : NONE;
    }

    /** The one sandbox that this thread sees; empty where it sees none, or all of them. */
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
