package dev.pequel.profile.importing;

import dev.pequel.profile.importing.line.InvalidLine;
import dev.pequel.profile.importing.line.Line;
import dev.pequel.profile.importing.line.LineError;
import dev.pequel.profile.importing.line.LineError.Code;
import dev.pequel.profile.importing.line.LineSource;
import dev.pequel.profile.importing.line.LineSource.RawLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lines of an import that are written in one transaction.
 *
 * @param lines valid lines
 * @param errors errors of the invalid lines
 * @param lineCount number of lines of the source up to the end of this chunk
 * @param byteCount number of bytes of the source up to the end of this chunk
 */
record ImportChunk<L extends Line>(List<L> lines, List<LineError> errors, long lineCount, long byteCount) {

    /** Parses the document of a line. */
    interface Parser<L extends Line> {
        L parse(long number, byte[] document) throws InvalidLine;
    }

    /** Reads the next chunk. Empty at the end of the source. */
    static <L extends Line> Optional<ImportChunk<L>> read(LineSource source, Parser<L> parser, ImportSettings settings)
            throws IOException {
        List<L> lines = new ArrayList<>();
        List<LineError> errors = new ArrayList<>();
        long start = source.bytes();
        while (lines.size() + errors.size() < settings.batchLines()
                && source.bytes() - start < settings.batchBytes().asLongValue()) {
            Optional<RawLine> raw = source.next();
            if (raw.isEmpty()) {
                break;
            }
            try {
                lines.add(parse(raw.get(), parser, settings));
            } catch (InvalidLine e) {
                errors.add(e.at(raw.get().number()));
            }
        }
        return lines.isEmpty() && errors.isEmpty()
                ? Optional.empty()
                : Optional.of(new ImportChunk<>(lines, errors, source.lines(), source.bytes()));
    }

    private static <L extends Line> L parse(RawLine raw, Parser<L> parser, ImportSettings settings) throws InvalidLine {
        byte[] document = raw.text()
                .orElseThrow(() -> new InvalidLine(
                        Code.LINE_TOO_LONG,
                        "a line may have at most " + settings.maxLineBytes().asLongValue() + " bytes"));
        return parser.parse(raw.number(), document);
    }
}
