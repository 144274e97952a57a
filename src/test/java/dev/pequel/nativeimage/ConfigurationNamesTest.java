package dev.pequel.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quarkus.runtime.configuration.NameIterator;
import io.quarkus.runtime.configuration.PropertiesUtil;
import io.smallrye.config.PropertyName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A native executable finds of the configuration what a JVM finds, where the code of the libraries is replaced. */
class ConfigurationNamesTest {
    @Example
    void aDefaultWithAWildcardIsFound() {
        WildcardValues values = WildcardValues.of(map(List.of("quarkus.log.category.*.level", "quarkus.tls.*")));

        assertEquals("quarkus.log.category.*.level", values.find("quarkus.log.category.\"dev.pequel\".level"));
        assertEquals("quarkus.log.category.*.level", values.find("quarkus.log.category.*.level"));
        assertEquals("quarkus.tls.*", values.find("quarkus.tls.mine.key-store"));
        assertNull(values.find("quarkus.log.level"));
    }

    @Example
    void aDefaultThatIsAddedIsFound() {
        WildcardValues values = WildcardValues.of(map(List.of("a.*.b")));

        values.putIfAbsent(new PropertyName("a.*.c"), "new");
        values.putIfAbsent(new PropertyName("a.*.b"), "not this");

        assertEquals("new", values.find("a.x.c"));
        assertEquals("a.*.b", values.find("a.x.b"));
    }

    @Property
    void defaultsAreThoseOfTheLibrary(
            @ForAll("wildcards") List<String> wildcards, @ForAll("names") List<String> names) {
        Map<PropertyName, String> map = map(wildcards);
        WildcardValues values = WildcardValues.of(map);

        for (String name : names) {
            assertEquals(map.get(new PropertyName(name)), values.find(name), name);
        }
    }

    @Property
    void segmentsAreThoseThatTheLibraryKnows(
            @ForAll("names") List<String> names, @ForAll("segments") List<String> mapped) {
        for (String name : names) {
            for (NameIterator at = new NameIterator(name); at.hasNext(); at.next()) {
                for (String segment : mapped) {
                    assertEquals(
                            PropertiesUtil.isMapped(at, segment),
                            MappedSegment.isMapped(at, segment),
                            segment + " in " + name);
                }
            }
        }
    }

    private static Map<PropertyName, String> map(List<String> names) {
        Map<PropertyName, String> map = new HashMap<>();
        names.forEach(name -> map.putIfAbsent(new PropertyName(name), name));
        return map;
    }

    @Provide
    Arbitrary<List<String>> wildcards() {
        return name(segment()).filter(name -> name.contains("*")).list().ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<String>> names() {
        return Arbitraries.oneOf(
                        name(segment()),
                        name(Arbitraries.of("a", "b", "log", "lo", "\"a.b\"", "a[0]", "b[12]", "level")))
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<String>> segments() {
        return segment().list().ofMaxSize(10);
    }

    private static Arbitrary<String> segment() {
        return Arbitraries.of("a", "b", "log", "lo", "*", "a[*]", "*[*]", "\"a.b\"", "a[0]", "level", "b[*]");
    }

    private static Arbitrary<String> name(Arbitrary<String> segment) {
        return segment.list().ofMinSize(1).ofMaxSize(5).map(segments -> String.join(".", segments));
    }
}
