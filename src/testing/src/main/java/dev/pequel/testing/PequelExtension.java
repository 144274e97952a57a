package dev.pequel.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Implements {@link PequelTest}. Services are in JUnit's root store, which closes them after the last test. */
class PequelExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

    static final String JAR_PARAMETER = "pequel.local.jar";
    static final String JAR_VARIABLE = "PEQUEL_LOCAL_JAR";

    private static final Namespace NAMESPACE = Namespace.create(PequelExtension.class);

    /**
     * A nested class shares the annotation and resets of its enclosing class, unless it has an annotation of its own.
     */
    @Override
    public void beforeAll(ExtensionContext context) {
        if (AnnotationSupport.isAnnotated(context.getRequiredTestClass(), PequelTest.class)) {
            prepare(context, Reset.EACH_CLASS);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        prepare(context, Reset.EACH_TEST);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Pequel.class;
    }

    @Override
    public Pequel resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return pequel(context, annotation(context));
    }

    /** Sets the clock and resets sandboxes, in this order: seeds are loaded at the time that the clock shows. */
    private static void prepare(ExtensionContext context, Reset moment) {
        PequelTest annotation = annotation(context);
        Pequel pequel = pequel(context, annotation);
        if (annotation.now().isEmpty()) {
            pequel.clock().useSystemTime();
        } else {
            pequel.clock().set(time(annotation.now()).toInstant());
        }
        if (annotation.reset() == moment) {
            pequel.reset();
        }
    }

    private static PequelTest annotation(ExtensionContext context) {
        return context.getTestClass()
                .flatMap(type -> AnnotationSupport.findAnnotation(type, PequelTest.class))
                .or(() -> context.getParent().map(PequelExtension::annotation))
                .orElseThrow(() -> new ExtensionConfigurationException("The class has no annotation @PequelTest."));
    }

    private static Pequel pequel(ExtensionContext context, PequelTest annotation) {
        Optional<Path> seeds = seeds(annotation.seeds());
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        seeds,
                        directory -> LocalService.start(
                                jar(context.getConfigurationParameter(JAR_PARAMETER), System.getenv()), directory),
                        LocalService.class)
                .pequel();
    }

    private static Optional<Path> seeds(String directory) {
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        Path path = Path.of(directory).toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            throw new ExtensionConfigurationException("The directory of seeds, " + path + ", does not exist.");
        }
        return Optional.of(path);
    }

    private static OffsetDateTime time(String now) {
        try {
            return OffsetDateTime.parse(now);
        } catch (DateTimeException e) {
            throw new ExtensionConfigurationException(
                    "`now` of @PequelTest must be a time such as 2026-12-31T23:59:00Z, and is " + now + ".", e);
        }
    }

    /** Returns the path that the parameter names, or else the variable. */
    static Path jar(Optional<String> parameter, Map<String, String> environment) {
        Path jar = parameter
                .or(() -> Optional.ofNullable(environment.get(JAR_VARIABLE)))
                .map(Path::of)
                .orElseThrow(() -> missing("Where pequel-local.jar is, is unknown."));
        if (!Files.isRegularFile(jar)) {
            throw missing("There is no file " + jar.toAbsolutePath() + ".");
        }
        return jar;
    }

    private static ExtensionConfigurationException missing(String problem) {
        return new ExtensionConfigurationException(problem
                + " Build it in a checkout of Pequel by `./mvnw package -Plocal -DskipTests`, which writes"
                + " target/pequel-local.jar, and put its path into the environment variable " + JAR_VARIABLE
                + " or the JUnit configuration parameter " + JAR_PARAMETER + ".");
    }
}
