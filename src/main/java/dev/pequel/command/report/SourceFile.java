package dev.pequel.command.report;

import dev.pequel.pql.SourceText;
import dev.pequel.pql.Span;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The name and text of a file. A byte order mark is removed.
 *
 * @param name the path as the caller wrote it, or {@value #STDIN}
 */
public record SourceFile(String name, SourceText text) {

    public static final String STDIN = "<stdin>";

    /** The size limit of a file in bytes, enough for about ten thousand audiences. */
    private static final int LONGEST = 64 * 1024 * 1024;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Thrown when a file cannot be read. The message begins with its name. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String name, String reason) {
            super(name + ": " + reason);
        }
    }

    public static SourceFile read(Path path) throws Unreadable {
        try (InputStream input = Files.newInputStream(path)) {
            return read(path.toString(), input);
        } catch (NoSuchFileException missing) {
            throw new Unreadable(path.toString(), "there is no such file");
        } catch (IOException failed) {
            throw new Unreadable(path.toString(), "cannot be read: " + failed.getMessage());
        }
    }

    public static SourceFile read(String name, InputStream input) throws Unreadable {
        try {
            byte[] bytes = input.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new Unreadable(name, "has more than the " + LONGEST + " bytes that are allowed");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new SourceFile(name, new SourceText(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text));
        } catch (CharacterCodingException notText) {
            throw new Unreadable(name, "is not encoded in UTF-8");
        } catch (IOException failed) {
            throw new Unreadable(name, "cannot be read: " + failed.getMessage());
        }
    }

    /** Returns the empty span at the start, for findings about the file as a whole. */
    public Span start() {
        return text.span(0, 0);
    }
}
