package dev.pequel.database;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** Provides the sandbox of the current thread to Hibernate's filter on {@link SandboxedEntity}. */
@ApplicationScoped
@Unremovable
public class VisibleSandbox implements Supplier<Integer> {

    private final SandboxScope rows;

    VisibleSandbox(SandboxScope rows) {
        this.rows = rows;
    }

    /** @throws IllegalStateException when no single sandbox is visible, so that no statement reads across sandboxes */
    @Override
    public Integer get() {
        return rows.sandbox()
                .orElseThrow(() -> new IllegalStateException("no single sandbox is visible to this thread"));
    }
}
