package dev.pequel.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Runs the tests of a class against {@code pequel-local}, which test methods receive as a parameter of type
 * {@link Pequel}.
 *
 * <p>The service starts with the first such class, on a free port, and ends with the tests. Classes with the same seeds
 * share a service. Annotated classes run one after another, even if JUnit runs other classes concurrently.
 *
 * <p>The JUnit configuration parameter {@code pequel.local.jar} (a system property, or a line of
 * {@code junit-platform.properties}) or else the environment variable {@code PEQUEL_LOCAL_JAR} is the path of
 * {@code pequel-local.jar}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(PequelExtension.class)
@ResourceLock("dev.pequel.testing.Pequel")
public @interface PequelTest {

    /** Directory of seeds, relative to the working directory. By default, sandboxes are empty. */
    String seeds() default "";

    /**
     * Time at which the clock of the service is stopped before each test, such as {@code 2026-12-31T23:59:00Z}. By
     * default, the clock follows the system's clock.
     */
    String now() default "";

    /** When sandboxes are reset. */
    Reset reset() default Reset.EACH_TEST;
}
