package dev.pequel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;

/** Receives traces as the OpenTelemetry Collector does: OTLP over HTTP. */
final class TraceCollector implements AutoCloseable {

    private final HttpServer server;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final List<Span> spans = new ArrayList<>();

    TraceCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    /**
     * One step of a trace.
     *
     * @param parent empty for the first of a trace
     */
    record Span(String trace, String id, String parent, String name, Kind kind) {}

    /** In the order of the protocol's numbers. */
    enum Kind {
        UNSPECIFIED,
        INTERNAL,
        SERVER,
        CLIENT,
        PRODUCER,
        CONSUMER
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    synchronized List<Span> spans() {
        return List.copyOf(spans);
    }

    /** Everything that was received; what is text in it can be read. */
    synchronized String content() {
        return content.toString(StandardCharsets.UTF_8);
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        add(body);
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private synchronized void add(byte[] body) {
        content.writeBytes(body);
        // An ExportTraceServiceRequest has resources, these have scopes, and these have spans.
        fields(
                ByteBuffer.wrap(body),
                (number, resource) -> fields(resource, (ofResource, scope) -> {
                    if (ofResource == 2) {
                        fields(scope, (ofScope, span) -> {
                            if (ofScope == 2) {
                                spans.add(span(span));
                            }
                        });
                    }
                }));
    }

    private static Span span(ByteBuffer message) {
        String[] texts = new String[6];
        Kind[] kind = {Kind.UNSPECIFIED};
        fields(message, (number, value) -> {
            switch (number) {
                case 1, 2, 4 -> texts[number] = HexFormat.of().formatHex(bytes(value));
                case 5 -> texts[number] = new String(bytes(value), StandardCharsets.UTF_8);
                case 6 -> kind[0] = Kind.values()[value.get()];
                default -> {
                    // Times, attributes and the like.
                }
            }
        });
        return new Span(texts[1], texts[2], texts[4] == null ? "" : texts[4], texts[5], kind[0]);
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return bytes;
    }

    /** The fields of a message in the encoding of Protocol Buffers: number and content. */
    private static void fields(ByteBuffer message, BiConsumer<Integer, ByteBuffer> field) {
        while (message.hasRemaining()) {
            int tag = (int) varint(message);
            int start = message.position();
            int length = switch (tag & 7) {
                case 0 -> {
                    varint(message);
                    yield message.position() - start;
                }
                case 1 -> Long.BYTES;
                case 2 -> {
                    int bytes = (int) varint(message);
                    start = message.position();
                    yield bytes;
                }
                case 5 -> Integer.BYTES;
                default -> throw new IllegalArgumentException("no field begins with " + tag);
            };
            field.accept(tag >>> 3, message.slice(start, length));
            message.position(start + length);
        }
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
