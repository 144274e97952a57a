package dev.pequel.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request as it goes over the wire, byte by byte: HTTP clients refuse to send much of what servers have to bear.
 *
 * @param target path and query, encoded or not
 * @param headers names and values as they are sent; {@code Host}, {@code Connection} and the length of the body come on top
 */
record WireRequest(String method, String target, List<Header> headers, Optional<byte[]> body) {

    record Header(String name, String value) {}

    /** @param headers of the answer, names in small letters */
    record Answer(int status, List<Header> headers, byte[] body) {
        Optional<String> header(String name) {
            return headers.stream()
                    .filter(header -> header.name().equals(name))
                    .map(Header::value)
                    .findFirst();
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private static final int LONGEST_WAIT = 60_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    WireRequest withHeaders(List<Header> others) {
        return new WireRequest(method, target, others, body);
    }

    WireRequest withTarget(String other) {
        return new WireRequest(method, other, headers, body);
    }

    WireRequest withBody(byte[] other) {
        return new WireRequest(method, target, headers, Optional.of(other));
    }

    /** The answer; empty when the service closed the connection without one, or waits for ever. */
    Optional<Answer> send(String host, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), LONGEST_WAIT);
            socket.setSoTimeout(LONGEST_WAIT);
            try {
                socket.getOutputStream().write(bytes());
                socket.getOutputStream().flush();
            } catch (IOException refusedEarly) {
                // The answer may be there already.
            }
            try {
                return parse(socket.getInputStream().readAllBytes());
            } catch (SocketTimeoutException unanswered) {
                return Optional.empty();
            }
        }
    }

    /** The statuses of all answers that come when requests are sent one after the other on one connection. */
    static List<Integer> statuses(String host, int port, List<WireRequest> requests) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), LONGEST_WAIT);
            socket.setSoTimeout(LONGEST_WAIT);
            for (WireRequest request : requests) {
                socket.getOutputStream().write(request.bytes(request == requests.getLast()));
            }
            socket.getOutputStream().flush();
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return STATUS.matcher(answers)
                    .results()
                    .map(line -> Integer.valueOf(line.group(1)))
                    .toList();
        }
    }

    private byte[] bytes() {
        return bytes(true);
    }

    /** @param last whether the connection shall end after the answer */
    private byte[] bytes(boolean last) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(header ->
                head.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        body.ifPresent(content ->
                head.append("Content-Length: ").append(content.length).append("\r\n"));
        head.append(last ? "Connection: close\r\n\r\n" : "\r\n");
        // Characters beyond Latin-1 go out as UTF-8, as careless clients send them.
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        body.ifPresent(bytes::writeBytes);
        return bytes.toByteArray();
    }

    private static Optional<Answer> parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return Optional.empty();
        }
        String[] lines = text.substring(0, end).split("\r\n");
        List<Header> headers = new ArrayList<>();
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            headers.add(new Header(
                    line.substring(0, colon).toLowerCase(),
                    line.substring(colon + 1).strip()));
        }
        byte[] body = Arrays.copyOfRange(bytes, end + 4, bytes.length);
        Answer answer = new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, body);
        return Optional.of(
                answer.header("transfer-encoding").filter("chunked"::equals).isPresent()
                        ? new Answer(answer.status(), headers, joined(body))
                        : answer);
    }

    /** The chunks of a body without their lengths (RFC 9112, section 7.1). */
    private static byte[] joined(byte[] chunked) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        int position = 0;
        while (true) {
            int end = position;
            while (chunked[end] != '\r') {
                end++;
            }
            int length = Integer.parseInt(new String(chunked, position, end - position, StandardCharsets.US_ASCII), 16);
            if (length == 0) {
                return joined.toByteArray();
            }
            joined.write(chunked, end + 2, length);
            position = end + 2 + length + 2;
        }
    }

    /** So that a failure can be repeated by hand. */
    @Override
    public String toString() {
        String text = new String(bytes(), StandardCharsets.UTF_8);
        return text.length() <= 3000 ? text : text.substring(0, 3000) + "... (" + text.length() + " characters)";
    }
}
