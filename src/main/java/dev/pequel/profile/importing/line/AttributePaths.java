package dev.pequel.profile.importing.line;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.pequel.column.ColumnBuilder;
import dev.pequel.pql.type.BuiltInSchema;
import dev.pequel.pql.type.ProfileSchema;
import dev.pequel.pql.type.Type;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct attribute paths of a sandbox's profiles and events, up to a limit. Paths are written like {@code
 * person.name.firstName} and {@code xEvent.commerce.order.priceTotal}; lists add no step.
 *
 * <p>The keys of a map count as one step, {@code *}. An object is a map when the schema declares it as one, and when it
 * has had more than {@value dev.pequel.column.ColumnBuilder#MAX_FIELDS} names, except for profiles and events
 * themselves.
 *
 * <p>Documents are read by {@link #followingProfile} and {@link #followingEvent}. After each document, {@link #keep} or
 * {@link #forget} decides whether its paths count. Not thread-safe.
 */
public final class AttributePaths {

    /** Maximum length of a path, in bytes of UTF-8: what an index entry can hold, with some reserve. */
    static final int MAX_PATH_BYTES = 2000;

    private static final String ENTRY = "*";

    private final int limit;
    private final Node profile;
    private final Node event;
    private int count;
    private boolean isRewritten;
    /** Actions that undo the changes by the current document, the last change first. */
    private final Deque<Runnable> undo = new ArrayDeque<>();

    /** @param limit maximum number of paths */
    public AttributePaths(ProfileSchema schema, int limit) {
        this.limit = limit;
        profile = new Node("", "", schema.profile(), true);
        event = new Node("", BuiltInSchema.EVENTS, profile.typeOf(BuiltInSchema.EVENTS), true);
        profile.fields.put(BuiltInSchema.EVENTS, event);
    }

    /** Thrown when a document has a path that exceeds the limit, or that is too long. */
    static final class Refused extends IOException {

        private static final long serialVersionUID = 1L;

        private final LineError.Code code;

        private Refused(LineError.Code code, String message) {
            super(message);
            this.code = code;
        }

        LineError.Code code() {
            return code;
        }
    }

    /** A profile, an event, or an attribute. */
    private static final class Node {
        private final String path;
        private final Type type;
        private final boolean isDocument;
        /** The fields by name. A map has only {@link #ENTRY}. */
        private Map<String, Node> fields = new HashMap<>();

        private boolean isMap;

        /** @param parent path of the object that has this field */
        Node(String parent, String step, Type type, boolean isDocument) {
            this.path = parent.isEmpty() || step.isEmpty() ? step : parent + "." + step;
            this.type = withoutLists(type);
            this.isDocument = isDocument;
            this.isMap = this.type instanceof Type.MapOf && !isDocument;
        }

        private static Type withoutLists(Type type) {
            return type instanceof Type.ListOf list ? withoutLists(list.element()) : type;
        }

        Type typeOf(String name) {
            return switch (type) {
                case Type.MapOf map -> map.value();
                case Type.ObjectOf object -> object.field(name).orElse(Type.ANY);
                default -> Type.ANY;
            };
        }

        int size() {
            return 1 + fields.values().stream().mapToInt(Node::size).sum();
        }
    }

    int count() {
        return count;
    }

    /** Whether objects have become maps since the paths were loaded, so that some paths no longer exist. */
    public boolean isRewritten() {
        return isRewritten;
    }

    public List<String> all() {
        List<String> all = new ArrayList<>(count);
        collect(profile, all);
        return all;
    }

    private static void collect(Node node, List<String> into) {
        for (Node field : node.fields.values()) {
            if (!field.isDocument) {
                into.add(field.path);
            }
            collect(field, into);
        }
    }

    /** Adds paths that were returned by {@link #all}, even if they exceed the limit. */
    public void load(Collection<String> paths) {
        for (String path : paths) {
            Node node = profile;
            for (String step : steps(path)) {
                node = step.equals(ENTRY) ? entry(node) : field(node, name(step));
            }
        }
        keep();
        isRewritten = count != paths.size();
    }

    /** Returns a parser of a profile that adds the paths as it reads, and throws {@link Refused}. */
    JsonParser followingProfile(JsonParser parser) {
        return new Following(parser, profile);
    }

    /** Returns a parser of an event that adds the paths as it reads, and throws {@link Refused}. */
    JsonParser followingEvent(JsonParser parser) {
        return new Following(parser, event);
    }

    /**
     * Keeps the paths of the current document.
     *
     * @return whether any of them is new
     */
    boolean keep() {
        boolean isNew = !undo.isEmpty();
        undo.clear();
        return isNew;
    }

    /** Removes the paths that the current document added. */
    void forget() {
        undo.forEach(Runnable::run);
        undo.clear();
    }

    private Node child(Node object, String name) throws Refused {
        Node known = object.fields.get(object.isMap ? ENTRY : name);
        if (known != null) {
            return known;
        }
        Node added = object.isMap ? entry(object) : field(object, name);
        if (count > limit) {
            throw new Refused(
                    LineError.Code.TOO_MANY_ATTRIBUTES,
                    "the attribute " + shown(added.path) + " would exceed the limit of " + limit
                            + " different attributes in the profiles and events of a sandbox");
        }
        if (added.path.length() > MAX_PATH_BYTES
                || added.path.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw new Refused(
                    LineError.Code.NOT_STORABLE,
                    "the path of the attribute " + shown(added.path) + " has more than " + MAX_PATH_BYTES + " bytes");
        }
        return added;
    }

    private static String shown(String path) {
        int max = 200;
        return path.length() <= max ? path : path.substring(0, max) + "...";
    }

    /** The node of a field. Adding one may turn the object into a map. */
    private Node field(Node object, String name) {
        if (object.isMap) {
            return entry(object);
        }
        Node known = object.fields.get(name);
        if (known != null) {
            return known;
        }
        if (object.fields.size() == ColumnBuilder.MAX_FIELDS && !object.isDocument) {
            makeMap(object);
            return entry(object);
        }
        return add(object, name, step(name));
    }

    /** The node for the values of a map. */
    private Node entry(Node object) {
        if (!object.isMap) {
            makeMap(object);
        }
        Node known = object.fields.get(ENTRY);
        return known == null ? add(object, ENTRY, ENTRY) : known;
    }

    private Node add(Node object, String name, String step) {
        Node added = new Node(object.path, step, object.typeOf(name), false);
        Map<String, Node> fields = object.fields;
        fields.put(name, added);
        count++;
        undo.push(() -> {
            fields.remove(name);
            count--;
        });
        return added;
    }

    /** Turns an object into a map. The paths below its fields become paths below the map's values. */
    private void makeMap(Node object) {
        Map<String, Node> fields = object.fields;
        int gone = fields.values().stream().mapToInt(Node::size).sum();
        boolean wasRewritten = isRewritten;
        object.fields = new HashMap<>();
        object.isMap = true;
        count -= gone;
        isRewritten = true;
        undo.push(() -> {
            object.fields = fields;
            object.isMap = false;
            count += gone;
            isRewritten = wasRewritten;
        });
        Node entry = entry(object);
        fields.values().forEach(field -> merge(field, entry));
    }

    private void merge(Node from, Node into) {
        if (from.isMap && from.fields.containsKey(ENTRY)) {
            merge(from.fields.get(ENTRY), entry(into));
        } else if (!from.isMap) {
            from.fields.forEach((name, field) -> merge(field, field(into, name)));
        }
    }

    // ---- Syntax of paths: names as in expressions

    private static String step(String name) {
        boolean isPlain = !name.isEmpty()
                && !Character.isDigit(name.codePointAt(0))
                && name.codePoints().allMatch(c -> c == '_' || Character.isLetterOrDigit(c));
        return isPlain ? name : "`" + name.replace("`", "``") + "`";
    }

    private static String name(String step) {
        return step.startsWith("`") ? step.substring(1, step.length() - 1).replace("``", "`") : step;
    }

    private static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        boolean isQuoted = false;
        int start = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '`') {
                isQuoted = !isQuoted;
            } else if (c == '.' && !isQuoted) {
                steps.add(path.substring(start, i));
                start = i + 1;
            }
        }
        steps.add(path.substring(start));
        return steps;
    }

    // ---- Reading

    private final class Following extends EveryTokenParser {
        /** The objects that contain the parser's position. */
        private final Deque<Node> objects = new ArrayDeque<>();
        /** The node of the value at the parser's position. */
        private Node current;

        Following(JsonParser parser, Node document) {
            super(parser);
            this.current = document;
        }

        @Override
        public JsonToken nextToken() throws IOException {
            JsonToken token = super.nextToken();
            switch (token) {
                case START_OBJECT -> objects.push(current);
                case END_OBJECT -> current = objects.pop();
                case FIELD_NAME -> current = child(objects.element(), currentName());
                case null, default -> {}
            }
            return token;
        }
    }
}
