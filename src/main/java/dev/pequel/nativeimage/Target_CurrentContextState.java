package dev.pequel.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * The context of a request is marked six times, each by a handle of its field that a native executable interprets. It is the
 * request's own, so its monitor is nearly always free.
 */
@TargetClass(className = "io.quarkus.arc.impl.CurrentManagedContext$CurrentContextState")
final class Target_CurrentContextState {
    @Alias
    private volatile byte state;

    private Target_CurrentContextState() {}

    /** Whether the mark was not there before. */
    @Substitute
    private boolean set(byte mask) {
        synchronized (this) {
            if ((state & mask) != 0) {
                return false;
            }
            state |= mask;
            return true;
        }
    }
}
