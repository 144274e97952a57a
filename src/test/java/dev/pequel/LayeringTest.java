package dev.pequel;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.lang.reflect.Type;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Which part of Pequel may know which. */
class LayeringTest {
    private static final String LANGUAGE = "pql pql.ast pql.syntax pql.type pql.term pql.check pql.compile";

    /** What each package may use. One without a line of its own belongs to the package it is in. */
    private static final Map<String, List<String>> USES = Map.ofEntries(
            line("start", "command"),
            line("command", "audience audit expression schema problem http pql pql.type pql.term pql.json"),
            line("openapi", ""),
            line("compatibility", "tenant problem"),
            line("console", "tenant problem http"),
            // In the package of the Maven profile `local` alone.
            line("local", "start seed schedule segmentation profile tenant problem http database"),
            line("seed", "audience segmentation schema profile tenant problem http database shutdown pql.json"),
            line("preview", "answer segmentation expression profile column tenant problem http database " + LANGUAGE),
            line("field", "expression schema profile column tenant problem http pql.function " + LANGUAGE),
            line("schedule", "answer segmentation audit tenant problem http database"),
            line("export", "answer audit segmentation expression profile column tenant problem http database shutdown"),
            line(
                    "audience",
                    "answer audit segmentation expression tenant problem http database pql pql.type pql.term pql.check"),
            line(
                    "segmentation",
                    "answer audit expression schema profile column tenant problem http database shutdown " + LANGUAGE),
            line("expression", "schema column tenant problem http pql.type pql.json pql.function " + LANGUAGE),
            line("profile", "answer audit schema column tenant problem http database shutdown pql.type"),
            line("schema", "audit tenant problem http database pql.type pql.json"),
            line("audit", "answer tenant problem http database"),
            line("tenant", "answer problem http database"),
            line("http", "problem pql"),
            line("problem", "pql"),
            line("answer", ""),
            line("database", ""),
            line("shutdown", ""),
            line("pql.compile", "column pql pql.ast pql.function pql.term"),
            line("pql.json", "pql pql.ast pql.syntax pql.type pql.function pql.check"),
            line("pql.check", "pql pql.ast pql.syntax pql.type pql.function pql.term"),
            line("pql.term", "column pql pql.ast pql.type pql.function"),
            line("pql.type", ""),
            line("pql.function", ""),
            line("pql.syntax", "pql pql.ast"),
            line("pql.ast", "pql"),
            line("pql", ""),
            line("column", ""));

    private static final JavaClasses PEQUEL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.pequel");

    @Test
    void dependenciesPointOneWay() {
        LayeredArchitecture layers = layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.pequel..")
                .ensureAllClassesAreContainedInArchitecture()
                .withOptionalLayers(true);
        for (String layer : USES.keySet()) {
            layers = layers.layer(layer).definedBy(isOf(layer));
        }
        for (var use : USES.entrySet()) {
            String[] used = use.getValue().toArray(String[]::new);
            layers = used.length == 0
                    ? layers.whereLayer(use.getKey()).mayNotAccessAnyLayer()
                    : layers.whereLayer(use.getKey()).mayOnlyAccessLayers(used);
        }
        layers.check(PEQUEL);
    }

    @Test
    void noPackagesNeedEachOther() {
        slices().matching("dev.pequel.(**)").should().beFreeOfCycles().check(PEQUEL);
    }

    @Test
    void theLanguageIsPlainJava() {
        classes()
                .that()
                .resideInAnyPackage("dev.pequel.pql..", "dev.pequel.column..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.pequel..",
                        "java..",
                        "com.fasterxml.jackson..",
                        "com.google.re2j..",
                        "org.antlr.v4.runtime..",
                        "org.roaringbitmap..")
                .because("the language is used and tested without a framework or a database")
                .check(PEQUEL);
    }

    @Test
    void onlyTheParserKnowsAntlr() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.pequel.pql.syntax..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.antlr..")
                .check(PEQUEL);
    }

    @Test
    void inTheLanguageOnlyPqlJsonKnowsJson() {
        noClasses()
                .that()
                .resideInAPackage("dev.pequel.pql..")
                .and()
                .resideOutsideOfPackage("dev.pequel.pql.json..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson..")
                .check(PEQUEL);
    }

    @Test
    void httpStaysAtTheEdge() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.pequel.http..")
                .and()
                .haveSimpleNameNotEndingWith("Resource")
                .and()
                .haveSimpleNameNotEndingWith("Alias")
                .and()
                .resideOutsideOfPackages("dev.pequel.tenant..", "dev.pequel.local")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.ws.rs..", "org.jboss.resteasy..", "io.vertx..")
                .because("resources translate, services decide, and failures are mapped in one place")
                .check(PEQUEL);
    }

    @Test
    void nothingLooksIntoClasses() {
        noClasses()
                .should()
                .dependOnClassesThat(reflection())
                .orShould()
                .callMethodWhere(target(owner(equivalentTo(Class.class)))
                        .and(target(nameMatching("forName|newInstance|get(Declared)?(Field|Method|Constructor)s?"))))
                .because("a native image knows only what can be seen at build time")
                .check(PEQUEL);
    }

    @Test
    void timeAndChanceComeInAsParameters() {
        noClasses()
                .that()
                .haveNameNotMatching("dev\\.pequel\\.(SystemClock|local\\.LocalClock)")
                .should()
                .callMethodWhere(target(owner(are(equivalentToAnyOf(
                                Instant.class,
                                LocalDate.class,
                                LocalDateTime.class,
                                OffsetDateTime.class,
                                ZonedDateTime.class))))
                        .and(target(name("now")))
                        .and(withoutClock()))
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethodWhere(target(owner(equivalentTo(Clock.class)))
                        .and(target(DescribedPredicate.describe(
                                "a system clock", method -> method.getName().startsWith("system")))))
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .dependOnClassesThat(equivalentTo(ThreadLocalRandom.class))
                .because("what depends on the hour or on luck cannot be tested")
                .check(PEQUEL);
    }

    private static Map.Entry<String, List<String>> line(String layer, String uses) {
        return Map.entry(layer, uses.isEmpty() ? List.of() : List.of(uses.split(" ")));
    }

    private static DescribedPredicate<JavaClass> isOf(String layer) {
        return DescribedPredicate.describe(
                "of " + layer, type -> layerOf(type.getPackageName()).equals(layer));
    }

    private static String layerOf(String packageName) {
        String layer = packageName.equals("dev.pequel") ? "start" : packageName.replaceFirst("^dev\\.pequel\\.", "");
        while (!USES.containsKey(layer) && layer.contains(".")) {
            layer = layer.substring(0, layer.lastIndexOf('.'));
        }
        return layer;
    }

    /** {@code java.lang.reflect.Type} only names a type; Jakarta REST has it in the signature of its body readers. */
    private static DescribedPredicate<JavaClass> reflection() {
        return DescribedPredicate.describe(
                "do reflection",
                type -> type.getPackageName().equals("java.lang.reflect") && !type.isEquivalentTo(Type.class));
    }

    private static DescribedPredicate<JavaClass> equivalentToAnyOf(Class<?>... types) {
        Set<Class<?>> set = Set.of(types);
        return DescribedPredicate.describe("a time", type -> set.stream().anyMatch(type::isEquivalentTo));
    }

    private static DescribedPredicate<JavaAccess<?>> withoutClock() {
        return DescribedPredicate.describe(
                "without a clock",
                access -> access instanceof JavaMethodCall call
                        && call.getTarget().getRawParameterTypes().stream()
                                .noneMatch(type -> type.isEquivalentTo(Clock.class)));
    }
}
